//! Exercise *What a hit is worth*: mean times, the break-even, and the hit ratio that a goal needs.
//!
//! **Yours:** the three bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `AccessTime` in
//!   `exercises/src/eviction/contract/hit_ratio_model.rs`.
//! - Chapter: `book/src/26-cache-eviction.md`
//! - Grade it: `cargo course check hit_ratio_model`; while you work: `cargo course watch hit_ratio_model`
//! - Stuck? `cargo course hint hit_ratio_model`. Start again: `cargo course reset hit_ratio_model`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::time::Duration;

use exercises::eviction::{AccessTime, checks};

struct Mine;

impl AccessTime for Mine {
    fn mean(cache: Duration, origin: Duration, hit_ratio: f64) -> Duration {
        todo!("which requests ask the cache, and which the origin? `Duration::mul_f64` helps")
    }

    fn break_even(cache: Duration, origin: Duration) -> Option<f64> {
        todo!("for which ratio is the mean as long as `origin`?")
    }

    fn needed_for(cache: Duration, origin: Duration, goal: Duration) -> Option<f64> {
        todo!("for which ratio is the mean as long as `goal`, and is it between 0 and 1?")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("hit_ratio_model", checks::hit_ratio_model::all::<Mine>)
}
