//! Contract of the exercise `eviction_lru`: the key that was not asked for longest goes.

use super::Policy;

/// Least recently used: a miss in a full cache evicts the key whose last access is longest ago.
///
/// Implement [`Policy`]; there is nothing more to it. The rules of [the module](super) hold,
/// and besides:
///
/// | request | what becomes of the order |
/// |---|---|
/// | a hit | the key is the most recently used from now on |
/// | a miss | so is the newcomer |
/// | `contains`, `len` | nothing |
///
/// # Time complexity
///
/// An access takes constant time, or nearly so, however large the cache is: walking through
/// the keys is too slow. Amortised and expected time count, so a `HashMap` is fine, and the
/// logarithm of a tree is let pass.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, EvictionLru, Lru, Simulated};
///
/// fn tour<T: EvictionLru>() {
///     let mut cache = T::new(NonZeroUsize::new(2).expect("2 is not 0"));
///     cache.access(1);
///     cache.access(2);
///     assert_eq!(cache.access(1), Access::Hit);
///     assert_eq!(cache.access(3), Access::Miss { evicted: Some(2) });
/// }
///
/// tour::<Simulated<Lru>>();
/// ```
pub trait EvictionLru: Policy {}

impl<T: Policy> EvictionLru for T {}
