//! Contract of the exercise `eviction_clock`: a second chance for keys that were used.

use super::Policy;

/// CLOCK: keys stand in a circle, and a hand goes round and takes the first that was not used since it last came by.
///
/// Implement [`Policy`]; there is nothing more to it. The rules of [the module](super) hold,
/// and besides:
///
/// | event | what happens |
/// |---|---|
/// | a hit | the key is marked; nothing moves |
/// | a miss with room | the newcomer stands behind all others in the circle; the hand does not move |
/// | a miss in a full cache | the hand passes over marked keys and takes their marks away; the first key without a mark goes, the newcomer takes its place in the circle, and the hand moves on to the next place |
///
/// The hand begins at the key that came in first. A newcomer comes in *without* a mark, as in the
/// original; many textbooks mark it, which is another policy.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, EvictionClock, Clock, Simulated};
///
/// fn tour<T: EvictionClock>() {
///     let mut cache = T::new(NonZeroUsize::new(3).expect("3 is not 0"));
///     for key in [1, 2, 3, 1] {
///         cache.access(key);
///     }
///     // 1 is marked and gets its second chance; the hand stops behind 4.
///     assert_eq!(cache.access(4), Access::Miss { evicted: Some(2) });
///     assert_eq!(cache.access(5), Access::Miss { evicted: Some(3) });
///     assert_eq!(cache.access(6), Access::Miss { evicted: Some(1) });
/// }
///
/// tour::<Simulated<Clock>>();
/// ```
pub trait EvictionClock: Policy {}

impl<T: Policy> EvictionClock for T {}
