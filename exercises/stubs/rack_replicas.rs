//! Exercise *Rack replicas*: copies in different racks first, then on different servers.
//!
//! **Yours:** the fields of `Mine` and the bodies below. What you wrote for `replicas` is
//! a good start. Leave `main` alone.
//!
//! - Contract, with an example: `RackReplicas` in
//!   `exercises/src/consistent_hashing/contract/rack_replicas.rs`; the rules that all
//!   rings share are in `contract/mod.rs` beside it.
//! - Chapter: `book/src/28-consistent-hashing.md`
//! - Grade it: `cargo course check rack_replicas`; while you work: `cargo course watch rack_replicas`
//! - Stuck? `cargo course hint rack_replicas`. Start again: `cargo course reset rack_replicas`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::num::NonZeroU32;

use exercises::consistent_hashing::{RackReplicas, RingError, RingHash, checks};

struct Mine;

impl RackReplicas for Mine {
    fn new(hash: RingHash, points_per_server: NonZeroU32) -> Self {
        todo!("keep both, and an empty list of points; what else must you know of a server?")
    }

    fn add(&mut self, server: &str, rack: &str) -> Result<(), RingError> {
        todo!(
            "refuse a server that is there; then put its points among the others, and note its rack"
        )
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        todo!("refuse a server that is not there; then take its points out, and forget its rack")
    }

    fn replicas(&self, key: &[u8], count: usize) -> Vec<&str> {
        todo!(
            "walk once round the circle, and part the servers: the first of each rack, and the others"
        )
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("rack_replicas", checks::rack_replicas::all::<Mine>)
}
