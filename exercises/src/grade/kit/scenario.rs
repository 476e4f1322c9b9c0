//! Requests one after the other, on a solution and on a model that knows the answers,
//! until the first difference; and the scenario cut down to what that difference needs.

use super::manner::{Manner, caught};
use crate::grade::unwinding::say_input;
use crate::grade::{Counterexample, Verdict};

/// Something that answers requests, and the requests to it.
pub(crate) trait Scenario: Clone {
    /// Makes a solution, and makes the model.
    type Pair: Copy;

    /// What a step should bring, as far as cutting down must not change it.
    ///
    /// Else a failure would end as another one than was found: most often that of an
    /// empty ring or cache, which is a rule of its own.
    type Wanted: Copy + PartialEq + Default;

    /// Plays until the first difference.
    ///
    /// What is wanted of a step is written into `at` before the solution is asked, so that
    /// it is known when the solution panics.
    fn play(&self, pair: Self::Pair, at: &mut Reached<Self::Wanted>);

    /// Leaves out what comes after the first `n_steps` steps.
    fn truncate(&mut self, n_steps: usize);

    /// Simpler scenarios: large parts left out first.
    fn simpler(&self) -> impl Iterator<Item = Self>;

    /// The first `n_steps` steps as a learner would write them.
    fn text(&self, n_steps: usize) -> String;
}

/// How far a play has come.
#[derive(Default)]
pub(crate) struct Reached<W> {
    /// How many steps were taken, the last of them included.
    pub(crate) n_steps: usize,
    pub(crate) wanted: W,
    /// What the rule asks for, and what came; the same while all is right.
    pub(crate) expected: String,
    pub(crate) actual: String,
}

struct Failure<W> {
    at: Reached<W>,
    manner: Manner,
}

impl<W: PartialEq> Failure<W> {
    fn is_like(&self, other: &Self) -> bool {
        self.manner == other.manner && self.at.wanted == other.at.wanted
    }
}

/// Plays a scenario.
pub(crate) fn tried<S: Scenario>(scenario: S, pair: S::Pair) -> Verdict {
    match failure(&scenario, pair) {
        Some(failure) => Err(report(cut(scenario, pair, failure), pair)),
        None => Ok(()),
    }
}

fn failure<S: Scenario>(scenario: &S, pair: S::Pair) -> Option<Failure<S::Wanted>> {
    let mut at = Reached::default();
    let manner = match caught(|| scenario.play(pair, &mut at)) {
        Ok(()) if at.expected == at.actual => return None,
        Ok(()) => Manner::Differs,
        Err(manner) => manner,
    };
    Some(Failure { at, manner })
}

/// Leaves out everything that can go without making it another failure.
fn cut<S: Scenario>(
    mut scenario: S,
    pair: S::Pair,
    mut found: Failure<S::Wanted>,
) -> (S, Failure<S::Wanted>) {
    loop {
        // What comes after the failing step was not even tried.
        scenario.truncate(found.at.n_steps);
        let simpler = scenario.simpler().find_map(|simpler| {
            let failure = failure(&simpler, pair)?;
            failure.is_like(&found).then_some((simpler, failure))
        });
        match simpler {
            Some(simpler) => (scenario, found) = simpler,
            None => return (scenario, found),
        }
    }
}

/// The counterexample. Of a panic the scenario is printed and the panic happens once
/// more, uncaught, so that the grader learns its message and place.
fn report<S: Scenario>(
    (scenario, found): (S, Failure<S::Wanted>),
    pair: S::Pair,
) -> Counterexample {
    let input = scenario.text(found.at.n_steps);
    if found.manner == Manner::Differs {
        return Counterexample::new(input, found.at.expected, found.at.actual);
    }
    if found.manner == Manner::Panics {
        say_input(&input);
    }
    scenario.play(pair, &mut Reached::default());
    // Reached only if the solution behaves differently the second time.
    let actual = "a panic at the first try, none at the second";
    Counterexample::new(input, "the same answer each time", actual)
}
