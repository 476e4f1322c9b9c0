//! The grader: checks, how they are run, and what is reported.

mod check;

pub use check::{Check, Counterexample, Seed, Verdict};
