//! References of exercises that are no policies: functions of this topic as types, so that checks can
//! name them, and two plain references that stand here only.
//!
//! Nothing to use elsewhere: [`belady()`], [`stack_distances`], [`HitRatioModel`] and
//! [`CountMinSketch`](super::CountMinSketch) say the same, better.

use std::num::NonZeroUsize;
use std::time::Duration;

use super::{
    Access, AccessTime, BeladyAnomaly, CountMin, EvictionBelady, Fifo, HitRatioModel, MissCurve,
    Simulated, StackDistance, belady, counter_place, misses, stack_distances,
};

/// [`belady()`] as a type.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, EvictionBelady, Optimum};
///
/// let accesses = Optimum::run(&[1, 2], NonZeroUsize::MIN);
/// assert_eq!(accesses[1], Access::Miss { evicted: Some(1) });
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Optimum;

impl EvictionBelady for Optimum {
    fn run(trace: &[u64], capacity: NonZeroUsize) -> Vec<Access> {
        belady(trace, capacity)
    }
}

/// [`stack_distances`] and [`MissCurve`] as a type.
///
/// # Examples
///
/// ```
/// use exercises::eviction::{StackDistance, TreeOfMarks};
///
/// assert_eq!(TreeOfMarks::distances(&[7, 7]), [None, Some(1)]);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct TreeOfMarks;

impl StackDistance for TreeOfMarks {
    fn distances(trace: &[u64]) -> Vec<Option<usize>> {
        stack_distances(trace)
    }

    fn misses(trace: &[u64], capacity: usize) -> usize {
        MissCurve::of(trace).misses(capacity)
    }
}

impl AccessTime for HitRatioModel {
    fn mean(cache: Duration, origin: Duration, hit_ratio: f64) -> Duration {
        Self { cache, origin }.mean(hit_ratio)
    }

    fn break_even(cache: Duration, origin: Duration) -> Option<f64> {
        Self { cache, origin }.break_even()
    }

    fn needed_for(cache: Duration, origin: Duration, goal: Duration) -> Option<f64> {
        Self { cache, origin }.needed_for(goal)
    }
}

/// The plain count-min sketch.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{CountMin, PlainSketch};
///
/// let mut sketch = PlainSketch::new(NonZeroUsize::MIN, NonZeroUsize::MIN);
/// sketch.add(7);
/// assert_eq!(sketch.estimate(8), 1, "there is one counter for all");
/// ```
///
/// # Time complexity
///
/// O(rows) to add and to estimate, O(rows × width) to halve.
#[derive(Debug, Clone)]
pub struct PlainSketch {
    width: NonZeroUsize,
    rows: Vec<Vec<u32>>,
}

impl CountMin for PlainSketch {
    fn new(rows: NonZeroUsize, width: NonZeroUsize) -> Self {
        Self {
            width,
            rows: vec![vec![0; width.get()]; rows.get()],
        }
    }

    fn add(&mut self, key: u64) {
        for (row, counters) in self.rows.iter_mut().enumerate() {
            counters[counter_place(key, row, self.width)] += 1;
        }
    }

    fn estimate(&self, key: u64) -> u32 {
        let rows = self.rows.iter().enumerate();
        let counts = rows.map(|(row, counters)| counters[counter_place(key, row, self.width)]);
        counts.min().unwrap_or(0)
    }

    fn halve(&mut self) {
        for counter in self.rows.iter_mut().flatten() {
            *counter /= 2;
        }
    }
}

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
