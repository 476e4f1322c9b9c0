//! Contract of the exercise `weighted_nodes`: a machine of twice the size gets
//! twice the points.
//!
//! Weights are whole numbers. A share of the present total would look more
//! natural and would break the ring's promise: when one weight changes, every
//! other server's share, and with it the number of its points, changes too.

use std::num::NonZeroU32;

use super::RingError;
use crate::consistent_hashing::RingHash;

/// A ring on which a server of weight `w` has `w × points_per_weight` points:
/// `hash.point(server, i)` for every `i` below that number.
///
/// The rules of [the module](super) hold. What bad input gets:
///
/// | request | answer |
/// |---|---|
/// | `owner` on an empty ring | `None` |
/// | `add` of a server that is there | [`RingError::DuplicateServer`], nothing changes |
/// | `set_weight`, `remove` of a server that is not there | [`RingError::UnknownServer`], nothing changes |
/// | weight 0 | [`RingError::ZeroWeight`], nothing changes; a duplicate or unknown server is reported first |
/// | more than `u32::MAX` points for one server | not asked for; the reference answers [`RingError::TooManyPoints`] |
///
/// # Examples
///
/// ```
/// use std::num::NonZeroU32;
///
/// use exercises::consistent_hashing::{RingError, RingHash, WeightedNodes, WeightedRing};
///
/// fn tour<T: WeightedNodes>() -> Result<(), RingError> {
///     let mut ring = T::new(RingHash::LABELLED, NonZeroU32::MIN);
///     ring.add("a@64,100", 1)?;
///     ring.add("b@128", 1)?;
///     assert_eq!(ring.owner(b"k@80"), Some("b@128"));
///
///     ring.set_weight("a@64,100", 2)?;
///     assert_eq!(ring.owner(b"k@80"), Some("a@64,100"));
///     assert_eq!(ring.add("c@3", 0), Err(RingError::zero_weight("c@3")));
///     Ok(())
/// }
///
/// tour::<WeightedRing>()?;
/// # Ok::<(), RingError>(())
/// ```
pub trait WeightedNodes {
    /// An empty ring that gives each server `points_per_weight` points of `hash`
    /// for each unit of its weight.
    fn new(hash: RingHash, points_per_weight: NonZeroU32) -> Self;

    /// Puts a server of this weight on the ring.
    ///
    /// # Errors
    ///
    /// [`RingError::DuplicateServer`] if it is there already, then
    /// [`RingError::ZeroWeight`].
    fn add(&mut self, server: &str, weight: u32) -> Result<(), RingError>;

    /// Changes a server's weight. Only keys that come to this server or leave it move.
    ///
    /// # Errors
    ///
    /// [`RingError::UnknownServer`] if it is not there, then [`RingError::ZeroWeight`].
    fn set_weight(&mut self, server: &str, weight: u32) -> Result<(), RingError>;

    /// Takes a server off the ring, with all its points.
    ///
    /// # Errors
    ///
    /// [`RingError::UnknownServer`] if it is not there.
    fn remove(&mut self, server: &str) -> Result<(), RingError>;

    /// The server that holds `key`; `None` when the ring is empty.
    fn owner(&self, key: &[u8]) -> Option<&str>;
}
