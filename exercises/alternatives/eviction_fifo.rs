//! Another solution of *FIFO*: an array that is used round and round.
//!
//! The reference links its slots in the order of arrival. Here that order is the array's own: once it is
//! full, the oldest key stands at `next`, and the newcomer takes its place.

use std::num::NonZeroUsize;

use exercises::eviction::{Access, Policy, checks};

struct Mine {
    capacity: usize,
    keys: Vec<u64>,
    /// Place of the oldest key, when the array is full.
    next: usize,
}

impl Policy for Mine {
    fn new(capacity: NonZeroUsize) -> Self {
        Self {
            capacity: capacity.get(),
            keys: Vec::new(),
            next: 0,
        }
    }

    fn access(&mut self, key: u64) -> Access {
        if self.contains(key) {
            return Access::Hit;
        }
        if self.keys.len() < self.capacity {
            self.keys.push(key);
            return Access::Miss { evicted: None };
        }
        let evicted = std::mem::replace(&mut self.keys[self.next], key);
        self.next = (self.next + 1) % self.capacity;
        Access::Miss {
            evicted: Some(evicted),
        }
    }

    fn contains(&self, key: u64) -> bool {
        self.keys.contains(&key)
    }

    fn len(&self) -> usize {
        self.keys.len()
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("eviction_fifo", checks::eviction_fifo::all::<Mine>)
}
