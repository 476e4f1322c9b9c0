//! Reference implementations, exercises and their grader for the course
//! *System design in Rust*.

//!
//! Its features say who uses it. `references`, the default, is for notebooks: everything
//! but the two sides of grading in processes. Submissions are compiled with `graded`
//! alone: contracts, checks and the graded side. `grader` is both and the side that grades,
//! for `cargo course` and for tests. Assignments for nbgrader need `notebook`, which
//! `references` includes: [`grade::require`] beside the contracts and the checks.

pub mod availability;
#[cfg(feature = "references")]
pub mod catalog;
pub mod consistent_hashing;
#[cfg(feature = "references")]
pub mod display;
pub mod eviction;
#[cfg(feature = "references")]
pub mod figure;
pub mod grade;
pub mod random;
pub mod realtime;
#[cfg(feature = "references")]
pub mod sim;

/// Whether the reference solutions are part of this crate, so that a solution could
/// call them.
pub const HAS_REFERENCES: bool = cfg!(feature = "references");
