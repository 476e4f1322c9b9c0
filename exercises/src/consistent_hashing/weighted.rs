//! The ring for unequal machines: twice the weight, twice the points.
//!
//! Use it for a fleet of mixed sizes, or to let a new server take its load step
//! by step. Weights are not percentages: what counts is their ratio, and a
//! server's points depend on its own weight alone, so that changing one weight
//! moves no key between two other servers.
//!
//! Source: G. DeCandia et al., *Dynamo*, SOSP 2007, §4.2 (the number of virtual
//! nodes follows a node's capacity).

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use super::{Circle, RingError, RingHash, WeightedNodes};

/// The reference for [`WeightedNodes`].
///
/// # Examples
///
/// ```
/// use std::num::NonZeroU32;
///
/// use exercises::consistent_hashing::{RingError, RingHash, WeightedRing};
///
/// let points = NonZeroU32::new(40).expect("40 is not 0");
/// let mut ring = WeightedRing::new(RingHash::XXH3, points);
/// ring.add("small", 1)?;
/// ring.add("big", 4)?;
/// assert_eq!(ring.circle().points().len(), 5 * 40);
/// ring.set_weight("small", 2)?;
/// assert_eq!(ring.weight("small"), Some(2));
/// # Ok::<(), RingError>(())
/// ```
///
/// # Time complexity
///
/// For `p` points in all: `owner` is O(log p), every change is O(p).
#[derive(Debug, Clone)]
pub struct WeightedRing {
    hash: RingHash,
    points_per_weight: NonZeroU32,
    weights: BTreeMap<String, u32>,
    circle: Circle,
}

impl WeightedRing {
    /// An empty ring that gives each server `points_per_weight` points of `hash`
    /// for each unit of its weight.
    pub fn new(hash: RingHash, points_per_weight: NonZeroU32) -> Self {
        Self {
            hash,
            points_per_weight,
            weights: BTreeMap::new(),
            circle: Circle::default(),
        }
    }

    // ANCHOR: weighted
    /// Puts a server of this weight on the ring.
    ///
    /// # Errors
    ///
    /// [`RingError::DuplicateServer`] if it is there already, then
    /// [`RingError::ZeroWeight`] and [`RingError::TooManyPoints`].
    pub fn add(&mut self, server: &str, weight: u32) -> Result<(), RingError> {
        if self.weights.contains_key(server) {
            return Err(RingError::duplicate(server));
        }
        let count = self.point_count(server, weight)?;
        let positions = (0..count).map(|index| self.hash.point(server, index));
        self.circle.insert(server, positions)?;
        self.weights.insert(server.to_owned(), weight);
        Ok(())
    }
    // ANCHOR_END: weighted

    /// Changes a server's weight. Only keys that come to this server or leave it move.
    ///
    /// # Errors
    ///
    /// [`RingError::UnknownServer`] if it is not there, then
    /// [`RingError::ZeroWeight`] and [`RingError::TooManyPoints`].
    pub fn set_weight(&mut self, server: &str, weight: u32) -> Result<(), RingError> {
        if !self.weights.contains_key(server) {
            return Err(RingError::unknown(server));
        }
        // Before anything changes, so that a refused weight leaves the old one.
        self.point_count(server, weight)?;
        self.remove(server)?;
        self.add(server, weight)
    }

    /// Takes a server off the ring, with all its points.
    ///
    /// # Errors
    ///
    /// [`RingError::UnknownServer`] if it is not there.
    pub fn remove(&mut self, server: &str) -> Result<(), RingError> {
        self.circle.remove(server)?;
        self.weights.remove(server);
        Ok(())
    }

    /// The server that holds `key`; `None` when the ring is empty.
    pub fn owner(&self, key: impl AsRef<[u8]>) -> Option<&str> {
        self.circle.owner_at(self.hash.key(key.as_ref()))
    }

    /// The server's weight; `None` if it is not there.
    pub fn weight(&self, server: &str) -> Option<u32> {
        self.weights.get(server).copied()
    }

    /// The circle of points that the ring stands on.
    pub fn circle(&self) -> &Circle {
        &self.circle
    }

    /// Recounts what the ring relies on.
    ///
    /// # Panics
    ///
    /// If the circle is broken, or its points are not those that the weights ask for.
    pub fn validate(&self) {
        self.circle.validate();
        let expected = Circle::from_servers(self.weights.keys(), |server| {
            let (hash, server) = (self.hash, server.to_owned());
            let count = self.weights[&server] * self.points_per_weight.get();
            (0..count).map(move |index| hash.point(&server, index))
        });
        assert_eq!(
            Ok(&self.circle),
            expected.as_ref(),
            "points are those of the weights"
        );
    }

    fn point_count(&self, server: &str, weight: u32) -> Result<u32, RingError> {
        if weight == 0 {
            return Err(RingError::zero_weight(server));
        }
        let points = u64::from(weight) * u64::from(self.points_per_weight.get());
        u32::try_from(points).map_err(|_| RingError::TooManyPoints {
            server: server.to_owned(),
            points,
        })
    }
}

impl WeightedNodes for WeightedRing {
    fn new(hash: RingHash, points_per_weight: NonZeroU32) -> Self {
        Self::new(hash, points_per_weight)
    }

    fn add(&mut self, server: &str, weight: u32) -> Result<(), RingError> {
        self.add(server, weight)
    }

    fn set_weight(&mut self, server: &str, weight: u32) -> Result<(), RingError> {
        self.set_weight(server, weight)
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        self.remove(server)
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        self.owner(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consistent_hashing::{Balance, sample_servers};

    fn ring(points_per_weight: u32) -> WeightedRing {
        let points = NonZeroU32::new(points_per_weight).expect("tests ask for points");
        WeightedRing::new(RingHash::XXH3, points)
    }

    #[test]
    fn a_refused_weight_changes_nothing() -> Result<(), RingError> {
        let mut ring = ring(2);
        ring.add("a", 3)?;
        assert_eq!(ring.add("a", 0), Err(RingError::duplicate("a")));
        assert_eq!(ring.add("b", 0), Err(RingError::zero_weight("b")));
        assert_eq!(ring.set_weight("b", 0), Err(RingError::unknown("b")));
        assert_eq!(ring.set_weight("a", 0), Err(RingError::zero_weight("a")));
        let too_many = RingError::TooManyPoints {
            server: "a".into(),
            points: 1 << 32,
        };
        assert_eq!(ring.set_weight("a", 1 << 31), Err(too_many));
        assert_eq!(ring.weight("a"), Some(3));
        assert_eq!(ring.weight("b"), None);
        ring.validate();
        Ok(())
    }

    #[test]
    fn a_weight_set_later_gives_the_ring_of_a_weight_set_at_once() -> Result<(), RingError> {
        let (mut slow, mut quick) = (ring(10), ring(10));
        slow.add("a", 1)?;
        slow.add("b", 5)?;
        slow.set_weight("a", 7)?;
        slow.set_weight("b", 2)?;
        quick.add("b", 2)?;
        quick.add("a", 7)?;
        slow.validate();
        assert_eq!(slow.circle(), quick.circle());
        Ok(())
    }

    #[test]
    fn shares_follow_the_weights() -> Result<(), RingError> {
        let mut ring = ring(400);
        let servers = sample_servers(20);
        for (server, weight) in servers.iter().zip([1, 2, 3, 4].into_iter().cycle()) {
            ring.add(server, weight)?;
        }
        ring.validate();
        let owned = ring.circle().owned_positions();
        let per_weight: Vec<f64> = ring
            .circle()
            .servers()
            .iter()
            .zip(&owned)
            .map(|(server, owned)| *owned as f64 / f64::from(ring.weights[server]))
            .collect();
        let balance = Balance::of(&per_weight).expect("there are servers");
        // 400 to 1,600 points each: a standard deviation of at most 5 %, four of them.
        assert!(balance.max_over_mean < 1.2, "{balance:?}");
        assert!(balance.min_over_mean > 0.8, "{balance:?}");
        Ok(())
    }
}
