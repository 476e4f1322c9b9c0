//! Playing scenarios on a solution and on the model until the first difference,
//! and cutting the scenario down to what that difference needs.

use std::panic::{self, AssertUnwindSafe};

use super::draw::Draw;
use super::scenario::{Build, Scenario};
use crate::grade::{Counterexample, Seed, Verdict, say_input, was_todo};

/// A solution and the model that knows the answers.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub(super) solution: Build,
    pub(super) model: Build,
}

/// Plays `trials` scenarios drawn by `draw`, which gets sizes from 1 to `largest`,
/// on the two of `pair`.
pub(super) fn agree(
    pair: Pair,
    seed: Seed,
    trials: usize,
    largest: usize,
    draw: impl Fn(&mut Draw, usize) -> Scenario,
) -> Verdict {
    let mut random = Draw::new(seed);
    for trial in 0..trials {
        let size = 1 + trial * largest / trials;
        // The first half is for counterexamples that fit on paper.
        if 2 * trial >= trials {
            random.go_far();
        }
        let scenario = draw(&mut random, size);
        if let Some(failure) = scenario.play(pair) {
            let (smallest, failure) = scenario.cut(pair, failure);
            return Err(smallest.report(pair, failure));
        }
    }
    Ok(())
}

/// Where and how a solution failed.
struct Failure {
    /// How many steps it took.
    n_steps: usize,
    kind: Kind,
    /// What was wanted and what came; of a panic, what was wanted.
    expected: String,
    actual: String,
}

/// What has to stay the same while a scenario is cut, else it would end as
/// another failure than the one found: most often that of an empty ring, which
/// is a rule of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Kind {
    /// The model says no: an error, nobody, nothing.
    refused: bool,
    panicked: bool,
    /// The panic was that of a `todo!`.
    unwritten: bool,
}

impl Scenario {
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
        let mut model = (pair.model)(&self.setup).expect("scenarios make rings that exist");
        let mut solution = match (pair.solution)(&self.setup) {
            Ok(solution) => solution,
            Err(refusal) => {
                (at.expected, at.actual) = ("a ring".to_owned(), refusal);
                return;
            }
        };
        for (n_before, step) in self.steps.iter().enumerate() {
            let expected = model.apply(step);
            at.n_steps = n_before + 1;
            at.kind.refused = expected.is_no();
            let actual = solution.apply(step);
            if actual != expected {
                (at.expected, at.actual) = (expected.to_string(), actual.to_string());
                return;
            }
        }
    }

    /// Leaves out every step that can go without changing the kind of the failure.
    fn cut(mut self, pair: Pair, mut failure: Failure) -> (Self, Failure) {
        let mut changed = true;
        while changed {
            changed = false;
            // What comes after the failing step was not even tried.
            self.steps.truncate(failure.n_steps);
            for index in (0..self.steps.len()).rev() {
                let mut shorter = self.clone();
                shorter.steps.remove(index);
                if let Some(found) = shorter.play(pair)
                    && found.kind == failure.kind
                {
                    (self, failure, changed) = (shorter, found, true);
                    self.steps.truncate(failure.n_steps);
                }
            }
        }
        (self, failure)
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
        let kind = Kind {
            refused: false,
            panicked: false,
            unwritten: false,
        };
        Self {
            n_steps: 0,
            kind,
            expected: String::new(),
            actual: String::new(),
        }
    }
}
