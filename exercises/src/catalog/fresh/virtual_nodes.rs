//! Exercise *Virtual nodes*: every server sits on the circle many times.
//!
//! **Yours:** the fields of `Mine` and the four bodies below. Begin with what you
//! wrote for `hash_ring`. Leave `main` alone.
//!
//! - Contract, with an example: `VirtualNodes` in
//!   `exercises/src/consistent_hashing/contract/virtual_nodes.rs`; the rules that all
//!   rings share are in `contract/mod.rs` beside it.
//! - Chapter: `book/src/28-consistent-hashing.md`
//! - Grade it: `cargo course check virtual_nodes`; while you work: `cargo course watch virtual_nodes`
//! - Stuck? `cargo course hint virtual_nodes`. Start again: `cargo course reset virtual_nodes`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::num::NonZeroU32;

use exercises::consistent_hashing::{RingError, RingHash, VirtualNodes, checks};

struct Mine {
    // As in `hash_ring`, and the number of points a server.
}

impl VirtualNodes for Mine {
    fn new(hash: RingHash, points_per_server: NonZeroU32) -> Self {
        todo!("keep both arguments, and begin without any server")
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        todo!("the server has a point for every index: `self.hash.point(server, index)`")
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        todo!("how many points does the server leave behind?")
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        todo!("the search is that of `hash_ring`: does it change when servers have many points?")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("virtual_nodes", checks::virtual_nodes::all::<Mine>)
}
