//! Another solution of *Belady's anomaly*: all sizes side by side, and an example that is searched for.
//!
//! The reference plays the trace once for each size and knows its example from the paper. Here one pass feeds all
//! sizes, and the example is the first of many pseudo-random traces that has an anomaly.

use std::collections::VecDeque;
use std::num::NonZeroUsize;

use exercises::eviction::{BeladyAnomaly, checks};

struct Mine;

/// Misses with 1 to `largest` places.
fn by_size(trace: &[u64], largest: usize) -> Vec<usize> {
    let mut caches: Vec<(VecDeque<u64>, usize)> = vec![Default::default(); largest];
    for key in trace {
        for (queue, misses) in &mut caches {
            if queue.contains(key) {
                continue;
            }
            queue.push_back(*key);
            *misses += 1;
        }
        for (before, (queue, _)) in caches.iter_mut().enumerate() {
            if queue.len() > before + 1 {
                queue.pop_front();
            }
        }
    }
    caches.into_iter().map(|(_, misses)| misses).collect()
}

impl BeladyAnomaly for Mine {
    fn misses(trace: &[u64], capacity: NonZeroUsize) -> usize {
        by_size(trace, capacity.get())[capacity.get() - 1]
    }

    fn anomalies(trace: &[u64], largest: usize) -> Vec<usize> {
        let misses = by_size(trace, largest + 1);
        let is_worse = |capacity: &usize| misses[*capacity] > misses[capacity - 1];
        (1..=largest).filter(is_worse).collect()
    }

    fn example() -> (Vec<u64>, NonZeroUsize) {
        // A linear congruential generator (Knuth's MMIX); its upper bits are the random ones.
        let mut state = 26_u64;
        let mut key = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % 6
        };
        loop {
            let trace: Vec<u64> = (0..40).map(|_| key()).collect();
            let found = Self::anomalies(&trace, 4).first().copied();
            if let Some(capacity) = found.and_then(NonZeroUsize::new) {
                return (trace, capacity);
            }
        }
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("belady_anomaly", checks::belady_anomaly::all::<Mine>)
}
