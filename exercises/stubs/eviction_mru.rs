//! Exercise *MRU*: a cache that evicts the key which was asked for last.
//!
//! **Yours:** the fields of `Mine` and the four bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `EvictionMru` in
//!   `exercises/src/eviction/contract/eviction_mru.rs`; the trait `Policy` is in
//!   `policy.rs` and the rules that all policies share are in `mod.rs` beside it.
//! - Chapter: `book/src/26-cache-eviction.md`
//! - Grade it: `cargo course check eviction_mru`; while you work: `cargo course watch eviction_mru`
//! - Stuck? `cargo course hint eviction_mru`. Start again: `cargo course reset eviction_mru`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::num::NonZeroUsize;

use exercises::eviction::{Access, Policy, checks};

struct Mine {
    // Which keys are there, and in which order were they used? How many fit?
}

impl Policy for Mine {
    fn new(capacity: NonZeroUsize) -> Self {
        todo!("keep `capacity`, and begin without any key")
    }

    fn access(&mut self, key: u64) -> Access {
        todo!("what does a hit change? And who goes on a miss, when the newcomer must stay?")
    }

    fn contains(&self, key: u64) -> bool {
        todo!("look for the key, and change nothing")
    }

    fn len(&self) -> usize {
        todo!("count the keys")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("eviction_mru", checks::eviction_mru::all::<Mine>)
}
