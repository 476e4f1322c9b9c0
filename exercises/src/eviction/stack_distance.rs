//! LRU's miss ratios at *all* sizes, from one pass over a trace.
//!
//! The *stack distance* of a request is the number of different keys that were asked for since
//! the last request for the same key, itself included. An LRU cache holds just the keys asked
//! for most recently, so the request is a hit in every cache of at least that size. Counting
//! the distances gives the whole curve; simulating each size takes a pass for each.
//!
//! It works for policies of which a larger cache always holds what a smaller one holds: LRU,
//! LFU (with a fixed rule for ties), Belady's optimum. Not for FIFO, as its anomaly shows.
//!
//! Sources: R. Mattson, J. Gecsei, D. Slutz and I. Traiger, *Evaluation techniques for storage
//! hierarchies*, IBM Systems Journal 9 (2), 1970; the tree is from B. Bennett and V. Kruskal,
//! *LRU stack processing*, IBM J. Res. Dev. 19 (4), 1975, in the form of P. Fenwick, 1994.

use std::collections::HashMap;

use super::StackDistance;

/// The stack distance of each request; `None` for a key's first one, which misses at any size.
///
/// # Examples
///
/// ```
/// use exercises::eviction::stack_distances;
///
/// let distances = stack_distances(&[7, 8, 8, 7]);
/// assert_eq!(distances, [None, None, Some(1), Some(2)]);
/// ```
///
/// # Time complexity
///
/// O(n log n).
// ANCHOR: stack_distances
pub fn stack_distances(trace: &[u64]) -> Vec<Option<usize>> {
    // A mark stands at the latest request of each key. The marks since a time are the different
    // keys that were asked for since.
    let mut marks = Marks::new(trace.len());
    let mut latest: HashMap<u64, usize> = HashMap::new();
    let distances = trace.iter().enumerate().map(|(now, key)| {
        let before = latest.insert(*key, now);
        let distance = before.map(|before| {
            let distance = latest.len() - marks.up_to(before) + 1;
            marks.add(before, -1);
            distance
        });
        marks.add(now, 1);
        distance
    });
    distances.collect()
}
// ANCHOR_END: stack_distances

/// How many requests of a trace an LRU cache misses, at any size.
///
/// # Examples
///
/// ```
/// use exercises::eviction::MissCurve;
///
/// let curve = MissCurve::of(&[1, 2, 3, 1, 2, 3]);
/// assert_eq!(curve.misses(2), 6);
/// assert_eq!(curve.misses(3), 3);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissCurve {
    /// By size: misses.
    misses: Vec<usize>,
}

impl MissCurve {
    /// The curve of a trace.
    ///
    /// # Time complexity
    ///
    /// O(n log n).
    // ANCHOR: miss_curve
    pub fn of(trace: &[u64]) -> Self {
        let distances = stack_distances(trace);
        let largest = distances.iter().flatten().max().copied().unwrap_or(0);
        let mut hits = vec![0; largest + 1];
        for distance in distances.iter().flatten() {
            hits[*distance] += 1;
        }
        let misses = hits.iter().scan(trace.len(), |left, hits| {
            *left -= hits;
            Some(*left)
        });
        Self {
            misses: misses.collect(),
        }
    }
    // ANCHOR_END: miss_curve

    /// Misses of a cache with this many places; 0 places miss everything.
    pub fn misses(&self, capacity: usize) -> usize {
        let last = self.misses.len() - 1;
        self.misses[capacity.min(last)]
    }
}

/// [`stack_distances`] and [`MissCurve`] as a type, so that checks can name them.
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

/// A Fenwick tree: marks at times, and how many there are up to a time, each in O(log n).
struct Marks(Vec<i64>);

impl Marks {
    fn new(times: usize) -> Self {
        Self(vec![0; times + 1])
    }

    fn add(&mut self, time: usize, marks: i64) {
        let mut node = time + 1;
        while node < self.0.len() {
            self.0[node] += marks;
            node += node & node.wrapping_neg();
        }
    }

    /// Marks at this time and before.
    fn up_to(&self, time: usize) -> usize {
        let mut node = time + 1;
        let mut marks = 0;
        while node > 0 {
            marks += self.0[node];
            node &= node - 1;
        }
        marks as usize
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use proptest::prelude::*;

    use super::*;
    use crate::eviction::{Lru, Policy, Simulated};

    proptest! {
        #[test]
        fn the_curve_is_what_simulating_each_size_gives(trace in prop::collection::vec(0..12_u64, 0..80)) {
            let curve = MissCurve::of(&trace);
            prop_assert_eq!(curve.misses(0), trace.len());
            for capacity in 1..14 {
                let size = NonZeroUsize::new(capacity).expect("it begins with 1");
                let mut cache = Simulated::<Lru>::new(size);
                let misses = trace.iter().filter(|key| !cache.access(**key).is_hit()).count();
                prop_assert_eq!(curve.misses(capacity), misses, "{} places", capacity);
            }
        }
    }
}
