//! Contract of the exercise `belady_anomaly`: more room, more misses.

use std::num::NonZeroUsize;

/// Belady's anomaly: requests that a FIFO cache with *more* places misses more often.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{BeladyAnomaly, FifoAnomaly};
///
/// fn tour<T: BeladyAnomaly>() {
///     let capacity = NonZeroUsize::new(2).expect("2 is not 0");
///     assert_eq!(T::misses(&[1, 2, 1, 3, 1], capacity), 4);
///     assert!(T::anomalies(&[1, 2, 1, 3, 1], 10).is_empty());
/// }
///
/// tour::<FifoAnomaly>();
/// ```
pub trait BeladyAnomaly {
    /// How many requests of the trace a FIFO cache misses that begins empty.
    fn misses(trace: &[u64], capacity: NonZeroUsize) -> usize;

    /// The capacities from 1 to `largest`, in ascending order, to which one more place adds misses.
    fn anomalies(trace: &[u64], largest: usize) -> Vec<usize>;

    /// A trace of at most 100 requests, and a capacity to which one more place adds misses.
    ///
    /// Any will do. Finding one by a program is as good as finding it on paper; one is in the chapter.
    fn example() -> (Vec<u64>, NonZeroUsize);
}
