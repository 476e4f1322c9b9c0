//! Reference implementations, exercises and their grader for the course
//! *System design in Rust*.

//!
//! The feature `references` (on by default) brings everything that is not a
//! contract, a check or the graded side. Submissions are compiled without it.
//! The feature `notebook`, which it includes, is what assignments for nbgrader need:
//! [`grade::require`] beside the contracts and the checks.

#[cfg(feature = "references")]
pub mod catalog;
pub mod consistent_hashing;
#[cfg(feature = "references")]
pub mod display;
#[cfg(feature = "references")]
pub mod figure;
pub mod grade;
pub mod random;
pub mod realtime;

/// Whether the reference solutions are part of this crate, so that a solution could
/// call them.
pub const HAS_REFERENCES: bool = cfg!(feature = "references");
