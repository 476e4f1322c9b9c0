//! Contract of the exercise `eviction_sieve`: a hand that sieves out what was asked for only once.

use super::Policy;

/// SIEVE: keys stand in the order of their arrival, and a hand goes from old to new and takes the first that was not used since it last came by.
///
/// Implement [`Policy`]; there is nothing more to it. The rules of [the module](super) hold,
/// and besides:
///
/// | event | what happens |
/// |---|---|
/// | a hit | the key is marked; nothing moves |
/// | a miss with room | the newcomer stands at the new end, without a mark; the hand does not move |
/// | a miss in a full cache | the hand passes over marked keys and takes their marks away; the first key without a mark goes; *then* the newcomer comes in at the new end, without a mark |
///
/// The hand begins at the oldest key. Behind the newest it goes on at the oldest. When it has taken
/// a key, it stands at the next newer one of those that were there; if there is none, at the oldest.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, EvictionSieve, Sieve, Simulated};
///
/// fn tour<T: EvictionSieve>() {
///     let mut cache = T::new(NonZeroUsize::new(3).expect("3 is not 0"));
///     for key in [1, 2, 3, 1] {
///         cache.access(key);
///     }
///     assert_eq!(cache.access(4), Access::Miss { evicted: Some(2) });
///     assert_eq!(cache.access(5), Access::Miss { evicted: Some(3) });
///     // The hand has passed 1 and comes to 4: newcomers are looked at first.
///     assert_eq!(cache.access(6), Access::Miss { evicted: Some(4) });
/// }
///
/// tour::<Simulated<Sieve>>();
/// ```
pub trait EvictionSieve: Policy {}

impl<T: Policy> EvictionSieve for T {}
