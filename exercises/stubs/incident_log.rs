//! Exercise *Incident log*: from a log of incidents to MTTF, MTTR, MTBF and availability.
//!
//! **Yours:** the body below, and what it needs beside it. Leave `main` alone.
//!
//! - Contract, with an example: `IncidentLog` in
//!   `exercises/src/availability/contract/incident_log.rs`; the rules that hold everywhere are
//!   in `contract/mod.rs` beside it.
//! - Chapter: `book/src/07-availability-arithmetic.md`
//! - Grade it: `cargo course check incident_log`; while you work: `cargo course watch incident_log`
//! - Stuck? `cargo course hint incident_log`. Start again: `cargo course reset incident_log`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::time::Duration;

use exercises::availability::{Incident, IncidentLog, LogError, Summary, checks};

struct Mine;

impl IncidentLog for Mine {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        todo!("cut the incidents to the window, sort them, and join those that overlap or touch")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("incident_log", checks::incident_log::all::<Mine>)
}
