//! Exercise *Jump hash*: a placement that needs no memory.
//!
//! **Yours:** the body below. Leave `main` alone.
//!
//! - Contract, with an example: `JumpHash` in
//!   `exercises/src/consistent_hashing/contract/jump_hash.rs`.
//! - Chapter: `book/src/28-consistent-hashing.md`
//! - Grade it: `cargo course check jump_hash`; while you work: `cargo course watch jump_hash`
//! - Stuck? `cargo course hint jump_hash`. Start again: `cargo course reset jump_hash`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use exercises::consistent_hashing::{JumpHash, checks};

struct Mine;

impl JumpHash for Mine {
    fn owner(key: &[u8], servers: u32) -> Option<u32> {
        todo!(
            "follow the key from jump to jump, as the contract computes them, until one goes too far"
        )
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("jump_hash", checks::jump_hash::all::<Mine>)
}
