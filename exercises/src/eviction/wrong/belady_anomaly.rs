//! Wrong solutions of the exercise `belady_anomaly`.
//!
//! A right one with one of the mistakes that are named by constants.

use std::num::NonZeroUsize;

use crate::catalog::Wrong;
use crate::eviction::{BeladyAnomaly, FifoAnomaly, Lru, Simulated, checks, misses};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::eviction) const ALL: [Wrong; 9] = [
    of::<LRU>(
        "CountsLru",
        "It moves a key on a hit and so counts the misses of LRU, which has no anomaly.",
        "misses",
    ),
    of::<HITS>("CountsHits", "It counts hits instead of misses.", "misses"),
    of::<WARM>(
        "LeavesOutTheFirst",
        "The misses that fill the cache are left out; the cache begins empty, and they count.",
        "misses",
    ),
    of::<SAME_IS_WORSE>(
        "SameIsWorse",
        "As many misses as with one place less are taken for an anomaly; there must be more.",
        "anomalies",
    ),
    of::<NAMES_THE_LARGER>(
        "NamesTheLarger",
        "It names the larger of the two capacities; asked for is the one to which a place is added.",
        "anomalies",
    ),
    of::<LEAVES_OUT_THE_LAST>(
        "LeavesOutTheLast",
        "The largest capacity is not tried; it is compared with one place more, too.",
        "anomalies",
    ),
    of::<ONLY_THE_LARGEST>(
        "OnlyTheLargest",
        "Only the largest capacity is compared with one place more; each from 1 on is.",
        "anomalies",
    ),
    of::<WRONG_CAPACITY>(
        "WrongCapacity",
        "The example's capacity is that with which there are more misses; asked for is the smaller one.",
        "example",
    ),
    of::<A_LOOP>(
        "ALoop",
        "A loop makes FIFO miss always, with more places or fewer: that is bad, but no anomaly.",
        "example",
    ),
];

const fn of<const MISTAKE: u8>(
    name: &'static str,
    diagnosis: &'static str,
    rejected_by: &'static str,
) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::belady_anomaly::all::<Mistaken<MISTAKE>>,
    }
}

/// Another policy.
const LRU: u8 = 1;
/// What is not missed.
const HITS: u8 = 2;
/// Without the first misses.
const WARM: u8 = 3;
/// At least instead of more.
const SAME_IS_WORSE: u8 = 4;
/// One too large.
const NAMES_THE_LARGER: u8 = 5;
/// One too few.
const LEAVES_OUT_THE_LAST: u8 = 6;
/// One comparison.
const ONLY_THE_LARGEST: u8 = 7;
/// The larger capacity.
const WRONG_CAPACITY: u8 = 8;
/// No anomaly at all.
const A_LOOP: u8 = 9;

struct Mistaken<const MISTAKE: u8>;

impl<const MISTAKE: u8> BeladyAnomaly for Mistaken<MISTAKE> {
    fn misses(trace: &[u64], capacity: NonZeroUsize) -> usize {
        let right = FifoAnomaly::misses(trace, capacity);
        match MISTAKE {
            LRU => misses::<Simulated<Lru>>(trace, capacity),
            HITS => trace.len() - right,
            WARM => right.saturating_sub(capacity.get()),
            _ => right,
        }
    }

    fn anomalies(trace: &[u64], largest: usize) -> Vec<usize> {
        let misses = |capacity: usize| {
            let capacity = NonZeroUsize::new(capacity);
            capacity.map_or(trace.len(), |capacity| FifoAnomaly::misses(trace, capacity))
        };
        let last = largest - usize::from(MISTAKE == LEAVES_OUT_THE_LAST);
        let first = if MISTAKE == ONLY_THE_LARGEST { last } else { 1 };
        let worse = (first..=last).filter(|size| {
            let (fewer, more) = (misses(*size), misses(size + 1));
            more > fewer || MISTAKE == SAME_IS_WORSE && more == fewer
        });
        let named = worse.map(|size| size + usize::from(MISTAKE == NAMES_THE_LARGER));
        named.collect()
    }

    fn example() -> (Vec<u64>, NonZeroUsize) {
        let (trace, capacity) = FifoAnomaly::example();
        match MISTAKE {
            WRONG_CAPACITY => (trace, capacity.saturating_add(1)),
            A_LOOP => ((0..60).map(|place| place % 6).collect(), capacity),
            _ => (trace, capacity),
        }
    }
}
