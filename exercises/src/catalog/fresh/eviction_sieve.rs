//! Exercise *SIEVE*: a cache whose hand sieves out what was asked for only once.
//!
//! **Yours:** the fields of `Mine` and the four bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `EvictionSieve` in
//!   `exercises/src/eviction/contract/eviction_sieve.rs`; the trait `Policy` is in
//!   `policy.rs` and the rules that all policies share are in `mod.rs` beside it.
//! - Chapter: `book/src/26-cache-eviction.md`
//! - Grade it: `cargo course check eviction_sieve`; while you work: `cargo course watch eviction_sieve`
//! - Stuck? `cargo course hint eviction_sieve`. Start again: `cargo course reset eviction_sieve`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::num::NonZeroUsize;

use exercises::eviction::{Access, Policy, checks};

struct Mine {
    // Which keys are there, in the order of their arrival, and which are marked? Where is the hand?
    // A list in a `Vec` that can lose a key in the midst will do; so will a linked one.
}

impl Policy for Mine {
    fn new(capacity: NonZeroUsize) -> Self {
        todo!("keep `capacity`; there are no keys yet, so where is the hand?")
    }

    fn access(&mut self, key: u64) -> Access {
        todo!(
            "a hit only marks; on a miss in a full cache, find the victim and the hand's next place before the newcomer goes in"
        )
    }

    fn contains(&self, key: u64) -> bool {
        todo!("look for the key, and change nothing")
    }

    fn len(&self) -> usize {
        todo!("count the keys")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("eviction_sieve", checks::eviction_sieve::all::<Mine>)
}
