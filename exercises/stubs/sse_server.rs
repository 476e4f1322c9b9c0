//! Exercise *Event server*: news for every client, over real connections, some of them
//! broken.
//!
//! **Yours:** the fields of `Mine`, the three bodies below, and as many functions and
//! threads as you like. Leave `main` alone. Your `event_log` and `sse_encode` will be of
//! use: take them over.
//!
//! - Contract, with an example: `SseServer` in
//!   `exercises/src/realtime/contract/sse_server.rs`. The course reads the head of a
//!   request: `exercises::realtime::RequestHead`.
//! - Grade it: `cargo course check sse_server`; while you work: `cargo course watch sse_server`
//! - Stuck? `cargo course hint sse_server`. Start again: `cargo course reset sse_server`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use exercises::realtime::{LogError, LogLimits, SseServer, checks};

struct Mine {
    // What all threads share: the last events, and something to wait for.
}

impl SseServer for Mine {
    fn new(limits: LogLimits) -> Self {
        todo!("a log behind a `Mutex`, and a `Condvar` for those who wait for news")
    }

    fn publish(&self, data: &str) -> Result<u64, LogError> {
        todo!("append to the log, and wake all who wait")
    }

    fn serve(self: Arc<Self>, listener: TcpListener) -> io::Result<()> {
        todo!("accept, and give each connection a thread that reads its request and answers it")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("sse_server", checks::sse_server::all::<Mine>)
}
