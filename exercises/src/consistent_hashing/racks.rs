//! Copies in different racks: distinct racks first, then distinct servers.
//!
//! Use it where servers fail together, because they share a switch, a power supply or a
//! building. It looks at every server of the ring, which is the plain way; a production
//! ring would stop at the copy that it looks for. Racks of different sizes make
//! unequal loads: a server that is alone in its rack gets a copy of nearly everything.
//!
//! Source: A. Lakshman, P. Malik, *Cassandra*, LADIS 2009, §5.2.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use super::{RackReplicas, RingError, RingHash, VirtualRing};

/// A ring with virtual nodes whose servers stand in racks.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroU32;
///
/// use exercises::consistent_hashing::{RackRing, RingError, RingHash};
///
/// let points = NonZeroU32::new(160).expect("160 is not 0");
/// let mut ring = RackRing::new(RingHash::XXH3, points);
/// for (server, rack) in [("a", "1"), ("b", "1"), ("c", "2")] {
///     ring.add(server, rack)?;
/// }
/// assert!(ring.replicas("user:42", 2).contains(&"c"));
/// # Ok::<(), RingError>(())
/// ```
///
/// # Time complexity
///
/// As [`VirtualRing`]; see `replicas`.
#[derive(Debug, Clone)]
pub struct RackRing {
    ring: VirtualRing,
    /// The rack of each server on the ring.
    racks: BTreeMap<String, String>,
}

impl RackRing {
    /// An empty ring whose servers get `points_per_server` points each.
    pub fn new(hash: RingHash, points_per_server: NonZeroU32) -> Self {
        Self {
            ring: VirtualRing::new(hash, points_per_server),
            racks: BTreeMap::new(),
        }
    }

    /// Adds a server that stands in `rack`.
    ///
    /// # Errors
    ///
    /// [`RingError::DuplicateServer`] if it is there already.
    pub fn add(&mut self, server: &str, rack: &str) -> Result<(), RingError> {
        self.ring.add(server)?;
        self.racks.insert(server.to_owned(), rack.to_owned());
        Ok(())
    }

    /// Removes a server with all its points.
    ///
    /// # Errors
    ///
    /// [`RingError::UnknownServer`] if it is not there.
    pub fn remove(&mut self, server: &str) -> Result<(), RingError> {
        self.ring.remove(server)?;
        self.racks.remove(server);
        Ok(())
    }

    // ANCHOR: racks
    /// The servers for `count` copies of `key`: the first server met clockwise of each
    /// rack, then those that were passed over.
    ///
    /// # Time complexity
    ///
    /// O(p · n) for `n` servers with `p` points in all.
    pub fn replicas(&self, key: impl AsRef<[u8]>, count: usize) -> Vec<&str> {
        let met = self.ring.replicas(key, self.racks.len());
        let mut seen = BTreeSet::new();
        let is_new = |server: &&str| seen.insert(self.racks.get(*server));
        let (first_of_rack, passed_over): (Vec<&str>, Vec<&str>) =
            met.into_iter().partition(is_new);
        first_of_rack
            .into_iter()
            .chain(passed_over)
            .take(count)
            .collect()
    }
    // ANCHOR_END: racks

    /// Recounts what the ring relies on.
    ///
    /// # Panics
    ///
    /// If the ring is broken, or a server has no rack, or a rack no server.
    pub fn validate(&self) {
        self.ring.circle().validate();
        assert!(
            self.ring.circle().servers().iter().eq(self.racks.keys()),
            "the servers on the ring are those with a rack"
        );
    }
}

impl RackReplicas for RackRing {
    fn new(hash: RingHash, points_per_server: NonZeroU32) -> Self {
        Self::new(hash, points_per_server)
    }

    fn add(&mut self, server: &str, rack: &str) -> Result<(), RingError> {
        self.add(server, rack)
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        self.remove(server)
    }

    fn replicas(&self, key: &[u8], count: usize) -> Vec<&str> {
        self.replicas(key, count)
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::consistent_hashing::{sample_keys, sample_servers};

    #[track_caller]
    fn check(key: &str, count: usize, expected: Expect) {
        let mut ring = RackRing::new(RingHash::LABELLED, NonZeroU32::MIN);
        for (server, rack) in [("a@10", "x"), ("b@20", "x"), ("c@30", "y"), ("d@40", "x")] {
            ring.add(server, rack).expect("no server comes twice");
        }
        ring.validate();
        expected.assert_eq(&ring.replicas(key, count).join(" "));
    }

    #[test]
    fn racks_come_first_and_passed_over_servers_behind_them() {
        check("k@0", 1, expect!["a@10"]);
        check("k@0", 2, expect!["a@10 c@30"]);
        check("k@0", 3, expect!["a@10 c@30 b@20"]);
        check("k@35", 9, expect!["d@40 c@30 a@10 b@20"]);
        check("k@0", 0, expect![""]);
    }

    #[test]
    fn with_a_rack_for_each_server_it_is_the_ring_of_copies() {
        let points = NonZeroU32::new(8).expect("8 is not 0");
        let mut plain = VirtualRing::new(RingHash::XXH3, points);
        let mut racked = RackRing::new(RingHash::XXH3, points);
        for server in sample_servers(9) {
            plain.add(&server).expect("no server comes twice");
            racked.add(&server, &server).expect("no server comes twice");
        }
        for key in sample_keys(5, 100) {
            assert_eq!(plain.replicas(&key, 3), racked.replicas(&key, 3));
        }
    }

    #[test]
    fn as_long_as_there_are_racks_no_two_copies_share_one() {
        let points = NonZeroU32::new(20).expect("20 is not 0");
        let mut ring = RackRing::new(RingHash::XXH3, points);
        for (server, number) in sample_servers(12).iter().zip(0..) {
            let rack = (number % 3).to_string();
            ring.add(server, &rack).expect("no server comes twice");
        }
        for key in sample_keys(6, 200) {
            let chosen = ring.replicas(&key, 3);
            let racks: BTreeSet<_> = chosen.iter().map(|server| &ring.racks[*server]).collect();
            assert_eq!(racks.len(), 3, "{key}: {chosen:?}");
        }
    }
}
