//! Exercise *Event log*: the last events, for clients that come back.
//!
//! **Yours:** the fields of `Mine` and the four bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `EventLog` in
//!   `exercises/src/realtime/contract/event_log.rs`.
//! - Grade it: `cargo course check event_log`; while you work: `cargo course watch event_log`
//! - Stuck? `cargo course hint event_log`. Start again: `cargo course reset event_log`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use exercises::realtime::{EventLog, LogError, LogEvent, LogLimits, checks};

struct Mine {
    // The limits, the events that are kept, and what you would otherwise count each time.
}

impl EventLog for Mine {
    fn new(limits: LogLimits) -> Self {
        todo!("keep the limits; which id will the first event have?")
    }

    fn append(&mut self, data: &str) -> Result<u64, LogError> {
        todo!("does it fit at all? What has to go for it?")
    }

    fn after(&self, id: u64, at_most: usize) -> Result<Vec<LogEvent>, LogError> {
        todo!("which events has this client missed, and are all of them still here?")
    }

    fn bytes(&self) -> usize {
        todo!("the bytes of all texts that are kept")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("event_log", checks::event_log::all::<Mine>)
}
