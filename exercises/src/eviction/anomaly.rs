//! Belady's anomaly: requests that FIFO misses more often with *more* places.
//!
//! Source: L. Belady, R. Nelson and G. Shedler, *An anomaly in space-time characteristics of
//! certain programs running in a paging machine*, CACM 12 (6), 1969; the example is theirs.

use std::num::NonZeroUsize;

use super::{BeladyAnomaly, Fifo, Simulated, misses};

/// FIFO at all sizes, one by one: for FIFO there is no shorter way.
///
/// # Examples
///
/// ```
/// use exercises::eviction::{BeladyAnomaly, FifoAnomaly};
///
/// let (trace, capacity) = FifoAnomaly::example();
/// assert_eq!(FifoAnomaly::anomalies(&trace, 10), [capacity.get()]);
/// ```
///
/// # Time complexity
///
/// O(n × largest) for a trace of n requests.
#[derive(Debug, Clone, Copy)]
pub struct FifoAnomaly;

impl BeladyAnomaly for FifoAnomaly {
    fn misses(trace: &[u64], capacity: NonZeroUsize) -> usize {
        misses::<Simulated<Fifo>>(trace, capacity)
    }

    fn anomalies(trace: &[u64], largest: usize) -> Vec<usize> {
        let sizes = (1..=largest).filter_map(NonZeroUsize::new);
        let worse = sizes.filter(|size| {
            Self::misses(trace, size.saturating_add(1)) > Self::misses(trace, *size)
        });
        worse.map(NonZeroUsize::get).collect()
    }

    fn example() -> (Vec<u64>, NonZeroUsize) {
        let trace = vec![1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];
        (trace, NonZeroUsize::new(3).expect("3 is not 0"))
    }
}
