//! Contract of the exercise `bounded_loads`: no server gets more than `1 + ε`
//! times its fair share; what does not fit goes on clockwise.
//!
//! A ring balances *keys*. It does nothing about a few keys that everybody asks
//! for, and with few points it does not even balance keys well. A cap on the load
//! does both, for the price of remembering where each key went.
//!
//! Source: V. Mirrokni, M. Thorup, M. Zadimoghaddam, *Consistent Hashing with
//! Bounded Loads*, 2016, <https://arxiv.org/abs/1608.01350>. The paper also moves
//! keys when servers come and go; the exercise keeps its servers, and
//! [`BoundedRing`](crate::consistent_hashing::BoundedRing) does the rest.

use std::num::NonZeroU32;

use super::RingError;
use crate::consistent_hashing::RingHash;

/// A ring whose servers never take more than their capacity.
///
/// While `m` keys are placed on `n` servers, the capacity of each is
/// `⌈(1 + ε) · m / n⌉`, where `m` counts the key that is being placed.
/// A new key goes to the first server clockwise whose load is below that.
/// The rules of [the module](super) hold; ε is given in whole per cent, so that
/// the capacity can be computed exactly: `⌈(100 + percent) · m / (100 · n)⌉`.
///
/// | request | answer |
/// |---|---|
/// | `assign` of a key that is placed | the server where it is, nothing changes |
/// | `assign` without servers | [`RingError::NoServers`] |
/// | `release` of a key that is not placed | [`RingError::UnknownKey`], nothing changes |
/// | `release` of a key that is placed | its server has one less; no other key moves |
/// | `load` of an unknown server | `None` |
/// | `new` with a name twice | [`RingError::DuplicateServer`] |
///
/// # Examples
///
/// ```
/// use std::num::NonZeroU32;
///
/// use exercises::consistent_hashing::{BoundedLoads, BoundedRing, RingError, RingHash};
///
/// fn tour<T: BoundedLoads>() -> Result<(), RingError> {
///     let servers = ["a@100", "b@200"];
///     let mut ring = T::new(RingHash::LABELLED, NonZeroU32::MIN, 0, &servers)?;
///     assert_eq!(ring.assign(b"first@50")?, "a@100");
///     // Two keys, two servers, ε = 0: one key each. `a` is full.
///     assert_eq!(ring.assign(b"second@60")?, "b@200");
///     assert_eq!(ring.load("a@100"), Some(1));
///     ring.release(b"first@50")?;
///     assert_eq!(ring.load("a@100"), Some(0));
///     Ok(())
/// }
///
/// tour::<BoundedRing>()?;
/// # Ok::<(), RingError>(())
/// ```
pub trait BoundedLoads: Sized {
    /// A ring of these servers, with `points_per_server` points of `hash` each,
    /// that allows `epsilon_percent` per cent above the mean load.
    ///
    /// # Errors
    ///
    /// [`RingError::DuplicateServer`] if a name comes twice.
    fn new(
        hash: RingHash,
        points_per_server: NonZeroU32,
        epsilon_percent: u32,
        servers: &[&str],
    ) -> Result<Self, RingError>;

    /// Places `key` and answers the name of its server.
    ///
    /// The name is owned because a reference into `self` would keep the ring
    /// borrowed for as long as the caller holds it.
    ///
    /// # Errors
    ///
    /// [`RingError::NoServers`] if there is no server.
    fn assign(&mut self, key: &[u8]) -> Result<String, RingError>;

    /// Forgets `key`, so that its server has room for another.
    ///
    /// # Errors
    ///
    /// [`RingError::UnknownKey`] if the key is not placed.
    fn release(&mut self, key: &[u8]) -> Result<(), RingError>;

    /// How many keys `server` holds; `None` if there is no such server.
    fn load(&self, server: &str) -> Option<usize>;
}
