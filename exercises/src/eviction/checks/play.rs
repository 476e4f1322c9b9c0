//! Playing scenarios on a solution and on the model.

use std::num::NonZeroUsize;

use super::draw::Draw;
use super::scenario::{Answer, Scenario};
use crate::eviction::{Access, Policy};
use crate::grade::kit::{self, Reached, shorter, tried};
use crate::grade::{Seed, Verdict};

/// Makes a cache.
///
/// A pointer to a function rather than a type parameter: checks are instantiated
/// for every wrong solution, and every notebook compiles them all.
pub(super) type Build = fn(NonZeroUsize) -> Box<dyn Policy>;

/// Makes a cache of this type.
pub(super) fn build<T: Policy + 'static>(capacity: NonZeroUsize) -> Box<dyn Policy> {
    Box::new(T::new(capacity))
}

/// A solution and the model that knows the answers.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub(super) solution: Build,
    pub(super) model: Build,
}

/// How many scenarios are tried, and how large the last ones are.
#[derive(Clone, Copy)]
pub(super) struct Effort {
    pub(super) trials: usize,
    pub(super) largest: usize,
}

impl Effort {
    /// Enough for policies whose rule shows within a dozen requests.
    pub(super) const USUAL: Self = Self {
        trials: 400,
        largest: 14,
    };
}

/// Plays scenarios drawn by `draw`, which gets sizes from 1 upwards, on the two of `pair`.
pub(super) fn agree(
    pair: Pair,
    seed: Seed,
    effort: Effort,
    draw: impl Fn(&mut Draw, usize) -> Scenario,
) -> Verdict {
    let mut random = Draw::new(seed);
    for trial in 0..effort.trials {
        let size = 1 + trial * effort.largest / effort.trials;
        let mut scenario = draw(&mut random, size);
        // The first half is for counterexamples that fit on paper. In the other one, keys may
        // come from anywhere: a key is no index.
        if 2 * trial >= effort.trials && random.coin() {
            let (factor, offset) = (random.word() | 1, random.word());
            scenario.rename(|key| key.wrapping_mul(factor).wrapping_add(offset));
        }
        tried(scenario, pair)?;
    }
    Ok(())
}

/// The request, and what is wanted of it, but for keys and numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Hit,
    MissWithRoom,
    Eviction,
    Contains(bool),
    Len,
}

impl From<Answer> for Wanted {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Access(Access::Hit) => Self::Hit,
            Answer::Access(Access::Miss { evicted: None }) => Self::MissWithRoom,
            Answer::Access(Access::Miss { evicted: Some(_) }) => Self::Eviction,
            Answer::Contains(held) => Self::Contains(held),
            Answer::Len(_) => Self::Len,
        }
    }
}

impl Scenario {
    fn rename(&mut self, renamed: impl Fn(u64) -> u64) {
        for step in &mut self.steps {
            *step = step.with_key(&renamed);
        }
    }

    /// The same with keys 1, 2, 3 … in the order in which they come; none if it is so already.
    fn with_small_keys(&self) -> Option<Self> {
        let mut seen = Vec::new();
        for key in self.steps.iter().filter_map(|step| step.key()) {
            if !seen.contains(&key) {
                seen.push(key);
            }
        }
        let place = |key| seen.iter().position(|other| *other == key);
        let mut renamed = self.clone();
        renamed.rename(|key| place(key).map_or(key, |place| place as u64 + 1));
        (renamed.steps != self.steps).then_some(renamed)
    }
}

impl kit::Scenario for Scenario {
    type Pair = Pair;

    type Wanted = Option<Wanted>;

    fn play(&self, pair: Pair, at: &mut Reached<Option<Wanted>>) {
        let mut model = (pair.model)(self.capacity);
        let mut solution = (pair.solution)(self.capacity);
        for (n_before, step) in self.steps.iter().enumerate() {
            let expected = step.ask(&mut *model);
            at.n_steps = n_before + 1;
            at.wanted = Some(expected.into());
            let actual = step.ask(&mut *solution);
            let counts = step.is_question() || !self.only_questions;
            if counts && actual != expected {
                (at.expected, at.actual) = (expected.to_string(), actual.to_string());
                return;
            }
        }
    }

    fn truncate(&mut self, n_steps: usize) {
        self.steps.truncate(n_steps);
    }

    /// Parts left out, then a place less, then small keys.
    fn simpler(&self) -> impl Iterator<Item = Self> {
        let without = shorter(&self.steps).map(|steps| Self {
            steps,
            ..self.clone()
        });
        let smaller = NonZeroUsize::new(self.capacity.get() - 1).map(|capacity| Self {
            capacity,
            ..self.clone()
        });
        without.chain(smaller).chain(self.with_small_keys())
    }

    fn text(&self, n_steps: usize) -> String {
        self.code(n_steps)
    }
}
