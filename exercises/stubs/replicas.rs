//! Exercise *Replicas*: the next n distinct servers clockwise, where copies go.
//!
//! **Yours:** the body of `replicas`. The ring below it is given: `Circle` is a
//! sorted list of points, documented in
//! `exercises/src/consistent_hashing/circle.rs`. You may put your own ring of
//! `virtual_nodes` in its place. Leave `main` alone.
//!
//! - Contract, with an example: `Replicas` in
//!   `exercises/src/consistent_hashing/contract/replicas.rs`; the rules that all
//!   rings share are in `contract/mod.rs` beside it.
//! - Chapter: `book/src/28-consistent-hashing.md`
//! - Grade it: `cargo test -p exercises --test replicas`
//! - Stuck? `cargo course hint replicas`. Start again: `cargo course reset replicas`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::num::NonZeroU32;

use exercises::consistent_hashing::{Circle, Replicas, RingError, RingHash, VirtualNodes, checks};

struct Mine {
    hash: RingHash,
    points_per_server: NonZeroU32,
    circle: Circle,
}

impl Replicas for Mine {
    fn replicas(&self, key: &[u8], count: usize) -> Vec<&str> {
        todo!(
            "walk `self.circle.clockwise(…)` from the key, and list each server where you meet it first"
        )
    }
}

impl VirtualNodes for Mine {
    fn new(hash: RingHash, points_per_server: NonZeroU32) -> Self {
        Self {
            hash,
            points_per_server,
            circle: Circle::default(),
        }
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        let indices = 0..self.points_per_server.get();
        let positions = indices.map(|index| self.hash.point(server, index));
        self.circle.insert(server, positions)
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        self.circle.remove(server)
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        self.circle.owner_at(self.hash.key(key))
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("replicas", checks::replicas::all::<Mine>)
}
