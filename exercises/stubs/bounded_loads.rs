//! Exercise *Bounded loads*: no server above 1 + ε times the mean load; what does
//! not fit goes on clockwise.
//!
//! **Yours:** the fields of `Mine` and the four bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `BoundedLoads` in
//!   `exercises/src/consistent_hashing/contract/bounded_loads.rs`; the rules that all
//!   rings share are in `contract/mod.rs` beside it.
//! - Chapter: `book/src/28-consistent-hashing.md`
//! - Grade it: `cargo course check bounded_loads`; while you work: `cargo course watch bounded_loads`
//! - Stuck? `cargo course hint bounded_loads`. Start again: `cargo course reset bounded_loads`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::num::NonZeroU32;

use exercises::consistent_hashing::{BoundedLoads, RingError, RingHash, checks};

struct Mine {
    // The hash, ε in per cent, the points of the servers, each server's load, and
    // where each key is.
}

impl BoundedLoads for Mine {
    fn new(
        hash: RingHash,
        points_per_server: NonZeroU32,
        epsilon_percent: u32,
        servers: &[&str],
    ) -> Result<Self, RingError> {
        todo!("put the servers' points on a circle, as in `virtual_nodes`; nobody holds a key yet")
    }

    fn assign(&mut self, key: &[u8]) -> Result<String, RingError> {
        todo!("what may each server hold, counting this key? Who has room, clockwise from the key?")
    }

    fn release(&mut self, key: &[u8]) -> Result<(), RingError> {
        todo!("undo all that `assign` did for this key")
    }

    fn load(&self, server: &str) -> Option<usize> {
        todo!("keep a count for each server, and look it up here")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("bounded_loads", checks::bounded_loads::all::<Mine>)
}
