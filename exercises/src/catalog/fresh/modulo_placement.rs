//! Exercise *Modulo placement*: `hash(key) % n`, and how many keys move when `n`
//! changes.
//!
//! **Yours:** the two bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `ModuloPlacement` in
//!   `exercises/src/consistent_hashing/contract/modulo_placement.rs`.
//! - Chapter: `book/src/28-consistent-hashing.md`
//! - Grade it: `cargo course check modulo_placement`; while you work: `cargo course watch modulo_placement`
//! - Stuck? `cargo course hint modulo_placement`. Start again: `cargo course reset modulo_placement`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use exercises::consistent_hashing::{ModuloPlacement, checks};

struct Mine;

impl ModuloPlacement for Mine {
    fn owner(key: &[u8], servers: usize) -> Option<usize> {
        todo!("hash the key with `consistent_hashing::key_position`; what is left when you divide?")
    }

    fn moved(keys: &[&[u8]], before: usize, after: usize) -> usize {
        todo!("ask for each key's owner twice, and count the keys whose owners differ")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("modulo_placement", checks::modulo_placement::all::<Mine>)
}
