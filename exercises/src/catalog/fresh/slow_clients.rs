//! Exercise *Slow clients*: a bounded queue for each, and a policy for when it is full.
//!
//! **Yours:** the fields of `Mine` and the seven bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `SlowClients` in
//!   `exercises/src/realtime/contract/slow_clients.rs`.
//! - Grade it: `cargo course check slow_clients`; while you work: `cargo course watch slow_clients`
//! - Stuck? `cargo course hint slow_clients`. Start again: `cargo course reset slow_clients`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use std::num::NonZeroUsize;

use exercises::realtime::{Batch, JoinError, SlowClients, SlowPolicy, Update, checks};

struct Mine {
    // The settings, whether the hub is closing, and the queue of each client.
}

impl SlowClients for Mine {
    fn new(policy: SlowPolicy, queue: NonZeroUsize, clients: usize) -> Self {
        todo!("keep the settings; nobody is there yet")
    }

    fn join(&mut self, client: u64) -> Result<(), JoinError> {
        todo!("which of the errors applies, in their order? If none does, it gets a queue")
    }

    fn leave(&mut self, client: u64) {
        todo!("nothing of the client may be left")
    }

    fn publish(&mut self, update: &Update) -> Vec<u64> {
        todo!("begin with queues that are never full, then do one policy after the other")
    }

    fn take(&mut self, client: u64) -> Option<Batch> {
        todo!("all that is queued; what is different when the hub is closing?")
    }

    fn len(&self) -> usize {
        todo!("how many clients are there?")
    }

    fn close(&mut self) {
        todo!("note it; the clients still get what is queued for them")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("slow_clients", checks::slow_clients::all::<Mine>)
}
