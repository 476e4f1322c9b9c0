//! Another solution of *Weighted nodes*: names and weights, and not one stored point.
//!
//! The reference keeps every point in a sorted list and rebuilds what a new weight
//! changes. Here a change of weight is a change of one number, and the points are
//! computed when somebody asks for an owner.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use exercises::consistent_hashing::{RingError, RingHash, WeightedNodes, checks};

struct Mine {
    hash: RingHash,
    points_per_weight: u32,
    weights: BTreeMap<String, u32>,
}

impl Mine {
    /// Steps from `position` clockwise to the nearest point of a server.
    fn steps(&self, position: u64, server: &str, weight: u32) -> Option<u64> {
        let indices = 0..weight * self.points_per_weight;
        indices
            .map(|index| self.hash.point(server, index).wrapping_sub(position))
            .min()
    }
}

impl WeightedNodes for Mine {
    fn new(hash: RingHash, points_per_weight: NonZeroU32) -> Self {
        Self {
            hash,
            points_per_weight: points_per_weight.get(),
            weights: BTreeMap::new(),
        }
    }

    fn add(&mut self, server: &str, weight: u32) -> Result<(), RingError> {
        if self.weights.contains_key(server) {
            return Err(RingError::duplicate(server));
        }
        if weight == 0 {
            return Err(RingError::zero_weight(server));
        }
        self.weights.insert(server.to_owned(), weight);
        Ok(())
    }

    fn set_weight(&mut self, server: &str, weight: u32) -> Result<(), RingError> {
        let known = self
            .weights
            .get_mut(server)
            .ok_or_else(|| RingError::unknown(server))?;
        if weight == 0 {
            return Err(RingError::zero_weight(server));
        }
        *known = weight;
        Ok(())
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        let removed = self.weights.remove(server);
        removed.map(drop).ok_or_else(|| RingError::unknown(server))
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        let position = self.hash.key(key);
        let servers = self.weights.iter();
        // Of equals the first is kept, and the map has the smaller name first.
        let (server, _) =
            servers.min_by_key(|(server, weight)| self.steps(position, server, **weight))?;
        Some(server)
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("weighted_nodes", checks::weighted_nodes::all::<Mine>)
}
