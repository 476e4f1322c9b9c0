//! Exercise *Belady's anomaly*: requests that a larger FIFO cache misses more often than a smaller one.
//!
//! **Yours:** the three bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `BeladyAnomaly` in
//!   `exercises/src/eviction/contract/belady_anomaly.rs`.
//! - Chapter: `book/src/26-cache-eviction.md`
//! - Grade it: `cargo course check belady_anomaly`; while you work: `cargo course watch belady_anomaly`
//! - Stuck? `cargo course hint belady_anomaly`. Start again: `cargo course reset belady_anomaly`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::num::NonZeroUsize;

use exercises::eviction::{BeladyAnomaly, checks};

struct Mine;

impl BeladyAnomaly for Mine {
    fn misses(trace: &[u64], capacity: NonZeroUsize) -> usize {
        todo!("play the trace on a FIFO cache, and count")
    }

    fn anomalies(trace: &[u64], largest: usize) -> Vec<usize> {
        todo!("compare each capacity with the next one")
    }

    fn example() -> (Vec<u64>, NonZeroUsize) {
        todo!("look at the chapter, or let `anomalies` look for one")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("belady_anomaly", checks::belady_anomaly::all::<Mine>)
}
