//! Random requests: few keys in small caches, so that a counterexample fits on paper and
//! keys come back often.

use rand::RngExt;

use super::scenario::{Scenario, Step};
use crate::grade::Seed;
use crate::random::{self, ChaCha8Rng};

/// Capacities up to this are drawn, where a policy does not need larger ones.
const LARGEST_CAPACITY: usize = 5;

/// A stream of random parts.
pub(super) struct Draw {
    random: ChaCha8Rng,
}

impl Draw {
    pub(super) fn new(seed: Seed) -> Self {
        Self {
            random: random::seeded(seed),
        }
    }

    /// A number from 0 to below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.random.random_range(0..end)
    }

    /// Heads or tails.
    pub(super) fn coin(&mut self) -> bool {
        self.random.random()
    }

    /// Any number.
    pub(super) fn word(&mut self) -> u64 {
        self.random.random()
    }

    /// A capacity that suits a scenario of this size.
    pub(super) fn capacity(&mut self, size: usize) -> usize {
        1 + self.below(size.min(LARGEST_CAPACITY))
    }

    /// A key from `0..end`: any, or one of the last that were drawn.
    fn key(&mut self, end: usize, before: &[u64]) -> u64 {
        if !before.is_empty() && self.below(3) == 0 {
            let n_recent = before.len().min(3);
            return before[before.len() - 1 - self.below(n_recent)];
        }
        self.below(end) as u64
    }

    /// Requests for `n_keys` different keys.
    pub(super) fn keys(&mut self, length: usize, n_keys: usize) -> Vec<u64> {
        let mut keys = Vec::new();
        for _ in 0..length {
            let key = self.key(n_keys, &keys);
            keys.push(key);
        }
        keys
    }

    /// Requests for no more keys than fit.
    pub(super) fn with_room(&mut self, size: usize) -> Scenario {
        let capacity = self.capacity(size);
        let keys = self.keys(2 * size, capacity);
        Scenario::of_keys(capacity, keys)
    }

    /// Requests each of which is for another key, so that there are no hits: some of the
    /// keys have been there before, long enough ago to be gone from any queue that drops
    /// the oldest.
    pub(super) fn without_hits(&mut self, size: usize) -> Scenario {
        let capacity = self.capacity(size);
        let n_keys = capacity + 1 + self.below(3);
        let order = (0..capacity + 2 * size).map(|n| (n % n_keys) as u64);
        Scenario::of_keys(capacity, order)
    }

    /// Requests for a few keys more than fit.
    pub(super) fn with_hits(&mut self, size: usize) -> Scenario {
        let capacity = self.capacity(size);
        let n_keys = capacity + 1 + self.below(3);
        let length = capacity + size + self.below(2 * size);
        let keys = self.keys(length, n_keys);
        Scenario::of_keys(capacity, keys)
    }

    /// The cache is filled, some keys are asked for again, and then come only new ones, no
    /// more than it holds.
    pub(super) fn one_sweep(&mut self, size: usize) -> Scenario {
        let capacity = self.capacity(size);
        let end = capacity as u64;
        let mut keys: Vec<u64> = (0..end).collect();
        for _ in 0..self.below(2 * capacity + 1) {
            keys.push(self.below(capacity) as u64);
        }
        keys.extend(end..end + 1 + self.below(capacity) as u64);
        Scenario::of_keys(capacity, keys)
    }

    /// Requests for a larger cache, and for keys that come back when they have been gone for
    /// a while.
    pub(super) fn with_ghosts(&mut self, size: usize) -> Scenario {
        let capacity = 1 + self.below(size);
        let n_keys = capacity + 1 + self.below(capacity);
        let length = 3 * capacity + self.below(2 * size + 4);
        let keys = self.keys(length, n_keys);
        Scenario::of_keys(capacity, keys)
    }

    /// The same, and in between somebody asks what is held. Whether the accesses are answered
    /// right is left to the other checks.
    pub(super) fn with_questions(&mut self, size: usize) -> Scenario {
        let scenario = self.with_hits(size);
        self.questions_in(scenario)
    }

    /// Questions in between what is there.
    pub(super) fn questions_in(&mut self, mut scenario: Scenario) -> Scenario {
        let keys: Vec<u64> = scenario
            .steps
            .iter()
            .filter_map(|step| step.key())
            .collect();
        let mut steps = Vec::new();
        for step in scenario.steps {
            steps.push(step);
            for _ in 0..self.below(3) {
                let key = keys[self.below(keys.len())];
                steps.push(if self.below(4) == 0 {
                    Step::Len
                } else {
                    Step::Contains(key)
                });
            }
        }
        scenario.steps = steps;
        scenario.only_questions = true;
        scenario
    }
}
