//! Exercise *FIFO*: a cache that evicts the key which came in first.
//!
//! **Yours:** the fields of `Mine` and the four bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `EvictionFifo` in
//!   `exercises/src/eviction/contract/eviction_fifo.rs`; the trait `Policy` is in
//!   `policy.rs` and the rules that all policies share are in `mod.rs` beside it.
//! - Chapter: `book/src/26-cache-eviction.md`
//! - Grade it: `cargo course check eviction_fifo`; while you work: `cargo course watch eviction_fifo`
//! - Stuck? `cargo course hint eviction_fifo`. Start again: `cargo course reset eviction_fifo`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::num::NonZeroUsize;

use exercises::eviction::{Access, Policy, checks};

struct Mine {
    // Which keys are there, and in which order did they come? How many fit?
}

impl Policy for Mine {
    fn new(capacity: NonZeroUsize) -> Self {
        todo!("keep `capacity`, and begin without any key")
    }

    fn access(&mut self, key: u64) -> Access {
        todo!("is the key there? If not: is the cache full, and which key has been in it longest?")
    }

    fn contains(&self, key: u64) -> bool {
        todo!("look for the key, and change nothing")
    }

    fn len(&self) -> usize {
        todo!("count the keys")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("eviction_fifo", checks::eviction_fifo::all::<Mine>)
}
