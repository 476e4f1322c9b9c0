//! Contract of the exercise `count_min_sketch`: roughly how often was each key asked for, without
//! a counter for each.
//!
//! It is the plain sketch. What TinyLFU adds for caches, counters of four bits, a doorkeeper and updates of the smallest
//! counters only, is in the chapter's own [`CountMinSketch`](crate::eviction::CountMinSketch).

use std::num::NonZeroUsize;

/// Where a key has its counter in a row of `width` counters.
///
/// Each row shuffles the keys in another way, so that keys which share a counter in one row hardly share one
/// in the next. The mixing is SplitMix64's (G. Steele, D. Lea and C. Flood, 2014).
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::counter_place;
///
/// let width = NonZeroUsize::new(8).expect("8 is not 0");
/// let places: Vec<usize> = (0..4).map(|row| counter_place(7, row, width)).collect();
/// assert_eq!(places, [7, 4, 2, 3]);
/// ```
pub fn counter_place(key: u64, row: usize, width: NonZeroUsize) -> usize {
    let mut word = key.wrapping_add((row as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^= word >> 31;
    (word % width.get() as u64) as usize
}

/// Rows of counters, shared by all keys.
///
/// | request | what happens |
/// |---|---|
/// | `add` | the key's counter in *every* row, at [`counter_place`], grows by 1 |
/// | `estimate` | nothing; the answer is the smallest of the key's counters, which is never less than the truth |
/// | `halve` | every counter is halved, and rounded down: what was popular long ago fades |
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{CountMin, PlainSketch};
///
/// fn tour<T: CountMin>() {
///     let number = |n| NonZeroUsize::new(n).expect("it is not 0");
///     let mut sketch = T::new(number(4), number(64));
///     for _ in 0..5 {
///         sketch.add(7);
///     }
///     assert_eq!(sketch.estimate(7), 5);
///     assert_eq!(sketch.estimate(8), 0);
///     sketch.halve();
///     assert_eq!(sketch.estimate(7), 2);
/// }
///
/// tour::<PlainSketch>();
/// ```
pub trait CountMin {
    /// `rows` rows of `width` counters, all 0.
    fn new(rows: NonZeroUsize, width: NonZeroUsize) -> Self
    where
        Self: Sized;

    /// Counts a request for the key.
    fn add(&mut self, key: u64);

    /// How often the key was counted: this or less.
    fn estimate(&self, key: u64) -> u32;

    /// Halves all that was counted.
    fn halve(&mut self);
}
