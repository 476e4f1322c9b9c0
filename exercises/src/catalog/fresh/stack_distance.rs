//! Exercise *Stack distances*: LRU's misses at every size, from one pass over the trace.
//!
//! **Yours:** the two bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `StackDistance` in
//!   `exercises/src/eviction/contract/stack_distance.rs`.
//! - Chapter: `book/src/26-cache-eviction.md`
//! - Grade it: `cargo course check stack_distance`; while you work: `cargo course watch stack_distance`
//! - Stuck? `cargo course hint stack_distance`. Start again: `cargo course reset stack_distance`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use exercises::eviction::{StackDistance, checks};

struct Mine;

impl StackDistance for Mine {
    fn distances(trace: &[u64]) -> Vec<Option<usize>> {
        todo!("mark each key at its latest request; how many marks are there since the one before?")
    }

    fn misses(trace: &[u64], capacity: usize) -> usize {
        todo!("which distances fit into this many places?")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("stack_distance", checks::stack_distance::all::<Mine>)
}
