//! Exercise *Common causes*: copies that share a part of their failures.
//!
//! **Yours:** the two bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `CommonCause` in
//!   `exercises/src/availability/contract/common_cause.rs`; the rules that hold everywhere are
//!   in `contract/mod.rs` beside it.
//! - Chapter: `book/src/07-availability-arithmetic.md`
//! - Grade it: `cargo course check common_cause`; while you work: `cargo course watch common_cause`
//! - Stuck? `cargo course hint common_cause`. Start again: `cargo course reset common_cause`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use exercises::availability::{CommonCause, Unavailability, checks};

struct Mine;

impl CommonCause for Mine {
    fn group(copies: u32, copy: Unavailability, beta: f64) -> Unavailability {
        todo!("which part of a copy’s failures takes all of them down, and which is its own?")
    }

    fn copies_needed(copy: Unavailability, beta: f64, target: Unavailability) -> Option<u32> {
        todo!("try 0, 1, 2 … copies; how do you notice that another one no longer helps?")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("common_cause", checks::common_cause::all::<Mine>)
}
