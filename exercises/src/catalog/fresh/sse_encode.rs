//! Exercise *Server-sent events, written*: an event as text that every browser reads the
//! same way.
//!
//! **Yours:** the two bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `SseEncode` in
//!   `exercises/src/realtime/contract/sse_encode.rs`.
//! - Grade it: `cargo course check sse_encode`; while you work: `cargo course watch sse_encode`
//! - Stuck? `cargo course hint sse_encode`. Start again: `cargo course reset sse_encode`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use exercises::realtime::{SseEncode, SseError, SseEvent, checks};

struct Mine;

impl SseEncode for Mine {
    fn encode(event: &SseEvent) -> Result<String, SseError> {
        todo!("begin with an event that is one line of data; what ends an event?")
    }

    fn comment(text: &str) -> String {
        todo!("a line that begins with a colon; what if the text has several lines?")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("sse_encode", checks::sse_encode::all::<Mine>)
}
