//! Grading a type that exists in a notebook only.
//!
//! The type lives in the notebook's process and cannot be sent to another, so the
//! walls are lower than in [`super::run()`]: a check runs on a thread, a panic is
//! caught, and a check that takes too long is left behind, still running, until
//! the kernel is restarted. An `exit`, an abort or a stack overflow of the
//! solution ends the notebook's process. Such a grade is for the learner's eyes;
//! where it must count, the stub is graded.

use std::time::{Duration, Instant};

use super::check::{Check, Seed};
use super::options::Options;
use super::outcome::Reason;
use super::panics::HookGuard;
use super::report::{CheckReport, Isolation, Report};
use super::thread::on_a_thread;
use crate::catalog::{self, Exercise};

/// Grades the checks of a type that was typed into a notebook.
///
/// As the last expression of a cell, the report shows itself:
///
/// ```text
/// use exercises::{consistent_hashing::checks, grade};
/// grade::in_notebook("hash_ring", checks::hash_ring::all::<MyRing>())
/// ```
///
/// The catalog says which checks the exercise has; one that is not among `checks`
/// counts as failed.
///
/// # Panics
///
/// If the catalog has no exercise with this id. In a notebook a panic is how a
/// cell fails, and a typing error in the id should fail it.
///
/// # Time complexity
///
/// One check after the other, each ended by the time limit.
pub fn in_notebook(id: &str, checks: Vec<Check>) -> Report {
    match catalog::find(id) {
        Some(exercise) => grade(&exercise, &checks, &Options::default()),
        None => panic!("{}", catalog::unknown(id)),
    }
}

fn grade(exercise: &Exercise, checks: &[Check], options: &Options) -> Report {
    let started = Instant::now();
    let hook = HookGuard::set();
    let reports = (exercise.checks)()
        .iter()
        .map(|expected| {
            let found = checks.iter().find(|check| check.name == expected.name);
            grade_one(expected, found.copied(), options.seed, options.limits.time)
        })
        .collect();
    drop(hook);
    Report::new(
        exercise,
        options.seed,
        Isolation::Thread,
        reports,
        super::millis(started.elapsed()),
    )
}

fn grade_one(expected: &Check, found: Option<Check>, seed: Seed, limit: Duration) -> CheckReport {
    let started = Instant::now();
    let outcome = match found {
        Some(check) => on_a_thread(check, seed, limit),
        None => Reason::NoSuchCheck.into(),
    };
    CheckReport::new(
        expected,
        outcome,
        String::new(),
        super::millis(started.elapsed()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::check::{Counterexample, Verdict};
    use crate::grade::outcome::Outcome;

    /// Checks of a solution that has every kind of fault.
    fn checks() -> Vec<Check> {
        let holds: fn(Seed) -> Verdict = |_| Ok(());
        let breaks: fn(Seed) -> Verdict =
            |seed| Err(Counterexample::new(format!("seed {seed}"), "2", "3"));
        let is_unwritten: fn(Seed) -> Verdict = |_| panic!("not yet implemented: the first hint");
        let panics: fn(Seed) -> Verdict = |_| panic!("index {} is out of range", 7);
        let hides: fn(Seed) -> Verdict = |_| std::panic::resume_unwind(Box::new(7));
        [
            ("holds", holds),
            ("breaks", breaks),
            ("is-unwritten", is_unwritten),
            ("panics", panics),
            ("hides", hides),
        ]
        .map(|(name, body)| Check::new(name, "Any rule.", body))
        .to_vec()
    }

    fn exercise() -> Exercise {
        Exercise {
            id: "any",
            title: "Any",
            summary: "Anything.",
            formerly: &[],
            topic: "any",
            chapter: "0-any",
            section: "exercises",
            reference: "",
            minutes: 1,
            requires: &[],
            checks,
            wrong: Vec::new(),
        }
    }

    fn outcomes(checks: &[Check]) -> Vec<String> {
        let options = Options {
            seed: 7,
            ..Options::default()
        };
        let report = grade(&exercise(), checks, &options);
        let words = |report: &CheckReport| match &report.outcome {
            Outcome::Passed => "passed".to_owned(),
            // The place of a panic changes with every edit of this file.
            Outcome::Failed { reason } => reason
                .to_string()
                .split(", at ")
                .next()
                .unwrap_or_default()
                .to_owned(),
        };
        report.checks.iter().map(words).collect()
    }

    #[test]
    fn every_way_to_fail_is_told_apart() {
        assert_eq!(
            outcomes(&checks()),
            [
                "passed",
                "input seed 7, expected 2, actual 3",
                "not written yet: the first hint",
                "it panicked: index 7 is out of range",
                "it panicked: a value that is no text",
            ]
        );
    }

    #[test]
    fn a_check_that_is_left_out_counts_as_failed() {
        let found = outcomes(&checks()[..1]);
        assert_eq!(found[0], "passed");
        for outcome in &found[1..] {
            assert!(
                outcome.starts_with("the checks that were run do not include this one"),
                "{outcome}"
            );
        }
    }
}
