//! Another solution of *What a hit is worth*: everything follows from the ratio for a goal.
//!
//! The reference has a formula for each question. The break-even is the ratio for the goal of being as quick
//! as without a cache.

use std::time::Duration;

use exercises::eviction::{AccessTime, checks};

struct Mine;

impl AccessTime for Mine {
    fn mean(cache: Duration, origin: Duration, hit_ratio: f64) -> Duration {
        let (hit, miss) = (cache.as_secs_f64(), (cache + origin).as_secs_f64());
        Duration::from_secs_f64(hit * hit_ratio + miss * (1.0 - hit_ratio))
    }

    fn break_even(cache: Duration, origin: Duration) -> Option<f64> {
        Self::needed_for(cache, origin, origin)
    }

    fn needed_for(cache: Duration, origin: Duration, goal: Duration) -> Option<f64> {
        let (hit, miss) = (cache.as_secs_f64(), (cache + origin).as_secs_f64());
        let saved = miss - goal.as_secs_f64();
        let ratio = saved / (miss - hit);
        (goal >= cache).then(|| ratio.clamp(0.0, 1.0))
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("hit_ratio_model", checks::hit_ratio_model::all::<Mine>)
}
