//! Exercise *Long polling*: requests that wait for news, and what answers them.
//!
//! **Yours:** the fields of `Mine` and the six bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `LongPoll` in
//!   `exercises/src/realtime/contract/long_poll.rs`.
//! - Grade it: `cargo course check long_poll`; while you work: `cargo course watch long_poll`
//! - Stuck? `cargo course hint long_poll`. Start again: `cargo course reset long_poll`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::time::Duration;

use exercises::realtime::{LogEvent, LongPoll, LongPollLimits, Polled, checks};

struct Mine {
    // The limits, what was published, and who waits until when.
}

impl LongPoll for Mine {
    fn new(limits: LongPollLimits) -> Self {
        todo!("nothing is published, and nobody waits")
    }

    fn poll(&mut self, client: u64, last: u64, now: Duration) -> Polled {
        todo!("is there something for it already? If not, may it wait?")
    }

    fn publish(&mut self, data: &str) -> Vec<(u64, LogEvent)> {
        todo!("keep the event for those who come later, and send it to those who wait")
    }

    fn expire(&mut self, now: Duration) -> Vec<u64> {
        todo!("whose deadline is not behind `now`?")
    }

    fn leave(&mut self, client: u64) {
        todo!("take it out of the row")
    }

    fn next_deadline(&self) -> Option<Duration> {
        todo!("the earliest deadline of those who wait")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("long_poll", checks::long_poll::all::<Mine>)
}
