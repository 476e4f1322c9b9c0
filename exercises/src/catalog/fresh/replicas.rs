//! Exercise *Replicas*: the next n distinct servers clockwise, where copies go.
//!
//! **Yours:** the body of `replicas`. The ring below it is given, a sorted list of
//! points; you may put your own ring of `virtual_nodes` in its place. Leave `main` alone.
//!
//! - Contract, with an example: `Replicas` in
//!   `exercises/src/consistent_hashing/contract/replicas.rs`; the rules that all
//!   rings share are in `contract/mod.rs` beside it.
//! - Chapter: `book/src/28-consistent-hashing.md`
//! - Grade it: `cargo course check replicas`; while you work: `cargo course watch replicas`
//! - Stuck? `cargo course hint replicas`. Start again: `cargo course reset replicas`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::num::NonZeroU32;

use exercises::consistent_hashing::{Replicas, RingError, RingHash, VirtualNodes, checks};

struct Mine {
    hash: RingHash,
    points_per_server: NonZeroU32,
    /// Position and server of every point, sorted.
    points: Vec<(u64, String)>,
}

impl Replicas for Mine {
    fn replicas(&self, key: &[u8], count: usize) -> Vec<&str> {
        todo!(
            "walk once round the circle from the key, and list each server where you meet it first"
        )
    }
}

impl Mine {
    /// Index of the first point at or after `position`; past the end where there is none.
    fn successor(&self, position: u64) -> usize {
        self.points.partition_point(|(point, _)| *point < position)
    }

    fn is_there(&self, server: &str) -> bool {
        self.points.iter().any(|(_, name)| name == server)
    }
}

impl VirtualNodes for Mine {
    fn new(hash: RingHash, points_per_server: NonZeroU32) -> Self {
        Self {
            hash,
            points_per_server,
            points: Vec::new(),
        }
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        if self.is_there(server) {
            return Err(RingError::duplicate(server));
        }
        let indices = 0..self.points_per_server.get();
        self.points
            .extend(indices.map(|index| (self.hash.point(server, index), server.to_owned())));
        self.points.sort();
        Ok(())
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        if !self.is_there(server) {
            return Err(RingError::unknown(server));
        }
        self.points.retain(|(_, name)| name != server);
        Ok(())
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        let found = self.successor(self.hash.key(key));
        let (_, server) = self.points.get(found).or_else(|| self.points.first())?;
        Some(server)
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("replicas", checks::replicas::all::<Mine>)
}
