//! Exercise *Shared parts*: a tree of blocks in which a part may stand twice.
//!
//! **Yours:** the body below, and what it needs beside it. Leave `main` alone.
//!
//! - Contract, with an example: `SharedParts` in
//!   `exercises/src/availability/contract/shared_parts.rs`; the rules that hold everywhere are
//!   in `contract/mod.rs` beside it.
//! - Chapter: `book/src/07-availability-arithmetic.md`
//! - Grade it: `cargo course check shared_parts`; while you work: `cargo course watch shared_parts`
//! - Stuck? `cargo course hint shared_parts`. Start again: `cargo course reset shared_parts`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::collections::BTreeMap;

use exercises::availability::{Block, SharedParts, Unavailability, UnknownPart, checks};

struct Mine;

impl SharedParts for Mine {
    fn unavailability(
        system: &Block,
        parts: &BTreeMap<String, Unavailability>,
    ) -> Result<Unavailability, UnknownPart> {
        todo!("which parts stand in several places? What is left if such a part is down for sure?")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("shared_parts", checks::shared_parts::all::<Mine>)
}
