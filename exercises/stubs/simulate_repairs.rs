//! Exercise *Simulated repairs*: failures and repairs, played, with an interval.
//!
//! **Yours:** the body below, and what it needs beside it. Leave `main` alone.
//!
//! - Contract, with an example: `SimulateRepairs` in
//!   `exercises/src/availability/contract/simulate_repairs.rs`; the rules that hold everywhere are
//!   in `contract/mod.rs` beside it.
//! - Chapter: `book/src/07-availability-arithmetic.md`
//! - Grade it: `cargo course check simulate_repairs`; while you work: `cargo course watch simulate_repairs`
//! - Stuck? `cargo course hint simulate_repairs`. Start again: `cargo course reset simulate_repairs`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::time::Duration;

use exercises::availability::{Estimate, SimulateRepairs, checks};

struct Mine;

impl SimulateRepairs for Mine {
    fn simulate(
        mttf: Duration,
        mttr: Duration,
        cycles: u32,
        draw: &mut dyn FnMut() -> f64,
    ) -> Option<Estimate> {
        todo!("for each cycle draw a time up, then a time down; which two sums do you need?")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("simulate_repairs", checks::simulate_repairs::all::<Mine>)
}
