//! Exercise *k of n*: some of the parts are enough, but not one.
//!
//! **Yours:** the body below. Leave `main` alone.
//!
//! - Contract, with an example: `KOfN` in
//!   `exercises/src/availability/contract/k_of_n.rs`; the rules that hold everywhere are
//!   in `contract/mod.rs` beside it.
//! - Chapter: `book/src/07-availability-arithmetic.md`
//! - Grade it: `cargo course check k_of_n`; while you work: `cargo course watch k_of_n`
//! - Stuck? `cargo course hint k_of_n`. Start again: `cargo course reset k_of_n`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use exercises::availability::{KOfN, Unavailability, checks};

struct Mine;

impl KOfN for Mine {
    fn at_least(needed: usize, parts: &[Unavailability]) -> Unavailability {
        todo!("keep the chance of 0, 1, 2 … parts being down while one part after the other joins")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("k_of_n", checks::k_of_n::all::<Mine>)
}
