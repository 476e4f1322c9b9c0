//! Contract of the exercise `rack_replicas`: copies in different racks first, then on
//! different servers.
//!
//! Servers of a rack share a switch and a power supply and fail together, and so do
//! those of a data centre: "rack" stands for whatever fails as one. It says where
//! copies live, not how many of them an answer needs.
//!
//! Source: A. Lakshman, P. Malik, *Cassandra: A Decentralized Structured Storage
//! System*, LADIS 2009, §5.2 ("Rack Aware").

use std::num::NonZeroU32;

use super::RingError;
use crate::consistent_hashing::RingHash;

/// A ring with virtual nodes whose servers stand in racks.
///
/// `replicas(key, n)` walks clockwise from the key, once round the circle. Each server is
/// met at the first of its points. The first server met of each rack is chosen, in the
/// order in which they are met; the servers passed over come behind them, in the order
/// in which they are met. The first `n` of that list are the answer.
///
/// | request | answer |
/// |---|---|
/// | `n` is not above the number of racks | `n` servers in `n` racks |
/// | more copies than servers | every server once |
/// | `n` is 0, or the ring is empty | no server |
/// | `add` of a server that is there, in whatever rack | [`RingError::DuplicateServer`], and nothing changes |
/// | `remove` of a server that is not there | [`RingError::UnknownServer`], and nothing changes |
///
/// # Examples
///
/// ```
/// use std::num::NonZeroU32;
///
/// use exercises::consistent_hashing::{RackReplicas, RackRing, RingError, RingHash};
///
/// fn tour<T: RackReplicas>() -> Result<(), RingError> {
///     let mut ring = T::new(RingHash::LABELLED, NonZeroU32::MIN);
///     ring.add("a@10", "east")?;
///     ring.add("b@20", "east")?;
///     ring.add("c@30", "west")?;
///     // b is next, but c is in another rack.
///     assert_eq!(ring.replicas(b"k@5", 2), ["a@10", "c@30"]);
///     assert_eq!(ring.replicas(b"k@5", 3), ["a@10", "c@30", "b@20"]);
///     Ok(())
/// }
///
/// tour::<RackRing>()?;
/// # Ok::<(), RingError>(())
/// ```
pub trait RackReplicas {
    /// An empty ring whose servers get `points_per_server` points each, numbered from 0.
    fn new(hash: RingHash, points_per_server: NonZeroU32) -> Self;

    /// Adds a server that stands in `rack`.
    ///
    /// # Errors
    ///
    /// [`RingError::DuplicateServer`] if it is there already.
    fn add(&mut self, server: &str, rack: &str) -> Result<(), RingError>;

    /// Removes a server with all its points.
    ///
    /// # Errors
    ///
    /// [`RingError::UnknownServer`] if it is not there.
    fn remove(&mut self, server: &str) -> Result<(), RingError>;

    /// The servers for `count` copies of `key`: different racks first, then different
    /// servers.
    fn replicas(&self, key: &[u8], count: usize) -> Vec<&str>;
}
