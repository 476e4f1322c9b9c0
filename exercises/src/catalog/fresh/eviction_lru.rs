//! Exercise *LRU in constant time*: a cache that evicts the least recently used key.
//!
//! **Yours:** the fields of `Mine` and the four bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `EvictionLru` in
//!   `exercises/src/eviction/contract/eviction_lru.rs`; the trait `Policy` is in
//!   `policy.rs` and the rules that all policies share are in `mod.rs` beside it.
//! - Chapter: `book/src/26-cache-eviction.md`
//! - Grade it: `cargo course check eviction_lru`; while you work: `cargo course watch eviction_lru`
//! - Stuck? `cargo course hint eviction_lru`. Start again: `cargo course reset eviction_lru`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::num::NonZeroUsize;

use exercises::eviction::{Access, Policy, checks};

struct Mine {
    // A list can be kept in a `Vec`: each node names its neighbours by their places.
    // What finds the node of a key without walking through the list?
}

impl Policy for Mine {
    fn new(capacity: NonZeroUsize) -> Self {
        todo!("keep `capacity`; the list is empty, so what are its two ends?")
    }

    fn access(&mut self, key: u64) -> Access {
        todo!(
            "a hit moves its node to the front; a miss in a full cache takes the node at the back"
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
    exercises::grade::main("eviction_lru", checks::eviction_lru::all::<Mine>)
}
