//! What became of one submission, as it is kept between two runs.
//!
//! `OUT/results/LEARNER/ID.json`, written whole as soon as there is a result. The next
//! run takes it over if everything that the grade depends on is the same.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use exercises::catalog::Exercise;
use exercises::grade::{Outcome as CheckOutcome, Reason, Report, Seed};
use serde::{Deserialize, Serialize};

use crate::grading::Graded;
use crate::session::files::write_in_one_piece;

/// All that a grade depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Basis {
    /// SHA-256 of the learner's file.
    pub(super) sha256: String,
    /// Seed of the random inputs.
    pub(super) seed: Seed,
    /// Version of the course.
    pub(super) course: String,
    /// Hash of what it was graded with: the crate, the compiler, this program.
    pub(super) grader: String,
}

/// What became of one submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// The learner's folder, for people.
    pub(super) learner: String,
    /// Id of the exercise.
    pub(super) exercise: String,
    /// Path of the file below the learner's folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<String>,
    /// None where no file was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) basis: Option<Basis>,
    /// How it went.
    pub(super) entry: Entry,
}

/// How it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "kebab-case")]
pub(super) enum Entry {
    Graded(Box<Report>),
    DoesNotCompile {
        exercise: String,
        messages: String,
    },
    /// What was handed in is not read.
    Refused {
        why: String,
    },
    Missing,
    /// The grader failed; this says nothing about the submission.
    NotGraded {
        why: String,
    },
}

impl From<Graded> for Entry {
    fn from(graded: Graded) -> Self {
        match graded {
            Graded::Graded(report) => Self::Graded(report),
            Graded::DoesNotCompile { exercise, messages } => {
                Self::DoesNotCompile { exercise, messages }
            }
        }
    }
}

impl Entry {
    /// The word for it in tables.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Graded(_) => "graded",
            Self::DoesNotCompile { .. } => "does not compile",
            Self::Refused { .. } => "refused",
            Self::Missing => "missing",
            Self::NotGraded { .. } => "not graded",
        }
    }

    pub(super) fn report(&self) -> Option<&Report> {
        match self {
            Self::Graded(report) => Some(report),
            _ => None,
        }
    }

    pub(super) fn points(&self) -> u32 {
        self.report().map_or(0, |report| report.points)
    }

    /// Whether the same submission would get the same again.
    fn is_final(&self) -> bool {
        let is_started = |outcome: &CheckOutcome| {
            !matches!(
                outcome,
                CheckOutcome::Failed {
                    reason: Reason::NotStarted { .. }
                }
            )
        };
        match self {
            Self::Graded(report) => report.checks.iter().all(|check| is_started(&check.outcome)),
            Self::DoesNotCompile { .. } => true,
            Self::Refused { .. } | Self::Missing | Self::NotGraded { .. } => false,
        }
    }
}

impl Record {
    /// Where the record of a learner, by key, is kept below the output folder.
    pub(super) fn place(key: &str, exercise: &Exercise) -> PathBuf {
        PathBuf::from("results")
            .join(key)
            .join(format!("{}.json", exercise.id))
    }

    /// The record of an earlier run, if its grade holds for this basis. A file that
    /// cannot be read is no record: what it was is graded again.
    pub(super) fn load(path: &Path, basis: &Basis) -> Option<Self> {
        let text = fs::read(path).ok()?;
        let record: Self = serde_json::from_slice(&text).ok()?;
        let fits = record.basis.as_ref() == Some(basis) && record.entry.is_final();
        fits.then_some(record)
    }

    /// Writes the record: whole, or not at all.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written to.
    pub(super) fn save(&self, path: &Path) -> anyhow::Result<()> {
        let text = serde_json::to_string_pretty(self).context("a record can be written as JSON")?;
        write_in_one_piece(path, &text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basis() -> Basis {
        Basis {
            sha256: "00".repeat(32),
            seed: 7,
            course: "1.2.3".to_owned(),
            grader: "ab".to_owned(),
        }
    }

    fn record(entry: Entry) -> Record {
        Record {
            learner: "ann".to_owned(),
            exercise: "hash_ring".to_owned(),
            file: Some("hash_ring.rs".to_owned()),
            basis: Some(basis()),
            entry,
        }
    }

    fn report(outcome: &str) -> Report {
        let check = format!(
            r#"{{"name": "wraps", "rule": "", "points": 2, "outcome": {outcome}, "output": "", "elapsed_ms": 0}}"#
        );
        let text = format!(
            r#"{{"exercise": "hash_ring", "title": "", "seed": 18446744073709551615, "isolation": "sealed",
                "checks": [{check}], "left_out": 0, "points": 2, "of": 2, "elapsed_ms": 0}}"#
        );
        serde_json::from_str(&text).expect("a report")
    }

    /// Whether a record is taken over by a run with this basis.
    fn is_kept(entry: Entry, basis: &Basis) -> bool {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let path = folder.path().join("results/ann/hash_ring.json");
        let record = record(entry);
        record.save(&path).expect("saved");
        let found = Record::load(&path, basis);
        assert!(found.as_ref().is_none_or(|found| *found == record));
        found.is_some()
    }

    #[test]
    fn a_grade_is_taken_over_only_if_all_that_it_depends_on_is_the_same() {
        let passed = || Entry::Graded(Box::new(report(r#"{"status": "passed"}"#)));
        assert!(is_kept(passed(), &basis()));
        let others = [
            Basis {
                sha256: String::new(),
                ..basis()
            },
            Basis { seed: 8, ..basis() },
            Basis {
                course: String::new(),
                ..basis()
            },
            Basis {
                grader: String::new(),
                ..basis()
            },
        ];
        for other in others {
            assert!(!is_kept(passed(), &other), "{other:?}");
        }
    }

    #[test]
    fn what_is_no_fault_of_the_submission_is_tried_again() {
        let not_started =
            r#"{"status": "failed", "reason": {"kind": "not-started", "error": "no memory"}}"#;
        assert!(!is_kept(
            Entry::Graded(Box::new(report(not_started))),
            &basis()
        ));
        let why = || "no disk".to_owned();
        assert!(!is_kept(Entry::NotGraded { why: why() }, &basis()));
        assert!(!is_kept(Entry::Refused { why: why() }, &basis()));
        let exercise = "hash_ring".to_owned();
        assert!(is_kept(
            Entry::DoesNotCompile {
                exercise,
                messages: why()
            },
            &basis()
        ));
    }

    #[test]
    fn half_a_record_is_none() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let path = folder.path().join("ring.json");
        let text = serde_json::to_string(&record(Entry::Missing)).expect("JSON");
        fs::write(&path, &text[..text.len() / 2]).expect("written");
        assert_eq!(Record::load(&path, &basis()), None);
    }
}
