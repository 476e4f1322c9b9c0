//! The interface that all graded policies share: keys are numbers, and there are no values.
//!
//! A policy decides from the order of accesses alone, so nothing more is needed to
//! build one and to count its misses. What a cache in use needs besides, values,
//! keys of any type and removal, has [`Cache`](crate::eviction::Cache).

use std::num::NonZeroUsize;

/// What became of one access.
///
/// # Examples
///
/// ```
/// use exercises::eviction::Access;
///
/// assert!(Access::Hit.is_hit());
/// assert!(!Access::Miss { evicted: Some(7) }.is_hit());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// The key was in the cache.
    Hit,
    /// The key was not in the cache; now it is.
    Miss {
        /// The key that had to go for it; `None` while there was room.
        evicted: Option<u64>,
    },
}

impl Access {
    /// Whether the key was in the cache.
    pub fn is_hit(self) -> bool {
        self == Self::Hit
    }
}

/// A cache seen from outside: which keys does it hold after these accesses?
///
/// The rules of [the module](super) hold.
///
/// # Examples
///
/// With the least recently used key as the one to go:
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, Lru, Policy, Simulated};
///
/// fn tour<T: Policy>() {
///     let mut cache = T::new(NonZeroUsize::new(2).expect("2 is not 0"));
///     assert_eq!(cache.access(1), Access::Miss { evicted: None });
///     assert_eq!(cache.access(2), Access::Miss { evicted: None });
///     assert_eq!(cache.access(1), Access::Hit);
///     assert_eq!(cache.access(3), Access::Miss { evicted: Some(2) });
///     assert!(cache.contains(1) && !cache.contains(2));
///     assert_eq!(cache.len(), 2);
/// }
///
/// tour::<Simulated<Lru>>();
/// ```
pub trait Policy {
    /// An empty cache for at most `capacity` keys.
    fn new(capacity: NonZeroUsize) -> Self
    where
        Self: Sized;

    /// Asks for a key, and takes it in if it is not there.
    fn access(&mut self, key: u64) -> Access;

    /// Whether the key is in the cache. Not a use.
    fn contains(&self, key: u64) -> bool;

    /// How many keys the cache holds.
    fn len(&self) -> usize;

    /// Whether it holds none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
