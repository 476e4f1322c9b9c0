//! A count-min sketch without anything around it: rows of counters that keys share.
//!
//! What a cache uses is [`CountMinSketch`](super::CountMinSketch), with small counters that
//! age by themselves.
//!
//! Source: G. Cormode and S. Muthukrishnan, *An improved data stream summary: the
//! count-min sketch and its applications*, J. Algorithms 55 (1), 2005.

use std::num::NonZeroUsize;

use super::{CountMin, counter_place};

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
