//! Exercise *Belady's optimum*: what no policy can beat, for a trace that is known to its end.
//!
//! **Yours:** the body below. Leave `main` alone.
//!
//! - Contract, with an example: `EvictionBelady` in
//!   `exercises/src/eviction/contract/eviction_belady.rs`.
//! - Chapter: `book/src/26-cache-eviction.md`
//! - Grade it: `cargo course check eviction_belady`; while you work: `cargo course watch eviction_belady`
//! - Stuck? `cargo course hint eviction_belady`. Start again: `cargo course reset eviction_belady`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::num::NonZeroUsize;

use exercises::eviction::{Access, EvictionBelady, checks};

struct Mine;

impl EvictionBelady for Mine {
    fn run(trace: &[u64], capacity: NonZeroUsize) -> Vec<Access> {
        todo!("for each request, when is the next one for the same key? Then play the trace")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("eviction_belady", checks::eviction_belady::all::<Mine>)
}
