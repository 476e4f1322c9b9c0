//! Compares Jupyter kernels for Rust, point by point, by what they do.
//!
//! Each [`Point`] runs cells in a kernel and makes a short fact of what it heard; nothing in
//! a table is typed by hand. A kernel that hangs or dies is a fact too. `cargo course dev
//! compare` measures stock evcxr_jupyter and ours and writes the table of the book; the suite
//! measures ours again, so that the table cannot praise what has changed.
//!
//! [`waits`] is about time: how long a person waits for one kernel and for the other, measured
//! in turn. `kernel-ext bench` prints it, on any machine.
//!
//! A package of its own, not a part of `course`: whoever starts the course would compile
//! ZeroMQ before seeing the first page. It knows our kernel as a program that it starts, as it
//! knows any other, though `kernel-ext` has it linked in for its `bench`.

pub mod conformance;
mod contestant;
mod heard;
pub mod points;
mod probe;
pub mod table;
pub mod waits;

pub use contestant::{Contestant, Identity, rustc_version};
pub use probe::{Bench, Point, Probe, Sharing, Surroundings, Then};

/// Where the book's table is, below the root of the repository.
pub const BOOK_FILE: &str = "book/src/figures/kernel/comparison.md";
