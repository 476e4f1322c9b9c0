//! Exercise *Server-sent events, read*: events from bytes that come in pieces.
//!
//! **Yours:** the fields of `Mine` and the four bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `SseParse` in
//!   `exercises/src/realtime/contract/sse_parse.rs`.
//! - Grade it: `cargo course check sse_parse`; while you work: `cargo course watch sse_parse`
//! - Stuck? `cargo course hint sse_parse`. Start again: `cargo course reset sse_parse`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::time::Duration;

use exercises::realtime::{Message, SseParse, checks};

struct Mine {
    // The bytes of the line that has no end yet, what is known of the event that it
    // belongs to, and what outlives an event.
}

impl SseParse for Mine {
    fn new() -> Self {
        todo!("what is known before the first byte?")
    }

    fn push(&mut self, bytes: &[u8]) -> Vec<Message> {
        todo!("collect bytes until a line ends; then: is it empty, a comment, or a field?")
    }

    fn last_event_id(&self) -> &str {
        todo!("the id that counts, which is not always the one that was named last")
    }

    fn retry(&self) -> Option<Duration> {
        todo!("the last pause that was a number")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("sse_parse", checks::sse_parse::all::<Mine>)
}
