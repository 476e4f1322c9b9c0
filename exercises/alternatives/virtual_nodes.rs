//! Another solution of *Virtual nodes*: a map from position to all who sit there.
//!
//! The reference keeps one sorted list of points that name servers by rank. Here the
//! positions are the keys of a `BTreeMap`, and each holds the set of its servers, so
//! that a shared position is a fact of the data and not a tie to be broken.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use exercises::consistent_hashing::{RingError, RingHash, VirtualNodes, checks};

struct Mine {
    hash: RingHash,
    points_per_server: NonZeroU32,
    seats: BTreeMap<u64, BTreeSet<String>>,
}

impl Mine {
    fn is_there(&self, server: &str) -> bool {
        let seat = self.seats.get(&self.hash.point(server, 0));
        seat.is_some_and(|sitting| sitting.contains(server))
    }

    fn positions(&self, server: &str) -> Vec<u64> {
        let indices = 0..self.points_per_server.get();
        indices
            .map(|index| self.hash.point(server, index))
            .collect()
    }
}

impl VirtualNodes for Mine {
    fn new(hash: RingHash, points_per_server: NonZeroU32) -> Self {
        Self {
            hash,
            points_per_server,
            seats: BTreeMap::new(),
        }
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        if self.is_there(server) {
            return Err(RingError::duplicate(server));
        }
        for position in self.positions(server) {
            self.seats
                .entry(position)
                .or_default()
                .insert(server.to_owned());
        }
        Ok(())
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        if !self.is_there(server) {
            return Err(RingError::unknown(server));
        }
        for position in self.positions(server) {
            if let Some(sitting) = self.seats.get_mut(&position) {
                sitting.remove(server);
                // An empty seat would own keys and answer nobody.
                if sitting.is_empty() {
                    self.seats.remove(&position);
                }
            }
        }
        Ok(())
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        let mut clockwise = self.seats.range(self.hash.key(key)..).chain(&self.seats);
        let (_, sitting) = clockwise.next()?;
        sitting.first().map(String::as_str)
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("virtual_nodes", checks::virtual_nodes::all::<Mine>)
}
