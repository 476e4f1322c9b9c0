//! Compares Jupyter kernels for Rust, point by point, by what they do.
//!
//! Each [`Point`] runs cells in a kernel and makes a short fact of what it heard; nothing in
//! a table is typed by hand. A kernel that hangs or dies is a fact too. `cargo course dev
//! compare` measures stock evcxr_jupyter and ours and writes the table of the book; the suite
//! measures ours again, so that the table cannot praise what has changed.
//!
//! A package of its own, not a part of `course`: whoever starts the course would compile
//! ZeroMQ before seeing the first page. Not a part of `kernel-ext` either: the kernel would
//! carry a front end that no notebook needs.
//!
//! It does not measure how fast cells compile in earnest, beyond a few numbers for a reader's
//! orientation: evcxr and rustc do that in both kernels.

pub mod conformance;
mod contestant;
mod heard;
pub mod points;
mod probe;
pub mod table;

pub use contestant::{Contestant, Identity, rustc_version};
pub use probe::{Bench, Point, Probe, Sharing, Surroundings, Then};

/// Where the book's table is, below the root of the repository.
pub const BOOK_FILE: &str = "book/src/figures/kernel/comparison.md";
