//! The red team: solutions that try to pass without solving anything.
//!
//! Most attack the engine, so they share one small contract of their own; [`files`]
//! are whole submissions, which attack the compiler and the program around it, and
//! [`servers`] have a socket that listens. Each
//! must fail, for the reason it is listed with; and some honest solutions must pass,
//! to show that the contract can be met at all.
//!
//! Not covered here: a hole in Rust itself. Safe code that corrupts memory through a
//! bug of the compiler's could find the nonce; no grader in the same process can
//! prevent that.

mod crashes;
mod endings;
mod escapes;
mod files;
mod forgeries;
mod hogs;
mod servers;

use std::time::Duration;

use exercises::catalog::{Exercise, Wrong};
use exercises::grade::{self, Check, CheckReport, Counterexample, Limits, Options, Seed, Verdict};

use super::check::side_by_side;
use super::fault::{Fault, outcome};
use super::subjects;
use crate::practice::workspace::Workspace;

/// Id of the exercise that the red team attacks. No exercise of the catalog can
/// have it: ids are snake_case.
const ID: &str = "red-team";

/// The contract: a sum of numbers.
pub(super) trait Sum {
    fn new() -> Self;
    fn add(&mut self, _number: u64) {}
    fn total(&mut self) -> u64 {
        0
    }
}

/// Calls everything that a solution can hook into, then drops it.
fn adds_up<T: Sum>(_: Seed) -> Verdict {
    let mut sum = T::new();
    for number in 1..=4 {
        sum.add(number);
    }
    let total = sum.total();
    drop(sum);
    match total {
        10 => Ok(()),
        other => Err(Counterexample::new(
            "1 + 2 + 3 + 4",
            "10",
            other.to_string(),
        )),
    }
}

fn checks<T: Sum>() -> Vec<Check> {
    vec![Check::new(
        "adds-up",
        "The total is the sum of the numbers.",
        adds_up::<T>,
    )]
}

/// Adds up, and nothing else.
struct Honest(u64);

impl Sum for Honest {
    fn new() -> Self {
        Self(0)
    }

    fn add(&mut self, number: u64) {
        self.0 += number;
    }

    fn total(&mut self) -> u64 {
        self.0
    }
}

/// A solution to grade, and a part of what the report must say about it.
fn solution<T: Sum>(name: &'static str, says: &'static str) -> Wrong {
    Wrong {
        name,
        diagnosis: says,
        rejected_by: "adds-up",
        checks: checks::<T>,
    }
}

fn attacks() -> Vec<Wrong> {
    [
        endings::attacks(),
        crashes::attacks(),
        hogs::attacks(),
        forgeries::attacks(),
        escapes::attacks(),
    ]
    .concat()
}

/// Solutions that do odd things, finish their check, and are right.
fn honest() -> Vec<Wrong> {
    vec![
        solution::<Honest>("Honest", PASSED),
        solution::<hogs::LeavesAThread>("LeavesAThread", PASSED),
        solution::<hogs::PrintsALot>("PrintsALot", PASSED),
    ]
}

const PASSED: &str = "it passed";

/// The contract with all solutions, as an exercise.
fn exercise() -> Exercise {
    Exercise {
        id: ID,
        formerly: &[],
        title: "Sum",
        summary: "Add numbers up.",
        topic: "",
        chapter: "",
        section: "",
        reference: "",
        minutes: 1,
        requires: &[],
        checks: checks::<Honest>,
        wrong: [attacks(), honest()].concat(),
    }
}

/// The exercise of the red team that has this id.
pub(crate) fn find(id: &str) -> Option<Exercise> {
    [exercise(), servers::exercise()]
        .into_iter()
        .find(|exercise| exercise.id == id)
}

/// Attacks that pass, or that are reported for what they are not; honest solutions that fail.
pub(crate) fn faults(workspace: &Workspace) -> anyhow::Result<Vec<Fault>> {
    let mut faults = programs(&exercise())?;
    faults.extend(programs(&servers::exercise())?);
    faults.extend(files::faults(workspace)?);
    Ok(faults)
}

fn programs(exercise: &Exercise) -> anyhow::Result<Vec<Fault>> {
    side_by_side(&exercise.wrong, |solution| {
        let report = grade::run(
            &subjects::wrong(exercise, solution)?,
            exercise,
            &options(solution),
        );
        let is_as_listed = |check: &&CheckReport| outcome(check).contains(solution.diagnosis);
        let unexpected = report.checks.iter().filter(|check| !is_as_listed(check));
        Ok(unexpected
            .map(|check| {
                let what = format!(
                    "the report should say `{}`, but says: {}",
                    solution.diagnosis,
                    outcome(check)
                );
                let next =
                    "mend the engine in exercises/src/grade, then run `cargo course dev check`";
                Fault::new(format!("{}/{}", exercise.id, solution.name), what, next)
            })
            .collect())
    })
}

fn options(solution: &Wrong) -> Options {
    Options {
        limits: limits(solution.diagnosis),
        ..Options::default()
    }
}

/// Attacks that never end get a second. All others end by themselves, and have a minute
/// for it, so that a busy machine does not make them look endless.
fn limits(says: &str) -> Limits {
    let seconds = if says == hogs::ENDLESS { 1 } else { 60 };
    Limits {
        time: Duration::from_secs(seconds),
        ..Limits::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attack_is_listed_with_a_reason_to_fail() {
        for attack in attacks() {
            assert!(
                !attack.diagnosis.is_empty() && attack.diagnosis != PASSED,
                "{}",
                attack.name
            );
        }
    }
}
