//! Exercise *Weighted nodes*: twice the weight, twice the points.
//!
//! **Yours:** the fields of `Mine` and the five bodies below. Begin with what you
//! wrote for `virtual_nodes`. Leave `main` alone.
//!
//! - Contract, with an example: `WeightedNodes` in
//!   `exercises/src/consistent_hashing/contract/weighted_nodes.rs`; the rules that all
//!   rings share are in `contract/mod.rs` beside it.
//! - Chapter: `book/src/28-consistent-hashing.md`
//! - Grade it: `cargo course check weighted_nodes`; while you work: `cargo course watch weighted_nodes`
//! - Stuck? `cargo course hint weighted_nodes`. Start again: `cargo course reset weighted_nodes`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::num::NonZeroU32;

use exercises::consistent_hashing::{RingError, RingHash, WeightedNodes, checks};

struct Mine {
    // As in `virtual_nodes`.
}

impl WeightedNodes for Mine {
    fn new(hash: RingHash, points_per_weight: NonZeroU32) -> Self {
        todo!("keep both arguments, and begin without any server")
    }

    fn add(&mut self, server: &str, weight: u32) -> Result<(), RingError> {
        todo!("how many points has a server of this weight?")
    }

    fn set_weight(&mut self, server: &str, weight: u32) -> Result<(), RingError> {
        todo!("the server should end up with the points that `add` would give it now")
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        todo!("take out all points of this server, however many they are")
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        todo!("the search is that of `virtual_nodes`")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("weighted_nodes", checks::weighted_nodes::all::<Mine>)
}
