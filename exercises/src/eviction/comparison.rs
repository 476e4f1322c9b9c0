//! The traces on which our policies are compared with other people's simulators.
//!
//! Small enough for every test run, and different enough that a wrong detail shows: skewed,
//! with scans, looping, like a disk's. Keys are plain numbers from 0.

use crate::sim::trace;

/// Each trace with its name, and the sizes of the caches that it is played on.
///
/// # Time complexity
///
/// O(requests), 800,000 in all.
pub fn comparison_traces() -> Vec<(&'static str, Vec<u64>, Vec<usize>)> {
    let skewed = trace::zipf(26, 20_000, 1.0, 200_000);
    let scanned = trace::with_scans(&trace::zipf(27, 5_000, 0.9, 100_000), 5_000, 2_500);
    vec![
        ("zipf", skewed, vec![200, 2_000]),
        ("scans", scanned, vec![500, 1_500]),
        ("loop", trace::looping(1_000, 50_000), vec![500, 990]),
        (
            "drift",
            trace::drifting(28, 10_000, 3, 200_000),
            vec![100, 1_000],
        ),
        ("disk", trace::block_storage(29, 200_000), vec![800, 8_000]),
    ]
}
