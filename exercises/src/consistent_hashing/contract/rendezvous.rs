//! Contract of the exercise `rendezvous`: every server bids for a key, and the highest
//! bid wins.
//!
//! There is no circle and no table, so that a lookup asks every server; for thousands
//! of servers see the rings.
//!
//! Source: D. Thaler, C. Ravishankar, *Using Name-Based Mappings to Increase Hit
//! Rates*, IEEE/ACM Transactions on Networking 6(1), 1998.

use super::RingError;
use crate::consistent_hashing::RingHash;

/// Rendezvous hashing, also called highest random weight.
///
/// | rule | |
/// |---|---|
/// | bid | [`bid`]`(hash.point(server, 0), hash.key(key))` |
/// | owner | the server with the highest bid; of equal bids, the smaller name in byte order |
/// | `replicas(key, n)` | the `n` highest bidders, the highest first; every server if there are fewer |
/// | no server | `owner` is `None`, and `replicas` is empty |
/// | `add` of a server that is there | [`RingError::DuplicateServer`], and nothing changes |
/// | `remove` of a server that is not there | [`RingError::UnknownServer`], and nothing changes |
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{Rendezvous, RendezvousHash, RingError, RingHash};
///
/// fn tour<T: RendezvousHash>() -> Result<(), RingError> {
///     let mut servers = T::new(RingHash::XXH3);
///     assert_eq!(servers.owner(b"user:42"), None);
///     servers.add("a")?;
///     servers.add("b")?;
///     let both = servers.replicas(b"user:42", 2);
///     assert_eq!(servers.owner(b"user:42"), Some(both[0]));
///     Ok(())
/// }
///
/// tour::<Rendezvous>()?;
/// # Ok::<(), RingError>(())
/// ```
///
/// [`bid`]: crate::consistent_hashing::bid
pub trait RendezvousHash {
    /// No servers yet; keys and names are hashed by `hash`.
    fn new(hash: RingHash) -> Self;

    /// Lets a server bid.
    ///
    /// # Errors
    ///
    /// [`RingError::DuplicateServer`] if it is there already.
    fn add(&mut self, server: &str) -> Result<(), RingError>;

    /// Takes a server out of the bidding.
    ///
    /// # Errors
    ///
    /// [`RingError::UnknownServer`] if it is not there.
    fn remove(&mut self, server: &str) -> Result<(), RingError>;

    /// The server with the highest bid for `key`; `None` without servers.
    fn owner(&self, key: &[u8]) -> Option<&str>;

    /// The `count` servers with the highest bids, the highest first.
    fn replicas(&self, key: &[u8], count: usize) -> Vec<&str>;
}
