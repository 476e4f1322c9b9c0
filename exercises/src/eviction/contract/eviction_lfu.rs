//! Contract of the exercise `eviction_lfu`: the key that was asked for least often goes.

use super::Policy;

/// Least frequently used: a miss in a full cache evicts the key with the smallest count.
///
/// Implement [`Policy`]; there is nothing more to it. The rules of [the module](super) hold,
/// and besides:
///
/// | request | what becomes of the counts |
/// |---|---|
/// | a miss | the newcomer's count is 1, even if the key was there before: a count is lost when its key goes |
/// | a hit | the key's count grows by 1 |
///
/// Of several keys with the smallest count, the one goes that has had this count *longest*: the one that
/// was longest ago asked for. There is no ageing: old counts stay.
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
/// use exercises::eviction::{Access, EvictionLfu, Lfu, Simulated};
///
/// fn tour<T: EvictionLfu>() {
///     let mut cache = T::new(NonZeroUsize::new(3).expect("3 is not 0"));
///     for key in [1, 1, 2, 3] {
///         cache.access(key);
///     }
///     assert_eq!(cache.access(4), Access::Miss { evicted: Some(2) });
///     assert_eq!(cache.access(5), Access::Miss { evicted: Some(3) });
/// }
///
/// tour::<Simulated<Lfu>>();
/// ```
pub trait EvictionLfu: Policy {}

impl<T: Policy> EvictionLfu for T {}
