//! Playing scenarios on a solution and on the model.

use super::draw::Draw;
use super::scenario::{Build, Scenario};
use crate::grade::kit::{self, Reached, shorter, tried};
use crate::grade::{Seed, Verdict};

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
        tried(draw(&mut random, size), pair)?;
    }
    Ok(())
}

impl kit::Scenario for Scenario {
    type Pair = Pair;

    /// Whether the model says no: an error, nobody, nothing.
    type Wanted = bool;

    fn play(&self, pair: Pair, at: &mut Reached<bool>) {
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
            at.wanted = expected.is_no();
            let actual = solution.apply(step);
            if actual != expected {
                (at.expected, at.actual) = (expected.to_string(), actual.to_string());
                return;
            }
        }
    }

    fn truncate(&mut self, n_steps: usize) {
        self.steps.truncate(n_steps);
    }

    fn simpler(&self) -> impl Iterator<Item = Self> {
        shorter(&self.steps).map(|steps| Self {
            setup: self.setup.clone(),
            steps,
        })
    }

    fn text(&self, n_steps: usize) -> String {
        self.code(n_steps)
    }
}
