//! Exercise *2Q*: a cache whose newcomers queue apart from proven keys.
//!
//! **Yours:** the fields of `Mine` and the four bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `EvictionTwoQueue` in
//!   `exercises/src/eviction/contract/eviction_two_queue.rs`; the trait `Policy` is in
//!   `policy.rs` and the rules that all policies share are in `mod.rs` beside it.
//! - Chapter: `book/src/26-cache-eviction.md`
//! - Grade it: `cargo course check eviction_two_queue`; while you work: `cargo course watch eviction_two_queue`
//! - Stuck? `cargo course hint eviction_two_queue`. Start again: `cargo course reset eviction_two_queue`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::num::NonZeroUsize;

use exercises::eviction::{Access, Policy, checks};

struct Mine {
    // Which keys are newcomers, which are proven, and which went lately?
    // How many of each are there to be?
}

impl Policy for Mine {
    fn new(capacity: NonZeroUsize) -> Self {
        todo!("keep `capacity`; how many newcomers may stay, and how many keys are remembered?")
    }

    fn access(&mut self, key: u64) -> Access {
        todo!(
            "a newcomer's hit changes nothing; a miss asks first whether the key went lately, then makes room"
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
    exercises::grade::main(
        "eviction_two_queue",
        checks::eviction_two_queue::all::<Mine>,
    )
}
