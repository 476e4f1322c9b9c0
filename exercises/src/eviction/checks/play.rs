//! Playing scenarios on a solution and on the model until the first difference,
//! and cutting the scenario down to what that difference needs.

use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};

use super::draw::Draw;
use super::scenario::{Answer, Scenario};
use crate::eviction::{Access, Policy};
use crate::grade::{Counterexample, Seed, Verdict, say_input, was_todo};

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
        if let Some(failure) = scenario.play(pair) {
            let (smallest, failure) = scenario.cut(pair, failure);
            return Err(smallest.report(pair, failure));
        }
    }
    Ok(())
}

/// Where and how a solution failed.
#[derive(Clone)]
struct Failure {
    /// How many steps it took.
    n_steps: usize,
    kind: Kind,
    /// What was wanted and what came; of a panic, what was wanted.
    expected: String,
    actual: String,
}

/// What has to stay the same while a scenario is cut, else it would end as another
/// failure than the one found.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Kind {
    /// The request, and what is wanted of it, but for keys and numbers.
    wanted: Option<Wanted>,
    panicked: bool,
    /// The panic was that of a `todo!`.
    unwritten: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
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

    /// Plays until the first difference or panic.
    fn play(&self, pair: Pair) -> Option<Failure> {
        let mut at = Failure::nowhere();
        let played = panic::catch_unwind(AssertUnwindSafe(|| self.play_on(pair, &mut at)));
        if let Err(payload) = played {
            at.kind.panicked = true;
            at.kind.unwritten = was_todo(payload);
            return Some(at);
        }
        (at.expected != at.actual).then_some(at)
    }

    /// Writes into `at` what is wanted before the solution is asked, so that it is
    /// known when the solution panics.
    fn play_on(&self, pair: Pair, at: &mut Failure) {
        let mut model = (pair.model)(self.capacity);
        let mut solution = (pair.solution)(self.capacity);
        for (n_before, step) in self.steps.iter().enumerate() {
            let expected = step.ask(&mut *model);
            at.n_steps = n_before + 1;
            at.kind.wanted = Some(expected.into());
            let actual = step.ask(&mut *solution);
            let counts = step.is_question() || !self.only_questions;
            if counts && actual != expected {
                (at.expected, at.actual) = (expected.to_string(), actual.to_string());
                return;
            }
        }
    }

    /// Leaves out every step and place that can go without changing the kind of the
    /// failure, and gives keys small numbers.
    fn cut(mut self, pair: Pair, mut failure: Failure) -> (Self, Failure) {
        loop {
            // What comes after the failing step was not even tried.
            self.steps.truncate(failure.n_steps);
            let shorter = self.shorter().find_map(|shorter| {
                let found = shorter.play(pair)?;
                (found.kind == failure.kind).then_some((shorter, found))
            });
            match shorter {
                Some(found) => (self, failure) = found,
                None => return (self, failure),
            }
        }
    }

    /// Simpler scenarios: large parts left out first.
    fn shorter(&self) -> impl Iterator<Item = Self> {
        let n_steps = self.steps.len();
        let lengths = std::iter::successors(Some(n_steps / 2), |length| Some(length / 2));
        let lengths = lengths.take_while(|length| *length > 0);
        let parts = lengths.flat_map(move |length| {
            let starts = (0..n_steps).step_by(length).rev();
            starts.map(move |start| start..n_steps.min(start + length))
        });
        let without = parts.map(|part| {
            let mut shorter = self.clone();
            shorter.steps.drain(part);
            shorter
        });
        let smaller = NonZeroUsize::new(self.capacity.get() - 1).map(|capacity| Self {
            capacity,
            ..self.clone()
        });
        without.chain(smaller).chain(self.with_small_keys())
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

    /// The counterexample. Of a panic the scenario is printed and the panic
    /// happens once more, uncaught, so that the grader learns its message and place.
    fn report(&self, pair: Pair, failure: Failure) -> Counterexample {
        let input = self.text(failure.n_steps);
        if !failure.kind.panicked {
            return Counterexample::new(input, failure.expected, failure.actual);
        }
        if !failure.kind.unwritten {
            say_input(&input);
        }
        self.play_on(pair, &mut Failure::nowhere());
        // Reached only if the solution behaves differently the second time.
        let actual = "a panic at the first try, none at the second";
        Counterexample::new(input, "the same answer each time", actual)
    }
}

impl Failure {
    fn nowhere() -> Self {
        Self {
            n_steps: 0,
            kind: Kind::default(),
            expected: String::new(),
            actual: String::new(),
        }
    }
}
