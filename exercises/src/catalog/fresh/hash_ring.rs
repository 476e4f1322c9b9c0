//! Exercise *Hash ring*: servers on a circle of hashes, each key to the first one
//! clockwise.
//!
//! **Yours:** the fields of `Mine` and the four bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `HashRing` in
//!   `exercises/src/consistent_hashing/contract/hash_ring.rs`; the rules that all
//!   rings share are in `contract/mod.rs` beside it.
//! - Chapter: `book/src/28-consistent-hashing.md`
//! - Grade it: `cargo course check hash_ring`; while you work: `cargo course watch hash_ring`
//! - Stuck? `cargo course hint hash_ring`. Start again: `cargo course reset hash_ring`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use exercises::consistent_hashing::{HashRing, RingError, RingHash, checks};

struct Mine {
    // What does a ring have to remember? The hash that it was made with, and …
}

impl HashRing for Mine {
    fn new(hash: RingHash) -> Self {
        todo!("keep `hash` in a field, and begin without any server")
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        todo!("the server sits at `self.hash.point(server, 0)`; how will you find it quickly?")
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        todo!("undo what `add` did, for this server only")
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        todo!(
            "the key sits at `self.hash.key(key)`; which server comes first from there, clockwise?"
        )
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("hash_ring", checks::hash_ring::all::<Mine>)
}
