//! Multi-probe consistent hashing: one point a server, several probes a key.
//!
//! Use it where a ring of many points would not fit into the cache and lookups may
//! cost a few searches more. With 21 probes the fullest server is expected within about
//! 5% of its fair share (the paper's figure). Servers have no weights in this form.
//!
//! Source: B. Appleton, M. O'Reilly, *Multi-probe consistent hashing*, 2015,
//! <https://arxiv.org/abs/1505.00062>.

use std::num::NonZeroU32;

use super::circle::{Circle, Point};
use super::{MultiProbe, RingError, RingHash, probe_position};

/// A ring with one point a server on which keys are looked for from several probes.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroU32;
///
/// use exercises::consistent_hashing::{ProbeRing, RingError, RingHash};
///
/// let probes = NonZeroU32::new(21).expect("21 is not 0");
/// let mut ring = ProbeRing::new(RingHash::XXH3, probes);
/// ring.add("a")?;
/// assert_eq!(ring.owner("user:42"), Some("a"));
/// # Ok::<(), RingError>(())
/// ```
///
/// # Time complexity
///
/// For `n` servers and `k` probes: `owner` is O(k log n); `add` and `remove` are O(n).
#[derive(Debug, Clone)]
pub struct ProbeRing {
    hash: RingHash,
    probes: NonZeroU32,
    circle: Circle,
}

impl ProbeRing {
    /// An empty ring on which every key has `probes` probes.
    pub fn new(hash: RingHash, probes: NonZeroU32) -> Self {
        Self {
            hash,
            probes,
            circle: Circle::default(),
        }
    }

    /// Adds a server.
    ///
    /// # Errors
    ///
    /// [`RingError::DuplicateServer`] if it is there already.
    pub fn add(&mut self, server: &str) -> Result<(), RingError> {
        self.circle.insert(server, [self.hash.point(server, 0)])
    }

    /// Removes a server.
    ///
    /// # Errors
    ///
    /// [`RingError::UnknownServer`] if it is not there.
    pub fn remove(&mut self, server: &str) -> Result<(), RingError> {
        self.circle.remove(server)
    }

    // ANCHOR: multi_probe
    /// The server whose point is nearest clockwise to any of the key's probes; of
    /// equally near ones, the smaller name.
    pub fn owner(&self, key: impl AsRef<[u8]>) -> Option<&str> {
        let key = self.hash.key(key.as_ref());
        let nearest = (0..self.probes.get())
            .map(|index| probe_position(key, index))
            .filter_map(|probe| {
                let point = self.successor(probe)?;
                // Wrapping, so that the way may lead past 0.
                Some((point.position.wrapping_sub(probe), point.rank))
            })
            .min()?;
        Some(&self.circle.servers()[nearest.1 as usize])
    }
    // ANCHOR_END: multi_probe

    /// Recounts what the ring relies on.
    ///
    /// # Panics
    ///
    /// If the circle is broken, or a server has not just one point.
    pub fn validate(&self) {
        self.circle.validate();
        let (points, servers) = (self.circle.points().len(), self.circle.servers().len());
        assert_eq!(points, servers, "a point for each server");
    }

    fn successor(&self, position: u64) -> Option<Point> {
        let points = self.circle.raw_points();
        let found = points.partition_point(|point| point.position < position);
        points.get(found).or_else(|| points.first()).copied()
    }
}

impl MultiProbe for ProbeRing {
    fn new(hash: RingHash, probes: NonZeroU32) -> Self {
        Self::new(hash, probes)
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        self.add(server)
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
    use crate::consistent_hashing::{Placement, Ring, sample_keys, sample_servers};

    fn of(probes: u32, servers: &[String]) -> ProbeRing {
        let probes = NonZeroU32::new(probes).expect("a key needs a probe");
        let mut ring = ProbeRing::new(RingHash::XXH3, probes);
        for server in servers {
            ring.add(server).expect("sample names are distinct");
        }
        ring.validate();
        ring
    }

    #[test]
    fn with_one_probe_it_is_a_plain_ring() {
        let servers = sample_servers(10);
        let probing = of(1, &servers);
        let mut plain = Ring::new(RingHash::XXH3);
        for server in &servers {
            plain.add(server).expect("sample names are distinct");
        }
        for key in sample_keys(1, 300) {
            assert_eq!(probing.owner(&key), plain.owner(&key), "{key}");
        }
    }

    #[test]
    fn a_newcomer_takes_keys_and_no_other_key_moves() {
        let (servers, keys) = (sample_servers(11), sample_keys(2, 2_000));
        let place = |servers: &[String]| {
            let ring = of(21, servers);
            Placement::of(servers, &keys, |key| ring.owner(key))
        };
        let moved = place(&servers[..10]).moved_to(&place(&servers));
        assert_eq!(moved.between_old, 0);
        assert!(moved.keys > 0);
    }

    #[test]
    fn bad_requests_change_nothing() {
        let mut ring = of(3, &["a".to_owned()]);
        assert_eq!(ring.add("a"), Err(RingError::duplicate("a")));
        assert_eq!(ring.remove("b"), Err(RingError::unknown("b")));
        assert_eq!(ring.owner("k"), Some("a"));
        assert_eq!(ring.remove("a"), Ok(()));
        assert_eq!(ring.owner("k"), None);
    }
}
