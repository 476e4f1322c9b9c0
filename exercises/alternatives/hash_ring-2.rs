//! A third solution of *Hash ring*: names only, and a scan at each question.
//!
//! It keeps no positions at all, so nothing has to stay sorted: who owns a key is who
//! is the fewest steps ahead of it, and subtraction that wraps counts steps across the
//! end of the circle. A question costs linear time, which is right for ten servers.

use std::collections::BTreeSet;

use exercises::consistent_hashing::{HashRing, RingError, RingHash, checks};

struct Mine {
    hash: RingHash,
    servers: BTreeSet<String>,
}

impl HashRing for Mine {
    fn new(hash: RingHash) -> Self {
        Self {
            hash,
            servers: BTreeSet::new(),
        }
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        match self.servers.insert(server.to_owned()) {
            true => Ok(()),
            false => Err(RingError::duplicate(server)),
        }
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        match self.servers.remove(server) {
            true => Ok(()),
            false => Err(RingError::unknown(server)),
        }
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        let from = self.hash.key(key);
        let steps_ahead = |server: &&String| self.hash.point(server, 0).wrapping_sub(from);
        // Of equals the first is kept, and the set has the smaller name first.
        let owner = self.servers.iter().min_by_key(steps_ahead)?;
        Some(owner)
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("hash_ring", checks::hash_ring::all::<Mine>)
}
