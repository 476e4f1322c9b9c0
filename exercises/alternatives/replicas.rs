//! Another solution of *Replicas*: servers ranked by distance, without a walk.
//!
//! The reference walks the circle and skips the servers that it has met. But the order
//! in which servers are first met is the order of their nearest points ahead, so here
//! every server is measured once and the list is sorted. Only names are stored.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use exercises::consistent_hashing::{Replicas, RingError, RingHash, VirtualNodes, checks};

struct Mine {
    hash: RingHash,
    points_per_server: NonZeroU32,
    servers: BTreeSet<String>,
}

impl Replicas for Mine {
    fn replicas(&self, key: &[u8], count: usize) -> Vec<&str> {
        let position = self.hash.key(key);
        let mut ranked: Vec<&str> = self.servers.iter().map(String::as_str).collect();
        // A stable sort: servers that are equally far stay in the order of their names.
        ranked.sort_by_cached_key(|server| self.steps(position, server));
        ranked.truncate(count);
        ranked
    }
}

impl Mine {
    /// Steps from `position` clockwise to the nearest point of a server.
    fn steps(&self, position: u64, server: &str) -> Option<u64> {
        let indices = 0..self.points_per_server.get();
        indices
            .map(|index| self.hash.point(server, index).wrapping_sub(position))
            .min()
    }
}

impl VirtualNodes for Mine {
    fn new(hash: RingHash, points_per_server: NonZeroU32) -> Self {
        Self {
            hash,
            points_per_server,
            servers: BTreeSet::new(),
        }
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        let is_new = self.servers.insert(server.to_owned());
        is_new
            .then_some(())
            .ok_or_else(|| RingError::duplicate(server))
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        let was_there = self.servers.remove(server);
        was_there
            .then_some(())
            .ok_or_else(|| RingError::unknown(server))
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        self.replicas(key, 1).pop()
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("replicas", checks::replicas::all::<Mine>)
}
