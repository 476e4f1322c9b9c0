//! Exercise *Maglev table*: a lookup table that servers fill in turns.
//!
//! **Yours:** the fields of `Mine` and the two bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `MaglevTable` in
//!   `exercises/src/consistent_hashing/contract/maglev_table.rs`.
//! - Chapter: `book/src/28-consistent-hashing.md`
//! - Grade it: `cargo course check maglev_table`; while you work: `cargo course watch maglev_table`
//! - Stuck? `cargo course hint maglev_table`. Start again: `cargo course reset maglev_table`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use exercises::consistent_hashing::{MaglevTable, RingError, RingHash, checks};

struct Mine;

impl MaglevTable for Mine {
    fn new(hash: RingHash, slots: u32, servers: &[&str]) -> Result<Self, RingError> {
        todo!("refuse what the contract refuses; then let servers take turns until no slot is free")
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        todo!("look into the slot that the key's hash names")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("maglev_table", checks::maglev_table::all::<Mine>)
}
