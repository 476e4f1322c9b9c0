//! Contract of the exercise `hash_ring`: one point a server, the owner is the
//! clockwise successor.
//!
//! Balance is not asked for; that is what [`VirtualNodes`](super::VirtualNodes) adds.

use super::RingError;
use crate::consistent_hashing::RingHash;

/// A ring with one point for each server: `hash.point(server, 0)`.
///
/// The rules of [the module](super) hold. What bad input gets:
///
/// | request | answer |
/// |---|---|
/// | `owner` on an empty ring | `None` |
/// | `add` of a server that is there | [`RingError::DuplicateServer`], nothing changes |
/// | `remove` of a server that is not there | [`RingError::UnknownServer`], nothing changes |
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{HashRing, Ring, RingError, RingHash};
///
/// fn tour<T: HashRing>() -> Result<(), RingError> {
///     let mut ring = T::new(RingHash::LABELLED);
///     assert_eq!(ring.owner(b"k@25"), None);
///
///     ring.add("a@64")?;
///     ring.add("b@128")?;
///     assert_eq!(ring.owner(b"k@25"), Some("a@64"));
///     assert_eq!(ring.owner(b"k@64"), Some("a@64"));
///     assert_eq!(ring.owner(b"k@65"), Some("b@128"));
///     assert_eq!(ring.owner(b"k@129"), Some("a@64"));
///
///     ring.remove("a@64")?;
///     assert_eq!(ring.owner(b"k@25"), Some("b@128"));
///     Ok(())
/// }
///
/// tour::<Ring>()?;
/// # Ok::<(), RingError>(())
/// ```
pub trait HashRing {
    /// An empty ring that takes all positions from `hash`.
    fn new(hash: RingHash) -> Self;

    /// Puts a server on the ring.
    ///
    /// # Errors
    ///
    /// [`RingError::DuplicateServer`] if it is there already.
    fn add(&mut self, server: &str) -> Result<(), RingError>;

    /// Takes a server off the ring.
    ///
    /// # Errors
    ///
    /// [`RingError::UnknownServer`] if it is not there.
    fn remove(&mut self, server: &str) -> Result<(), RingError>;

    /// The server that holds `key`; `None` when the ring is empty.
    fn owner(&self, key: &[u8]) -> Option<&str>;
}
