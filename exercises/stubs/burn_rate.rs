//! Exercise *Burn rate*: how fast the error budget goes, and when to wake somebody.
//!
//! **Yours:** the three bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `BurnRate` in
//!   `exercises/src/availability/contract/burn_rate.rs`; the rules that hold everywhere are
//!   in `contract/mod.rs` beside it.
//! - Chapter: `book/src/07-availability-arithmetic.md`
//! - Grade it: `cargo course check burn_rate`; while you work: `cargo course watch burn_rate`
//! - Stuck? `cargo course hint burn_rate`. Start again: `cargo course reset burn_rate`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use exercises::availability::{Availability, BurnAlert, BurnRate, Minute, checks};

struct Mine;

impl BurnRate for Mine {
    fn rate(target: Availability, minutes: &[Minute]) -> f64 {
        todo!("which share of the requests was bad, and which share may be?")
    }

    fn threshold(share: f64, window_minutes: u32, period_minutes: u32) -> f64 {
        todo!("what does a burn rate of 1 spend in one window?")
    }

    fn fires(target: Availability, alert: BurnAlert, history: &[Minute]) -> bool {
        todo!("take the newest minutes of either window; what must hold for both?")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("burn_rate", checks::burn_rate::all::<Mine>)
}
