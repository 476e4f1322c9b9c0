//! Exercise *LFU in constant time*: a cache that evicts the least frequently used key.
//!
//! **Yours:** the fields of `Mine` and the four bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `EvictionLfu` in
//!   `exercises/src/eviction/contract/eviction_lfu.rs`; the trait `Policy` is in
//!   `policy.rs` and the rules that all policies share are in `mod.rs` beside it.
//! - Chapter: `book/src/26-cache-eviction.md`
//! - Grade it: `cargo course check eviction_lfu`; while you work: `cargo course watch eviction_lfu`
//! - Stuck? `cargo course hint eviction_lfu`. Start again: `cargo course reset eviction_lfu`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::num::NonZeroUsize;

use exercises::eviction::{Access, Policy, checks};

struct Mine {
    // How often was each key asked for, and which keys were asked for equally often?
    // What tells the smallest count without a search?
}

impl Policy for Mine {
    fn new(capacity: NonZeroUsize) -> Self {
        todo!("keep `capacity`; what is the smallest count of an empty cache?")
    }

    fn access(&mut self, key: u64) -> Access {
        todo!(
            "a hit moves its key to the next count; a miss takes the key that has had the smallest count longest"
        )
    }

    fn contains(&self, key: u64) -> bool {
        todo!("look the key up; asking is not a use")
    }

    fn len(&self) -> usize {
        todo!("count the keys")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("eviction_lfu", checks::eviction_lfu::all::<Mine>)
}
