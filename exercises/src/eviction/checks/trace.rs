//! Questions about a whole trace, and the smallest one that is answered wrongly.

use std::fmt::Debug;
use std::num::NonZeroUsize;

use super::draw::Draw;
use super::play::Effort;
use crate::grade::kit::{Trial, equal, shorter};
use crate::grade::{Seed, Verdict};

/// Requests, and how many keys fit.
#[derive(Debug, Clone)]
pub(super) struct Trace {
    pub(super) keys: Vec<u64>,
    pub(super) capacity: NonZeroUsize,
}

impl Trace {
    pub(super) fn new(keys: Vec<u64>, capacity: usize) -> Self {
        let capacity = NonZeroUsize::new(capacity).expect("traces have room for a key");
        Self { keys, capacity }
    }

    /// Requests for some keys more than fit.
    pub(super) fn random(draw: &mut Draw, size: usize) -> Self {
        let capacity = draw.capacity(size);
        let n_keys = capacity + 1 + draw.below(4);
        let length = draw.below(3 * size + 1);
        Self::new(draw.keys(length, n_keys), capacity)
    }

    /// Simpler ones: large parts left out first, then a place less, then small keys.
    fn simpler(&self) -> Vec<Self> {
        let without = shorter(&self.keys).map(|keys| Self { keys, ..*self });
        let smaller = NonZeroUsize::new(self.capacity.get() - 1).map(|capacity| Self {
            capacity,
            ..self.clone()
        });
        let renamed = self.with_small_keys();
        without.chain(smaller).chain(renamed).collect()
    }

    fn with_small_keys(&self) -> Option<Self> {
        let mut seen: Vec<u64> = Vec::new();
        let mut keys = Vec::new();
        for key in &self.keys {
            let place = seen.iter().position(|other| other == key);
            let place = place.unwrap_or_else(|| {
                seen.push(*key);
                seen.len() - 1
            });
            keys.push(place as u64 + 1);
        }
        (keys != self.keys).then(|| Self {
            keys,
            ..self.clone()
        })
    }
}

/// A question about a trace: as a learner would write it, and who answers it.
pub(super) struct Question<A> {
    pub(super) text: fn(&Trace) -> String,
    pub(super) solution: fn(&Trace) -> A,
    pub(super) model: fn(&Trace) -> A,
}

impl<A: PartialEq + Debug> Question<A> {
    /// Asks about traces drawn by `draw`.
    pub(super) fn agree(
        &self,
        seed: Seed,
        effort: Effort,
        draw: impl Fn(&mut Draw, usize) -> Trace,
    ) -> Verdict {
        let mut random = Draw::new(seed);
        let drawn = |trial| {
            let size = 1 + trial * effort.largest / effort.trials;
            let mut trace = draw(&mut random, size);
            // A key is no index: in the second half some come from anywhere.
            if 2 * trial >= effort.trials && random.coin() {
                let (factor, offset) = (random.word() | 1, random.word());
                for key in &mut trace.keys {
                    *key = key.wrapping_mul(factor).wrapping_add(offset);
                }
            }
            trace
        };
        Trial {
            judge: |trace: &Trace| equal(&(self.model)(trace), &(self.solution)(trace)),
            text: self.text,
            smaller: Trace::simpler,
            inputs: (0..effort.trials).map(drawn),
        }
        .run()
    }
}
