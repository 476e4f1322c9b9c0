//! Contract of the exercise `eviction_belady`: the optimum, for a trace that is known to its end.

use std::num::NonZeroUsize;

use crate::eviction::Access;

/// Belady's optimum: a miss in a full cache evicts the key whose next request is farthest in the
/// future.
///
/// The rules of [the module](super) hold, for requests that are all known in advance. A key that is
/// never asked for again is farther than any other; of several such keys the *largest* goes. (Any of
/// them would do as well: they never matter again. A fixed choice makes answers comparable.) The
/// newcomer is never the victim, not even if it is never asked for again.
///
/// # Time complexity
///
/// O(n × capacity) for n requests will do, O(n log capacity) is possible. Searching the rest of the
/// trace for each key at each miss is too slow.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, EvictionBelady, Optimum};
///
/// fn tour<T: EvictionBelady>() {
///     let capacity = NonZeroUsize::new(2).expect("2 is not 0");
///     let accesses = T::run(&[1, 2, 3, 1], capacity);
///     assert_eq!(accesses[2], Access::Miss { evicted: Some(2) });
///     assert_eq!(accesses[3], Access::Hit);
/// }
///
/// tour::<Optimum>();
/// ```
pub trait EvictionBelady {
    /// What becomes of each request of the trace, in a cache that begins empty.
    fn run(trace: &[u64], capacity: NonZeroUsize) -> Vec<Access>;
}
