//! What grading found: data, for people and for programs.
//!
//! The types serialise with serde; `cargo course check --json` and
//! `cargo test -p exercises --test ID -- --json` print them. How they look in a
//! terminal and in a notebook is in [`super::terminal`] and [`super::html`].

use serde::{Deserialize, Serialize};

use super::check::{Check, Counterexample, Seed};
use crate::catalog::Exercise;

/// The result of grading one exercise once.
///
/// # Examples
///
/// ```
/// use exercises::grade::Report;
///
/// let json = r#"{"exercise": "hash_ring", "title": "Hash ring", "seed": 0, "isolation": "process",
///     "checks": [], "left_out": 0, "points": 0, "of": 0, "elapsed_ms": 3}"#;
/// let report: Report = serde_json::from_str(json)?;
/// assert!(!report.all_hold(), "a report without a check proves nothing");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Id of the exercise.
    pub exercise: String,
    /// Its title.
    pub title: String,
    /// The seed from which the random inputs were drawn.
    pub seed: Seed,
    /// What kept the solution apart from the grader.
    pub isolation: Isolation,
    /// One entry a check that was asked for, in the catalog's order.
    pub checks: Vec<CheckReport>,
    /// How many of the exercise's checks were not asked for.
    pub left_out: usize,
    /// Points of the checks that passed.
    pub points: u32,
    /// Points of all checks that were asked for.
    pub of: u32,
    /// Wall-clock time of the whole run, in milliseconds.
    pub elapsed_ms: u64,
}

/// What kept the solution apart from the grader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Isolation {
    /// A process for each check, with limits on time and memory.
    Process,
    /// A process for each check with a limit on time; the platform has none on memory.
    ProcessWithoutMemoryLimit,
    /// A thread for each check, in the notebook's own process.
    Thread,
}

/// The result of one check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckReport {
    /// Permanent name of the check.
    pub name: String,
    /// The rule that it tries, in one sentence.
    pub rule: String,
    /// What holding the rule is worth.
    pub points: u32,
    /// Whether it held.
    pub outcome: Outcome,
    /// What the solution printed, cut to a readable length; empty in a notebook.
    pub output: String,
    /// Wall-clock time, in milliseconds.
    pub elapsed_ms: u64,
}

/// Whether a rule held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum Outcome {
    /// The check ran to its end and found nothing wrong.
    Passed,
    /// It did not, for this reason.
    Failed {
        /// Why.
        reason: Reason,
    },
}

/// Why a check did not pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Reason {
    /// The rule does not hold on this input.
    RuleBroken {
        /// The smallest input found.
        counterexample: Counterexample,
    },
    /// The solution ran into a `todo!`.
    NotWritten {
        /// What the `todo!` says; the first hint in a fresh stub.
        hint: String,
        /// `file:line:column`, where known.
        location: Option<String>,
    },
    /// The solution panicked.
    Panicked {
        /// What the panic says.
        message: String,
        /// `file:line:column`, where known.
        location: Option<String>,
    },
    /// The check was still running when its time was up.
    TimedOut {
        /// The limit, in milliseconds.
        limit_ms: u64,
    },
    /// The solution asked for more memory than it may use.
    OutOfMemory {
        /// The limit, in bytes.
        limit_bytes: u64,
    },
    /// The solution called itself, or kept local data, beyond the end of the stack.
    StackOverflow,
    /// The system ended the process.
    Killed {
        /// The signal's name, with what it means.
        signal: String,
    },
    /// The process ended before the check did: the solution ended it.
    ProcessEnded {
        /// Its exit status, where it had one.
        code: Option<i32>,
    },
    /// The program that was graded has no check of this name.
    NoSuchCheck,
    /// The check could not be started; this says nothing about the solution.
    NotStarted {
        /// What the system said.
        error: String,
    },
}

impl Report {
    /// Puts the results of some of an exercise's checks together.
    pub(super) fn new(
        exercise: &Exercise,
        seed: Seed,
        isolation: Isolation,
        checks: Vec<CheckReport>,
        elapsed_ms: u64,
    ) -> Self {
        let all = (exercise.checks)().len();
        Self {
            exercise: exercise.id.to_owned(),
            title: exercise.title.to_owned(),
            seed,
            isolation,
            left_out: all.saturating_sub(checks.len()),
            points: checks
                .iter()
                .filter(|check| check.passed())
                .map(|check| check.points)
                .sum(),
            of: checks.iter().map(|check| check.points).sum(),
            checks,
            elapsed_ms,
        }
    }

    /// Whether there were checks and each of them passed.
    pub fn all_hold(&self) -> bool {
        !self.checks.is_empty() && self.checks.iter().all(CheckReport::passed)
    }

    /// The first check that did not pass: the one to work on next.
    pub fn first_failure(&self) -> Option<&CheckReport> {
        self.checks.iter().find(|check| !check.passed())
    }
}

impl CheckReport {
    /// The result of `check`.
    pub(super) fn new(check: &Check, outcome: Outcome, output: String, elapsed_ms: u64) -> Self {
        Self {
            name: check.name.to_owned(),
            rule: check.rule.to_owned(),
            points: check.points,
            outcome,
            output,
            elapsed_ms,
        }
    }

    /// Whether the check ran to its end and found nothing wrong.
    pub fn passed(&self) -> bool {
        self.outcome == Outcome::Passed
    }
}

impl From<Reason> for Outcome {
    fn from(reason: Reason) -> Self {
        Self::Failed { reason }
    }
}
