//! Exercise *Downtime budget*: how long a target lets you be down, in words.
//!
//! **Yours:** the two bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `DowntimeBudget` in
//!   `exercises/src/availability/contract/downtime_budget.rs`; the rules that hold everywhere are
//!   in `contract/mod.rs` beside it.
//! - Chapter: `book/src/07-availability-arithmetic.md`
//! - Grade it: `cargo course check downtime_budget`; while you work: `cargo course watch downtime_budget`
//! - Stuck? `cargo course hint downtime_budget`. Start again: `cargo course reset downtime_budget`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use exercises::availability::{Availability, Downtime, DowntimeBudget, Period, checks};

struct Mine;

impl DowntimeBudget for Mine {
    fn budget(target: Availability, period: Period) -> Downtime {
        todo!("which unit do you get when you multiply parts of 10^18 by seconds?")
    }

    fn words(downtime: Downtime, decimals: u32) -> String {
        todo!("round first, as a whole; then take out days, hours, minutes, seconds")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("downtime_budget", checks::downtime_budget::all::<Mine>)
}
