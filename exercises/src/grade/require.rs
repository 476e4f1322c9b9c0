//! One rule, graded in the notebook's own process: what the graded cells of an nbgrader
//! assignment call. `cargo course nbgrader` writes such cells.
//!
//! A cell is graded by whether it fails, and everything around these calls belongs to
//! whoever wrote the notebook: the code that evcxr generates names `std` and `println!`,
//! which other cells can give another meaning, so that a panic does not get through.
//! [`require`] panics, which reads best; [`require_or_abort`] ends the process, which
//! nothing in safe code can undo.
//!
//! These are not there for submissions that are graded sealed (feature `notebook`): a
//! solution could try the checks and learn from their counterexamples what to answer.
//! In an assignment it would need seeds that it does not know.
//!
//! It is the weaker grader: no walls, no process of its own, and the learner's other
//! cells run first. `cargo course grade` is the one to trust.

use std::fmt::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::check::{Check, Seed};
use super::limits::Limits;
use super::outcome::{Outcome, Reason};
use super::panics::HookGuard;
use super::shortened::shortened;
use super::thread::on_a_thread;

/// Set while a check runs, and only then.
static BUSY: AtomicBool = AtomicBool::new(false);

/// Grades one rule of a type that exists in a notebook.
///
/// ```text
/// exercises::grade::require("hash_ring", "successor", 0, checks::hash_ring::all::<Mine>());
/// ```
///
/// # Panics
///
/// With the counterexample if the rule does not hold, and with the reason if it cannot
/// be tried. A check that takes too long ends the process, because a thread of it would
/// go on beside all later cells.
///
/// # Time complexity
///
/// That of the check, ended by the time limit.
#[track_caller]
pub fn require(exercise: &str, check: &str, seed: Seed, checks: Vec<Check>) {
    if let Err(said) = rule_holds(exercise, check, seed, &checks) {
        panic!("{said}");
    }
}

/// The same under each of these seeds, for cells that a grade depends on: if the rule
/// does not hold, or if the references can be reached, it says so on standard error
/// and ends the process.
///
/// # Time complexity
///
/// That of the check for each seed, ended by the time limit.
pub fn require_or_abort(exercise: &str, check: &str, seeds: &[Seed], checks: Vec<Check>) {
    if crate::HAS_REFERENCES {
        abort(&format!(
            "{exercise}: the references can be reached from here; \
             remove the `:dep` line that brings them, and restart the kernel"
        ));
    }
    if seeds.is_empty() {
        abort(&format!("{exercise}: `{check}` was given no seed"));
    }
    for &seed in seeds {
        if let Err(said) = rule_holds(exercise, check, seed, &checks) {
            abort(&said);
        }
    }
}

fn rule_holds(exercise: &str, name: &str, seed: Seed, checks: &[Check]) -> Result<(), String> {
    if BUSY.swap(true, Ordering::SeqCst) {
        abort(&format!("{exercise}: a solution must not grade itself"));
    }
    let outcome = outcome(name, seed, checks, Limits::default().time);
    if let Outcome::Failed {
        reason: reason @ Reason::TimedOut { .. },
    } = &outcome
    {
        abort(&message(exercise, name, checks, reason));
    }
    BUSY.store(false, Ordering::SeqCst);
    match outcome {
        Outcome::Passed => Ok(()),
        Outcome::Failed { reason } => Err(message(exercise, name, checks, &reason)),
    }
}

fn outcome(name: &str, seed: Seed, checks: &[Check], limit: Duration) -> Outcome {
    let Some(check) = checks.iter().find(|check| check.name == name) else {
        return Reason::NoSuchCheck.into();
    };
    let _hook = HookGuard::set();
    shortened(on_a_thread(*check, seed, limit))
}

/// What to tell the learner: the rule, and under it why it does not hold.
fn message(exercise: &str, name: &str, checks: &[Check], reason: &Reason) -> String {
    let rule = checks.iter().find(|check| check.name == name);
    let rule = rule.map_or("", |check| check.rule);
    let mut text = format!("{exercise}: `{name}` does not hold. {rule}");
    for (label, value) in reason.rows() {
        for (index, line) in value.lines().enumerate() {
            let label = if index == 0 { label } else { "" };
            // Writing to a string cannot fail.
            let _ = write!(text, "\n  {label:8}  {line}");
        }
    }
    text
}

/// Not a panic, and not `exit`, which runs handlers that a solution may hold up.
fn abort(said: &str) -> ! {
    eprintln!("{said}");
    std::process::abort()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::grade::check::{Counterexample, Verdict};

    #[track_caller]
    fn check_said(body: fn(Seed) -> Verdict, expected: Expect) {
        let checks = [Check::new("any", "Any rule.", body)];
        let said = match outcome("any", 7, &checks, Duration::from_secs(60)) {
            Outcome::Passed => "passed".to_owned(),
            Outcome::Failed { reason } => message("ring", "any", &checks, &reason),
        };
        let place = said.find("\n  at ").unwrap_or(said.len());
        expected.assert_eq(&said[..place]);
    }

    #[test]
    fn a_rule_that_holds_says_nothing() {
        check_said(|_| Ok(()), expect!["passed"]);
    }

    #[test]
    fn a_counterexample_stands_below_the_rule() {
        check_said(
            |seed| Err(Counterexample::new(format!("a\nb, seed {seed}"), "2", "3")),
            expect![[r#"
                ring: `any` does not hold. Any rule.
                  input     a
                            b, seed 7
                  expected  2
                  actual    3"#]],
        );
    }

    #[test]
    fn a_panic_and_a_body_that_is_not_written_fail_the_rule() {
        check_said(
            |_| panic!("boom"),
            expect![[r#"
                ring: `any` does not hold. Any rule.
                  because   it panicked: boom"#]],
        );
        check_said(
            |_| panic!("not yet implemented: begin here"),
            expect![[r#"
                ring: `any` does not hold. Any rule.
                  because   not written yet: begin here"#]],
        );
    }

    #[test]
    fn a_check_that_is_not_there_does_not_hold() {
        let outcome = outcome("other", 0, &[], Duration::from_secs(60));
        assert_eq!(outcome, Reason::NoSuchCheck.into());
    }
}
