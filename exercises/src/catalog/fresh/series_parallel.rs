//! Exercise *Series and parallel*: all are needed, or one is enough.
//!
//! **Yours:** the two bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `SeriesParallel` in
//!   `exercises/src/availability/contract/series_parallel.rs`; the rules that hold everywhere are
//!   in `contract/mod.rs` beside it.
//! - Chapter: `book/src/07-availability-arithmetic.md`
//! - Grade it: `cargo course check series_parallel`; while you work: `cargo course watch series_parallel`
//! - Stuck? `cargo course hint series_parallel`. Start again: `cargo course reset series_parallel`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use exercises::availability::{SeriesParallel, Unavailability, checks};

struct Mine;

impl SeriesParallel for Mine {
    fn in_series(parts: &[Unavailability]) -> Unavailability {
        todo!("begin with a system that is never down; what does each part add?")
    }

    fn in_parallel(parts: &[Unavailability]) -> Unavailability {
        todo!("what has to happen for all of them to be down at once?")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("series_parallel", checks::series_parallel::all::<Mine>)
}
