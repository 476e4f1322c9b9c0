//! Contract of the exercise `eviction_fifo`: the key that came in first goes.
//!
//! It does not ask for any particular time; a list that is searched will do.

use super::Policy;

/// First in, first out: a miss in a full cache evicts the key that came in longest ago.
///
/// Implement [`Policy`]; there is nothing more to it. The rules of [the module](super) hold,
/// and besides:
///
/// | request | what becomes of the order |
/// |---|---|
/// | a hit | nothing: a key's age counts from when it came in |
/// | a miss | the newcomer is the youngest |
/// | a key that was evicted comes back | it is a newcomer like any other |
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, EvictionFifo, Fifo, Simulated};
///
/// fn tour<T: EvictionFifo>() {
///     let mut cache = T::new(NonZeroUsize::new(2).expect("2 is not 0"));
///     cache.access(1);
///     cache.access(2);
///     assert_eq!(cache.access(1), Access::Hit);
///     assert_eq!(cache.access(3), Access::Miss { evicted: Some(1) });
/// }
///
/// tour::<Simulated<Fifo>>();
/// ```
pub trait EvictionFifo: Policy {}

impl<T: Policy> EvictionFifo for T {}
