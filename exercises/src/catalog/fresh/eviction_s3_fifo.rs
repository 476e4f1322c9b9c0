//! Exercise *S3-FIFO*: a cache of three FIFO queues.
//!
//! **Yours:** the fields of `Mine` and the four bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `EvictionS3Fifo` in
//!   `exercises/src/eviction/contract/eviction_s3_fifo.rs`; the trait `Policy` is in
//!   `policy.rs` and the rules that all policies share are in `mod.rs` beside it.
//! - Chapter: `book/src/26-cache-eviction.md`
//! - Grade it: `cargo course check eviction_s3_fifo`; while you work: `cargo course watch eviction_s3_fifo`
//! - Stuck? `cargo course hint eviction_s3_fifo`. Start again: `cargo course reset eviction_s3_fifo`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::num::NonZeroUsize;

use exercises::eviction::{Access, Policy, checks};

struct Mine {
    // Which keys are in the small queue, which in the main one, and how often was each used?
    // Which keys left the small queue lately?
}

impl Policy for Mine {
    fn new(capacity: NonZeroUsize) -> Self {
        todo!("keep `capacity`; how large are the shares, and how many ghosts are there?")
    }

    fn access(&mut self, key: u64) -> Access {
        todo!("a hit counts up to 3; a miss asks the ghosts, then makes room, then comes in")
    }

    fn contains(&self, key: u64) -> bool {
        todo!("look for the key, and change nothing")
    }

    fn len(&self) -> usize {
        todo!("count the keys")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("eviction_s3_fifo", checks::eviction_s3_fifo::all::<Mine>)
}
