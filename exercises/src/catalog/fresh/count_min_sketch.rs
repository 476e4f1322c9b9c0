//! Exercise *Count-min sketch*: roughly how often was each key asked for, without a counter for each.
//!
//! **Yours:** the fields of `Mine` and the four bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `CountMin` in
//!   `exercises/src/eviction/contract/count_min_sketch.rs`.
//! - Chapter: `book/src/26-cache-eviction.md`
//! - Grade it: `cargo course check count_min_sketch`; while you work: `cargo course watch count_min_sketch`
//! - Stuck? `cargo course hint count_min_sketch`. Start again: `cargo course reset count_min_sketch`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::num::NonZeroUsize;

use exercises::eviction::{CountMin, checks};

struct Mine {
    // `counter_place` of the same module says where a key has its counter in a row.
}

impl CountMin for Mine {
    fn new(rows: NonZeroUsize, width: NonZeroUsize) -> Self {
        todo!("how many counters are there, and what is in them?")
    }

    fn add(&mut self, key: u64) {
        todo!("which counters does a request for this key raise?")
    }

    fn estimate(&self, key: u64) -> u32 {
        todo!("each of the key's counters is too large, if it is wrong; which is nearest?")
    }

    fn halve(&mut self) {
        todo!("every counter, whoever counts in it")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("count_min_sketch", checks::count_min_sketch::all::<Mine>)
}
