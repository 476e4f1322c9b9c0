//! The policies, the slow and obvious way: what a solution's answers are compared with.
//!
//! A model keeps its keys in a list and walks through it. Submissions cannot reach it.

mod fifo;
mod lru;

pub(super) use fifo::Fifo;
pub(super) use lru::Lru;

mod mru;
pub(super) use mru::Mru;
mod lfu;
pub(super) use lfu::Lfu;
mod clock;
pub(super) use clock::Clock;
mod sieve;
pub(super) use sieve::Sieve;
mod two_queue;
pub(super) use two_queue::TwoQueue;
mod s3_fifo;
pub(super) use s3_fifo::S3Fifo;
mod optimum;
mod stack;
pub(super) use optimum::optimum;
pub(super) use stack::stack_distances;
use std::num::NonZeroUsize;

use crate::eviction::{Access, Policy};

/// What the policies differ in.
pub(in crate::eviction) trait Slow {
    /// Nothing is held.
    fn new(capacity: usize) -> Self
    where
        Self: Sized;

    /// The keys that are held, in any order.
    fn held(&self) -> Vec<u64>;

    /// A key that is held was asked for.
    fn hit(&mut self, key: u64);

    /// A key that is not held comes in. If the cache is full, one goes: which?
    fn miss(&mut self, key: u64, full: bool) -> Option<u64>;
}

/// A cache with this policy.
pub(in crate::eviction) struct Model<S> {
    capacity: usize,
    policy: S,
}

impl<S: Slow> Policy for Model<S> {
    fn new(capacity: NonZeroUsize) -> Self {
        Self {
            capacity: capacity.get(),
            policy: S::new(capacity.get()),
        }
    }

    fn access(&mut self, key: u64) -> Access {
        if self.contains(key) {
            self.policy.hit(key);
            return Access::Hit;
        }
        let full = self.len() == self.capacity;
        Access::Miss {
            evicted: self.policy.miss(key, full),
        }
    }

    fn contains(&self, key: u64) -> bool {
        self.policy.held().contains(&key)
    }

    fn len(&self) -> usize {
        self.policy.held().len()
    }
}
