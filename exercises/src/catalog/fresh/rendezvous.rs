//! Exercise *Rendezvous hashing*: every server bids for a key, and the highest bid wins.
//!
//! **Yours:** the fields of `Mine` and the five bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `RendezvousHash` in
//!   `exercises/src/consistent_hashing/contract/rendezvous.rs`.
//! - Chapter: `book/src/28-consistent-hashing.md`
//! - Grade it: `cargo course check rendezvous`; while you work: `cargo course watch rendezvous`
//! - Stuck? `cargo course hint rendezvous`. Start again: `cargo course reset rendezvous`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use exercises::consistent_hashing::{RendezvousHash, RingError, RingHash, checks};

struct Mine;

impl RendezvousHash for Mine {
    fn new(hash: RingHash) -> Self {
        todo!("keep the hash, and a list of servers that is empty yet")
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        todo!("refuse a server that is there; else note its name")
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        todo!("refuse a server that is not there; else forget its name")
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        todo!("ask every server for its `consistent_hashing::bid`, and find the highest")
    }

    fn replicas(&self, key: &[u8], count: usize) -> Vec<&str> {
        todo!("sort the servers by their bids for this key, and take the first `count`")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("rendezvous", checks::rendezvous::all::<Mine>)
}
