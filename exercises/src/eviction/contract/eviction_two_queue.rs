//! Contract of the exercise `eviction_two_queue`: newcomers queue apart from proven keys.

use super::Policy;

/// 2Q: newcomers wait in a queue of their own; a key that comes back after it has left that queue is proven, and joins an LRU list.
///
/// Implement [`Policy`]; there is nothing more to it. The rules of [the module](super) hold,
/// and besides:
///
/// A cache for `c` keys holds *newcomers* (the paper's `A1in`) in the order of their arrival and *proven* keys (`Am`) in the
/// order of their last use, and remembers up to `c / 2` keys that are *gone* (`A1out`). Divisions round down.
///
/// | event | what happens |
/// |---|---|
/// | a hit on a newcomer | nothing |
/// | a hit on a proven key | it is the most recently used of the proven |
/// | a miss | first of all it is looked up among the gone; if it is there it is forgotten there, and it comes in as the most recently used proven key, else as the youngest newcomer |
/// | a miss in a full cache | before it comes in, one key goes: while there are more than `c / 4` newcomers, or no proven keys, the oldest newcomer, else the least recently used of the proven |
/// | a newcomer goes | it is remembered as the latest of the gone; if there are more than `c / 2` now, the one that went first is forgotten |
/// | a proven key goes | it is not remembered |
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, EvictionTwoQueue, TwoQueue, Simulated};
///
/// fn tour<T: EvictionTwoQueue>() {
///     let mut cache = T::new(NonZeroUsize::new(4).expect("4 is not 0"));
///     // 1 leaves the newcomers and comes back: from now on it is proven.
///     for key in [1, 2, 3, 4, 5, 1] {
///         cache.access(key);
///     }
///     for scanned in 10..100 {
///         cache.access(scanned);
///     }
///     assert_eq!(cache.access(1), Access::Hit);
/// }
///
/// tour::<Simulated<TwoQueue>>();
/// ```
pub trait EvictionTwoQueue: Policy {}

impl<T: Policy> EvictionTwoQueue for T {}
