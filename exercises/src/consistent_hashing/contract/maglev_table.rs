//! Contract of the exercise `maglev_table`: a lookup table that servers fill in turns.
//!
//! Made for packet balancers, where a lookup must cost next to nothing and a table is
//! built anew when servers change. It moves a few keys more than must move.
//!
//! Source: D. Eisenbud et al., *Maglev: A Fast and Reliable Software Network Load
//! Balancer*, NSDI 2016, §3.4.

use super::RingError;
use crate::consistent_hashing::RingHash;

/// A Maglev table.
///
/// | rule | |
/// |---|---|
/// | preferences of a server | slots `(offset + i × skip) mod slots` for `i` = 0, 1, 2 …, with `offset = hash.point(server, 0) mod slots` and `skip = hash.point(server, 1) mod (slots − 1) + 1` |
/// | filling | servers take turns, in byte order of their names; at its turn a server takes the first of its preferences that is free; it ends when no slot is free |
/// | owner | that of the slot `hash.key(key) mod slots`; `None` without servers |
/// | a name that comes twice | [`RingError::DuplicateServer`] |
/// | `slots` is not prime | [`RingError::SlotsNotPrime`], whatever the names |
///
/// With a prime number of slots every `skip` leads a server to every slot once, before it
/// comes back to the first.
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{Maglev, MaglevTable, RingError, RingHash};
///
/// fn tour<T: MaglevTable>() -> Result<(), RingError> {
///     // offset 3 and skip 2 of 7 slots: 3, 5, 0, 2, 4, 6, 1.
///     let table = T::new(RingHash::LABELLED, 7, &["a@3,1", "b@3,0"])?;
///     // a takes 3, b wants 3 and gets 4; a 5, b 6; a 0, b 1; a 2.
///     let owners: Vec<_> = (0..7).map(|slot| table.owner(format!("k@{slot}").as_bytes())).collect();
///     let (a, b) = (Some("a@3,1"), Some("b@3,0"));
///     assert_eq!(owners, [a, b, a, a, b, a, b]);
///     assert!(T::new(RingHash::LABELLED, 8, &["a"]).is_err());
///     Ok(())
/// }
///
/// tour::<Maglev>()?;
/// # Ok::<(), RingError>(())
/// ```
pub trait MaglevTable: Sized {
    /// Fills a table of `slots` slots for these servers.
    ///
    /// # Errors
    ///
    /// [`RingError::SlotsNotPrime`], or else [`RingError::DuplicateServer`].
    fn new(hash: RingHash, slots: u32, servers: &[&str]) -> Result<Self, RingError>;

    /// The server that holds `key`; `None` without servers.
    fn owner(&self, key: &[u8]) -> Option<&str>;
}
