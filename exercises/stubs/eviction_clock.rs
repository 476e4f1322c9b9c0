//! Exercise *CLOCK*: a cache that gives keys which were used a second chance.
//!
//! **Yours:** the fields of `Mine` and the four bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `EvictionClock` in
//!   `exercises/src/eviction/contract/eviction_clock.rs`; the trait `Policy` is in
//!   `policy.rs` and the rules that all policies share are in `mod.rs` beside it.
//! - Chapter: `book/src/26-cache-eviction.md`
//! - Grade it: `cargo course check eviction_clock`; while you work: `cargo course watch eviction_clock`
//! - Stuck? `cargo course hint eviction_clock`. Start again: `cargo course reset eviction_clock`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::num::NonZeroUsize;

use exercises::eviction::{Access, Policy, checks};

struct Mine {
    // Which keys stand in the circle, and which of them are marked? Where is the hand?
}

impl Policy for Mine {
    fn new(capacity: NonZeroUsize) -> Self {
        todo!("keep `capacity`; the circle is empty, and the hand is at its beginning")
    }

    fn access(&mut self, key: u64) -> Access {
        todo!(
            "a hit only marks; on a miss in a full cache, where does the hand stop, and what does it do on its way?"
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
    exercises::grade::main("eviction_clock", checks::eviction_clock::all::<Mine>)
}
