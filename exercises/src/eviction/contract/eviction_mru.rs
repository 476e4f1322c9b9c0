//! Contract of the exercise `eviction_mru`: the key that was asked for last goes.

use super::Policy;

/// Most recently used: a miss in a full cache evicts the key whose last access is the latest.
///
/// Implement [`Policy`]; there is nothing more to it. The rules of [the module](super) hold,
/// and besides:
///
/// | request | what becomes of the order |
/// |---|---|
/// | a hit | the key is the most recently used from now on |
/// | a miss | so is the newcomer, once the victim is gone |
///
/// The victim is one of the keys that were there before: never the newcomer itself. And it is not
/// LIFO, which goes by when a key *came in*: a hit makes the difference.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, EvictionMru, Mru, Simulated};
///
/// fn tour<T: EvictionMru>() {
///     let mut cache = T::new(NonZeroUsize::new(2).expect("2 is not 0"));
///     cache.access(1);
///     cache.access(2);
///     assert_eq!(cache.access(1), Access::Hit);
///     assert_eq!(cache.access(3), Access::Miss { evicted: Some(1) });
///     assert_eq!(cache.access(2), Access::Hit);
/// }
///
/// tour::<Simulated<Mru>>();
/// ```
pub trait EvictionMru: Policy {}

impl<T: Policy> EvictionMru for T {}
