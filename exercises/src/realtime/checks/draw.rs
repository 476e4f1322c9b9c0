//! Random parts of inputs.

use rand::RngExt;
use rand::seq::IndexedRandom;

use crate::grade::Seed;
use crate::random::{self, ChaCha8Rng};

/// A stream of random parts.
pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    pub(super) fn new(seed: Seed) -> Self {
        Self(random::seeded(seed))
    }

    /// A number from 0 to below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0.random_range(0..end)
    }

    /// One of `things`.
    pub(super) fn one_of<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        things
            .choose(&mut self.0)
            .expect("there is something to choose from")
    }

    /// `count` of `parts`, one after the other.
    pub(super) fn text(&mut self, count: usize, parts: &[&str]) -> String {
        (0..count).map(|_| *self.one_of(parts)).collect()
    }

    /// `count` bytes.
    pub(super) fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.0.random()).collect()
    }
}
