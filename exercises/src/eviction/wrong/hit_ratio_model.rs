//! Wrong solutions of the exercise `hit_ratio_model`.
//!
//! A right one with one of the mistakes that are named by constants.

use std::time::Duration;

use crate::catalog::Wrong;
use crate::eviction::{AccessTime, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::eviction) const ALL: [Wrong; 10] = [
    of::<MISSES_SKIP_THE_CACHE>(
        "MissesSkipTheCache",
        "A miss is given the origin's time alone; it has asked the cache before, and that took time as well.",
        "mean",
    ),
    of::<RATIO_OF_MISSES>(
        "RatioOfMisses",
        "The hit ratio is used as if it were that of the misses.",
        "mean",
    ),
    of::<WHOLE_MILLISECONDS>(
        "WholeMilliseconds",
        "The mean is cut to whole milliseconds.",
        "mean",
    ),
    of::<TIMES_DIFFER>(
        "BreakEvenOfMisses",
        "The answer is the ratio of misses at the break-even, not that of hits.",
        "break-even",
    ),
    of::<SHARE_OF_BOTH>(
        "ShareOfBoth",
        "The cache's time is divided by the sum of both times; with the break-even a request takes as long as the origin alone.",
        "break-even",
    ),
    of::<NEGATIVE>(
        "NegativeRatio",
        "For a goal that is reached without a hit, the ratio comes out below 0.",
        "needed-for",
    ),
    of::<GOAL_WITHOUT_CACHE>(
        "GoalWithoutTheCache",
        "The whole goal is divided by the origin's time; the cache's part of it has to be taken off first.",
        "needed-for",
    ),
    of::<NOTHING_NEEDED>(
        "NothingForEasyGoals",
        "For a goal that is reached without a hit the answer is `None`; it is `Some(0.0)`.",
        "needed-for",
    ),
    of::<MORE_THAN_ALL>(
        "MoreThanAll",
        "A ratio above 1 is answered where no ratio is enough.",
        "out-of-reach",
    ),
    of::<SUBTRACTS>(
        "SubtractsTheLonger",
        "It subtracts the cache's time from a shorter goal, which panics.",
        "out-of-reach",
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
        checks: checks::hit_ratio_model::all::<Mistaken<MISTAKE>>,
    }
}

/// A miss takes the origin's time.
const MISSES_SKIP_THE_CACHE: u8 = 1;
/// Hits and misses are swapped.
const RATIO_OF_MISSES: u8 = 2;
/// Less than a millisecond is dropped.
const WHOLE_MILLISECONDS: u8 = 3;
/// One minus the break-even.
const TIMES_DIFFER: u8 = 4;
/// Divided by the sum.
const SHARE_OF_BOTH: u8 = 5;
/// No lower limit.
const NEGATIVE: u8 = 6;
/// The cache's time is forgotten.
const GOAL_WITHOUT_CACHE: u8 = 7;
/// Easy goals have no ratio.
const NOTHING_NEEDED: u8 = 8;
/// No upper limit.
const MORE_THAN_ALL: u8 = 9;
/// `Duration` minus a longer one.
const SUBTRACTS: u8 = 10;

struct Mistaken<const MISTAKE: u8>;

impl<const MISTAKE: u8> AccessTime for Mistaken<MISTAKE> {
    fn mean(cache: Duration, origin: Duration, hit_ratio: f64) -> Duration {
        let misses = 1.0 - hit_ratio;
        match MISTAKE {
            MISSES_SKIP_THE_CACHE => cache.mul_f64(hit_ratio) + origin.mul_f64(misses),
            RATIO_OF_MISSES => cache + origin.mul_f64(hit_ratio),
            WHOLE_MILLISECONDS => {
                let mean = cache + origin.mul_f64(misses);
                Duration::from_millis(mean.as_millis() as u64)
            }
            _ => cache + origin.mul_f64(misses),
        }
    }

    fn break_even(cache: Duration, origin: Duration) -> Option<f64> {
        let ratio = cache.as_secs_f64() / origin.as_secs_f64();
        let ratio = match MISTAKE {
            TIMES_DIFFER => 1.0 - ratio,
            SHARE_OF_BOTH => cache.as_secs_f64() / (cache + origin).as_secs_f64(),
            _ => ratio,
        };
        (ratio <= 1.0 || MISTAKE == MORE_THAN_ALL).then_some(ratio)
    }

    fn needed_for(cache: Duration, origin: Duration, goal: Duration) -> Option<f64> {
        let for_misses = match MISTAKE {
            SUBTRACTS => goal - cache,
            GOAL_WITHOUT_CACHE => goal,
            _ => goal.checked_sub(cache)?,
        };
        let misses = for_misses.as_secs_f64() / origin.as_secs_f64();
        match MISTAKE {
            NEGATIVE => Some(1.0 - misses),
            NOTHING_NEEDED => (misses <= 1.0).then_some(1.0 - misses),
            _ => Some(1.0 - misses.min(1.0)),
        }
    }
}
