//! What grading found: data, for people and for programs.
//!
//! The types serialise with serde; `cargo course check --json` and
//! `cargo test -p exercises --test ID -- --json` print them. How they look in a
//! terminal and in a notebook is in [`super::terminal`] and [`super::html`].

use serde::{Deserialize, Serialize};

use super::check::{Check, Seed};
use super::outcome::Outcome;
use super::walls::{self, Wall};
use crate::catalog::Exercise;

/// Version of the format in which reports are written. It grows when a field goes, or
/// changes its name or meaning; a reader has to ignore fields that it does not know.
///
/// The book's page *Report format* describes it, and a test compares the two.
pub const FORMAT: u32 = 1;

fn format() -> u32 {
    FORMAT
}

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
    /// Version of this format: [`FORMAT`].
    #[serde(default = "format")]
    pub format: u32,
    /// Id of the exercise.
    pub exercise: String,
    /// Its title.
    pub title: String,
    /// The seed from which the random inputs were drawn.
    pub seed: Seed,
    /// What kept the solution apart from the grader.
    pub isolation: Isolation,
    /// Walls that this machine could not put up; see [`super::walls`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_enforced: Vec<Wall>,
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
    /// What is wrong with the solution, where it behaves as a known wrong one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diagnosis: Option<String>,
    /// Where the report comes from; none for one made in a notebook, which is kept
    /// with its outputs and must not differ from run to run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// What a reader is told of a report with [`Provenance::solution_seen`].
pub(super) const AFTER_THE_SOLUTION: &str = "The reference was shown before this was solved.";

/// What kept the solution apart from the grader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Isolation {
    /// A process for each check, behind walls; and the solution was compiled from the
    /// learner's file alone, without the references. The only grade that counts.
    Sealed,
    /// A process for each check, behind walls; the program is the learner's own.
    Process,
    /// A thread for each check, in the notebook's own process.
    Thread,
}

/// Where a report comes from: enough to repeat it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// Version of the course.
    pub course: String,
    /// SHA-256 of the graded file, in hexadecimal.
    pub solution_sha256: String,
    /// What `rustc --version` prints.
    pub toolchain: String,
    /// When it was graded: RFC 3339, in UTC.
    pub graded_at: String,
    /// How many hints the learner had been shown for the exercise; not known for a
    /// submission.
    pub hints_used: Option<u32>,
    /// Whether the learner had the reference shown before every rule held.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub solution_seen: bool,
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
    /// Page and heading of the book that explain the rule, below the book's root:
    /// `28-consistent-hashing.html#virtual-nodes`.
    #[serde(default)]
    pub book: String,
    /// What the solution printed, cut to a readable length; empty in a notebook.
    pub output: String,
    /// Wall-clock time, in milliseconds.
    pub elapsed_ms: u64,
}

impl Report {
    /// Puts the results of some of an exercise's checks together.
    pub(super) fn new(
        exercise: &Exercise,
        seed: Seed,
        isolation: Isolation,
        mut checks: Vec<CheckReport>,
        elapsed_ms: u64,
    ) -> Self {
        let all = (exercise.checks)();
        for report in &mut checks {
            let check = all.iter().find(|check| check.name == report.name);
            report.book = exercise.book_page(check);
        }
        let not_enforced = match isolation {
            Isolation::Thread => Vec::new(),
            _ => walls::missing(),
        };
        Self {
            format: FORMAT,
            exercise: exercise.id.to_owned(),
            title: exercise.title.to_owned(),
            seed,
            isolation,
            not_enforced,
            left_out: all.len().saturating_sub(checks.len()),
            points: checks
                .iter()
                .filter(|check| check.passed())
                .map(|check| check.points)
                .sum(),
            of: checks.iter().map(|check| check.points).sum(),
            checks,
            elapsed_ms,
            diagnosis: None,
            provenance: None,
        }
    }

    /// Whether there were checks and each of them passed.
    pub fn all_hold(&self) -> bool {
        !self.checks.is_empty() && self.checks.iter().all(CheckReport::passed)
    }

    /// Whether the learner had the reference shown before it was solved.
    pub(super) fn is_after_the_solution(&self) -> bool {
        let provenance = self.provenance.as_ref();
        provenance.is_some_and(|provenance| provenance.solution_seen)
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
            book: String::new(),
            output,
            elapsed_ms,
        }
    }

    /// Whether the check ran to its end and found nothing wrong.
    pub fn passed(&self) -> bool {
        self.outcome == Outcome::Passed
    }
}
