//! Contract of the exercise `multi_probe`: one point a server, and several tries a key.
//!
//! Instead of placing each server at many points, each *key* looks from many places
//! and takes the server that is nearest. The memory is that of a plain ring; the price
//! is paid at every lookup.
//!
//! Source: B. Appleton, M. O'Reilly, *Multi-probe consistent hashing*, 2015,
//! <https://arxiv.org/abs/1505.00062>.

use std::num::NonZeroU32;

use super::RingError;
use crate::consistent_hashing::RingHash;

/// A ring with one point a server, `hash.point(server, 0)`, on which keys are looked for
/// from several probes.
///
/// | rule | |
/// |---|---|
/// | probes of a key | [`probe_position`]`(hash.key(key), i)` for `i` from 0 to below `probes` |
/// | way | from a probe clockwise to a server's point; 0 for a probe on the point |
/// | owner | the server with the smallest way from any probe; of equal ways, the smaller name in byte order |
/// | no server | `owner` is `None` |
/// | `add` of a server that is there | [`RingError::DuplicateServer`], and nothing changes |
/// | `remove` of a server that is not there | [`RingError::UnknownServer`], and nothing changes |
///
/// With one probe it is a plain ring.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroU32;
///
/// use exercises::consistent_hashing::{MultiProbe, ProbeRing, RingError, RingHash};
///
/// fn tour<T: MultiProbe>() -> Result<(), RingError> {
///     let mut ring = T::new(RingHash::LABELLED, NonZeroU32::MIN);
///     ring.add("a@64")?;
///     ring.add("b@200")?;
///     assert_eq!(ring.owner(b"k@65"), Some("b@200"));
///     assert_eq!(ring.owner(b"k@201"), Some("a@64"));
///     Ok(())
/// }
///
/// tour::<ProbeRing>()?;
/// # Ok::<(), RingError>(())
/// ```
///
/// [`probe_position`]: crate::consistent_hashing::probe_position
pub trait MultiProbe {
    /// An empty ring on which every key has `probes` probes.
    fn new(hash: RingHash, probes: NonZeroU32) -> Self;

    /// Adds a server.
    ///
    /// # Errors
    ///
    /// [`RingError::DuplicateServer`] if it is there already.
    fn add(&mut self, server: &str) -> Result<(), RingError>;

    /// Removes a server.
    ///
    /// # Errors
    ///
    /// [`RingError::UnknownServer`] if it is not there.
    fn remove(&mut self, server: &str) -> Result<(), RingError>;

    /// The server that holds `key`; `None` without servers.
    fn owner(&self, key: &[u8]) -> Option<&str>;
}
