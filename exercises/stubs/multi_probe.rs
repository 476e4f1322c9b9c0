//! Exercise *Multi-probe hashing*: one point a server, and several probes a key.
//!
//! **Yours:** the fields of `Mine` and the four bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `MultiProbe` in
//!   `exercises/src/consistent_hashing/contract/multi_probe.rs`; the rules that all
//!   rings share are in `contract/mod.rs` beside it.
//! - Chapter: `book/src/28-consistent-hashing.md`
//! - Grade it: `cargo course check multi_probe`; while you work: `cargo course watch multi_probe`
//! - Stuck? `cargo course hint multi_probe`. Start again: `cargo course reset multi_probe`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::num::NonZeroU32;

use exercises::consistent_hashing::{MultiProbe, RingError, RingHash, checks};

struct Mine;

impl MultiProbe for Mine {
    fn new(hash: RingHash, probes: NonZeroU32) -> Self {
        todo!("keep both, and an empty list of points")
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        todo!("refuse a server that is there; then put its one point where it belongs")
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        todo!("refuse a server that is not there; then take its point out")
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        todo!(
            "let each of the key's probes find its server, and take the one with the smallest way"
        )
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("multi_probe", checks::multi_probe::all::<Mine>)
}
