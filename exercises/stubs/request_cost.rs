//! Exercise *What a request costs*: round trips to the first byte, and bytes of polling.
//!
//! **Yours:** the three bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `RequestCost` in
//!   `exercises/src/realtime/contract/request_cost.rs`.
//! - Grade it: `cargo course check request_cost`; while you work: `cargo course watch request_cost`
//! - Stuck? `cargo course hint request_cost`. Start again: `cargo course reset request_cost`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::time::Duration;

use exercises::realtime::{Link, RequestCost, Sizes, checks};

struct Mine;

impl RequestCost for Mine {
    fn first_byte(link: &Link, server: Duration) -> Duration {
        todo!("how often does something travel there and back before the first byte comes?")
    }

    fn polls(interval: Duration, session: Duration) -> Option<u64> {
        todo!("write down when the polls of a short session happen, and count them")
    }

    fn traffic(polls: u64, news: u64, sizes: &Sizes) -> u64 {
        todo!("each poll is a request and an answer; how many answers are empty?")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("request_cost", checks::request_cost::all::<Mine>)
}
