//! Questions about a whole trace, and the smallest one that is answered wrongly.

use std::fmt::Debug;
use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};

use super::draw::Draw;
use super::play::Effort;
use crate::grade::{Counterexample, Seed, Verdict, say_input, was_todo};

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
    fn simpler(&self) -> impl Iterator<Item = Self> {
        let n_keys = self.keys.len();
        let lengths = std::iter::successors(Some(n_keys.div_ceil(2)), |length| Some(length / 2));
        let parts = lengths
            .take_while(|length| *length > 0)
            .flat_map(move |length| {
                let starts = (0..n_keys).step_by(length).rev();
                starts.map(move |start| start..n_keys.min(start + length))
            });
        let without = parts.map(|part| {
            let mut shorter = self.clone();
            shorter.keys.drain(part);
            shorter
        });
        let smaller = NonZeroUsize::new(self.capacity.get() - 1).map(|capacity| Self {
            capacity,
            ..self.clone()
        });
        without.chain(smaller).chain(self.with_small_keys())
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
        for trial in 0..effort.trials {
            let size = 1 + trial * effort.largest / effort.trials;
            let mut trace = draw(&mut random, size);
            // A key is no index: in the second half some come from anywhere.
            if 2 * trial >= effort.trials && random.coin() {
                let (factor, offset) = (random.word() | 1, random.word());
                for key in &mut trace.keys {
                    *key = key.wrapping_mul(factor).wrapping_add(offset);
                }
            }
            if let Some(failure) = self.failure(&trace) {
                return self.report(self.cut(trace, failure));
            }
        }
        Ok(())
    }

    /// Asks about one trace, which is not cut.
    pub(super) fn ask(&self, trace: &Trace) -> Verdict {
        let (expected, actual) = ((self.model)(trace), (self.solution)(trace));
        match actual == expected {
            true => Ok(()),
            false => Err(Counterexample::new(
                (self.text)(trace),
                format!("{expected:?}"),
                format!("{actual:?}"),
            )),
        }
    }

    /// Whether the answer is wrong: of a panic, whether it was a `todo!`.
    fn failure(&self, trace: &Trace) -> Option<Failure> {
        let answered = panic::catch_unwind(AssertUnwindSafe(|| (self.solution)(trace)));
        match answered {
            Ok(answer) => (answer != (self.model)(trace)).then_some(Failure::Wrong),
            Err(payload) => {
                let unwritten = was_todo(payload);
                Some(Failure::Panic { unwritten })
            }
        }
    }

    fn cut(&self, mut trace: Trace, failure: Failure) -> (Trace, Failure) {
        loop {
            let same = |simpler: &Trace| self.failure(simpler) == Some(failure);
            let simpler = trace.simpler().find(same);
            match simpler {
                Some(simpler) => trace = simpler,
                None => return (trace, failure),
            }
        }
    }

    /// Of a panic the question is printed and the panic happens once more, uncaught, so that the
    /// grader learns its message and place.
    fn report(&self, (trace, failure): (Trace, Failure)) -> Verdict {
        if failure == (Failure::Panic { unwritten: false }) {
            let input = (self.text)(&trace);
            say_input(&input);
        }
        self.ask(&trace)?;
        // Reached only if the solution behaves differently the second time.
        let actual = "another answer at the first try than at the second";
        Err(Counterexample::new(
            (self.text)(&trace),
            "the same answer each time",
            actual,
        ))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failure {
    Wrong,
    Panic { unwritten: bool },
}
