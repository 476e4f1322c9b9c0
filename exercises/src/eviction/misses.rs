//! What a policy is judged by: how many requests of a trace it misses.
//!
//! The traces come from [`sim::trace`](crate::sim::trace); [`Kind`](super::Kind) counts for a
//! policy that is chosen while the program runs.

use std::num::NonZeroUsize;

use super::Policy;

/// How many requests of a trace miss in a new cache of this type: one of the course's, or one
/// of your own.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Lru, Simulated, misses};
///
/// let capacity = NonZeroUsize::new(2).expect("2 is not 0");
/// assert_eq!(misses::<Simulated<Lru>>(&[1, 2, 1, 3, 1], capacity), 3);
/// ```
///
/// # Time complexity
///
/// O(n) accesses.
pub fn misses<T: Policy>(trace: &[u64], capacity: NonZeroUsize) -> usize {
    let mut cache = T::new(capacity);
    trace
        .iter()
        .filter(|key| !cache.access(**key).is_hit())
        .count()
}
