//! Another solution of *Hash ring*: a tree of pairs, searched by range.
//!
//! The reference keeps a sorted list and searches it in halves. Here the pairs of
//! position and name are in a `BTreeSet`, whose own order does the work: joining and
//! leaving take logarithmic time, where the list shifts what comes behind.

use std::collections::BTreeSet;

use exercises::consistent_hashing::{HashRing, RingError, RingHash, checks};

struct Mine {
    hash: RingHash,
    points: BTreeSet<(u64, String)>,
}

impl Mine {
    fn pair(&self, server: &str) -> (u64, String) {
        (self.hash.point(server, 0), server.to_owned())
    }
}

impl HashRing for Mine {
    fn new(hash: RingHash) -> Self {
        Self {
            hash,
            points: BTreeSet::new(),
        }
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        let is_new = self.points.insert(self.pair(server));
        is_new
            .then_some(())
            .ok_or_else(|| RingError::duplicate(server))
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        let was_there = self.points.remove(&self.pair(server));
        was_there
            .then_some(())
            .ok_or_else(|| RingError::unknown(server))
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        // No name is smaller than the empty one, so a point at the key's place is included.
        let from = (self.hash.key(key), String::new());
        let successor = self.points.range(from..).next();
        let (_, server) = successor.or_else(|| self.points.first())?;
        Some(server)
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("hash_ring", checks::hash_ring::all::<Mine>)
}
