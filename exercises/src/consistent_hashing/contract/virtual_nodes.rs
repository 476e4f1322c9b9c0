//! Contract of the exercise `virtual_nodes`: many points a server, so that the
//! arcs even out.
//!
//! All servers count alike; for big and small machines see
//! [`WeightedNodes`](super::WeightedNodes).

use std::num::NonZeroU32;

use super::RingError;
use crate::consistent_hashing::RingHash;

/// A ring with `points_per_server` points for each server: `hash.point(server, i)`
/// for every `i` in `0..points_per_server`.
///
/// The rules of [the module](super) hold. What bad input gets:
///
/// | request | answer |
/// |---|---|
/// | `owner` on an empty ring | `None` |
/// | `add` of a server that is there | [`RingError::DuplicateServer`], nothing changes |
/// | `remove` of a server that is not there | [`RingError::UnknownServer`], nothing changes |
/// | no points a server | cannot be written: the type is [`NonZeroU32`] |
///
/// # Examples
///
/// ```
/// use std::num::NonZeroU32;
///
/// use exercises::consistent_hashing::{RingError, RingHash, VirtualNodes, VirtualRing};
///
/// fn tour<T: VirtualNodes>() -> Result<(), RingError> {
///     let two = NonZeroU32::new(2).expect("2 is not 0");
///     let mut ring = T::new(RingHash::LABELLED, two);
///     ring.add("a@64,200")?;
///     ring.add("b@128,250")?;
///     assert_eq!(ring.owner(b"k@100"), Some("b@128,250"));
///     assert_eq!(ring.owner(b"k@150"), Some("a@64,200"));
///     assert_eq!(ring.owner(b"k@251"), Some("a@64,200"));
///     Ok(())
/// }
///
/// tour::<VirtualRing>()?;
/// # Ok::<(), RingError>(())
/// ```
pub trait VirtualNodes {
    /// An empty ring that gives each server `points_per_server` points of `hash`.
    fn new(hash: RingHash, points_per_server: NonZeroU32) -> Self;

    /// Puts a server on the ring, with all its points.
    ///
    /// # Errors
    ///
    /// [`RingError::DuplicateServer`] if it is there already.
    fn add(&mut self, server: &str) -> Result<(), RingError>;

    /// Takes a server off the ring, with all its points.
    ///
    /// # Errors
    ///
    /// [`RingError::UnknownServer`] if it is not there.
    fn remove(&mut self, server: &str) -> Result<(), RingError>;

    /// The server that holds `key`; `None` when the ring is empty.
    fn owner(&self, key: &[u8]) -> Option<&str>;
}
