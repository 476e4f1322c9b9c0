//! The ring with virtual nodes: every server sits on the circle many times.
//!
//! Use it when servers come and go and all are alike. With `V` points each, the
//! loads of `n` servers have a standard deviation of about `1/√V` of their mean,
//! and a leaving server's keys spread over many others. 100 to 200 points are
//! common; memory and the cost of a change grow in proportion. "Virtual replica"
//! is an old name for a virtual node; it has nothing to do with copies of data.
//!
//! Source: D. Karger et al., 1997 (there: copies of a bucket); I. Stoica et al.,
//! *Chord*, SIGCOMM 2001, §6.2 (virtual nodes).

use std::num::NonZeroU32;

use super::{Circle, RingError, RingHash, VirtualNodes};

/// The reference for [`VirtualNodes`] and [`Replicas`](super::Replicas).
///
/// # Examples
///
/// ```
/// use std::num::NonZeroU32;
///
/// use exercises::consistent_hashing::{RingError, RingHash, VirtualRing};
///
/// let points = NonZeroU32::new(160).expect("160 is not 0");
/// let mut ring = VirtualRing::new(RingHash::XXH3, points);
/// for server in ["cache-a", "cache-b", "cache-c"] {
///     ring.add(server)?;
/// }
/// assert!(ring.owner("user:42").is_some());
/// assert_eq!(ring.circle().points().len(), 480);
/// # Ok::<(), RingError>(())
/// ```
///
/// # Time complexity
///
/// For `p` points in all: `owner` is O(log p), `add` and `remove` are O(p).
#[derive(Debug, Clone)]
pub struct VirtualRing {
    hash: RingHash,
    points_per_server: NonZeroU32,
    circle: Circle,
}

impl VirtualRing {
    /// An empty ring that gives each server `points_per_server` points of `hash`.
    pub fn new(hash: RingHash, points_per_server: NonZeroU32) -> Self {
        Self {
            hash,
            points_per_server,
            circle: Circle::default(),
        }
    }

    // ANCHOR: virtual_nodes
    /// Puts a server on the ring, with all its points.
    ///
    /// # Errors
    ///
    /// [`RingError::DuplicateServer`] if it is there already.
    pub fn add(&mut self, server: &str) -> Result<(), RingError> {
        let indices = 0..self.points_per_server.get();
        let positions = indices.map(|index| self.hash.point(server, index));
        self.circle.insert(server, positions)
    }

    /// The server that holds `key`; `None` when the ring is empty.
    pub fn owner(&self, key: impl AsRef<[u8]>) -> Option<&str> {
        self.circle.owner_at(self.hash.key(key.as_ref()))
    }
    // ANCHOR_END: virtual_nodes

    /// Takes a server off the ring, with all its points.
    ///
    /// # Errors
    ///
    /// [`RingError::UnknownServer`] if it is not there.
    pub fn remove(&mut self, server: &str) -> Result<(), RingError> {
        self.circle.remove(server)
    }

    /// The circle of points that the ring stands on.
    pub fn circle(&self) -> &Circle {
        &self.circle
    }

    /// Where the ring looks for a key.
    pub fn position(&self, key: impl AsRef<[u8]>) -> u64 {
        self.hash.key(key.as_ref())
    }

    /// Recounts what the ring relies on.
    ///
    /// # Panics
    ///
    /// If the circle is broken, or its points are not those of its servers.
    pub fn validate(&self) {
        self.circle.validate();
        let expected = Circle::from_servers(self.circle.servers(), |server| {
            let server = server.to_owned();
            (0..self.points_per_server.get()).map(move |index| self.hash.point(&server, index))
        });
        assert_eq!(
            Ok(&self.circle),
            expected.as_ref(),
            "points are those of the hash"
        );
    }
}

impl VirtualNodes for VirtualRing {
    fn new(hash: RingHash, points_per_server: NonZeroU32) -> Self {
        Self::new(hash, points_per_server)
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
