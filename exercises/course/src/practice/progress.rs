//! What a learner has done: best results and hints seen, by exercise id.
//!
//! Kept as JSON in `.course/progress.json`, outside the files that git tracks. A file
//! that cannot be read is kept aside and rebuilt ([`mod@file`]); what this version of the
//! course does not know is carried along ([`document`]); two records become one by
//! the best of both ([`values`]).

pub(crate) mod document;
pub(crate) mod file;
mod salvage;
mod values;

use std::collections::BTreeMap;

use anyhow::Context;
use exercises::grade::Report;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub(crate) use super::files::replace;
use super::keeping::ids::Ids;
use super::keeping::lock::Lock;
use super::workspace::Workspace;
use document::Document;

/// A learner's progress.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Progress {
    /// By exercise id.
    pub(crate) exercises: BTreeMap<String, Entry>,
    /// The same when it was read; what differs is what this command changed.
    #[serde(skip)]
    read: BTreeMap<String, Entry>,
}

/// Progress on one exercise.
///
/// A number or a yes may only ever get better: of two records, the greater number and
/// the yes are kept. A field that starts with `n_` is a count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Entry {
    /// Most points of any check so far.
    pub(crate) best_points: u32,
    /// Whether every rule held once.
    pub(crate) solved: bool,
    /// Whether an exercise that builds on it was solved when the chapter was tested out of.
    pub(crate) tested_out: bool,
    /// Whether the reference was shown before it was solved.
    pub(crate) solution_seen: bool,
    /// How many times it was checked.
    pub(crate) n_checked: u32,
    /// Names of the checks that failed last time, in the catalog's order.
    pub(crate) last_failed: Vec<String>,
    /// How many hints were shown, by name of the check.
    pub(crate) hints_shown: BTreeMap<String, usize>,
}

impl Entry {
    /// How many hints were shown, of all checks.
    pub(crate) fn n_hints_shown(&self) -> u32 {
        let n_hints = self.hints_shown.values().sum::<usize>();
        u32::try_from(n_hints).unwrap_or(u32::MAX)
    }
}

impl Progress {
    /// Reads the progress of a clone or a learner's folder; none is kept before the
    /// first check.
    ///
    /// # Errors
    ///
    /// When a file is there and can neither be read nor be put aside.
    pub(crate) fn load(workspace: &Workspace) -> anyhow::Result<Self> {
        Ok(Self::of_document(&file::load(
            workspace,
            &Ids::of_catalog(),
        )?))
    }

    fn of_document(document: &Document) -> Self {
        let exercises = document.entries();
        Self {
            read: exercises.clone(),
            exercises,
        }
    }

    /// Writes what changed since the progress was read: whole, or not at all. What other
    /// commands wrote meanwhile stays, and is in `self` afterwards.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written to.
    pub(crate) fn save(&mut self, workspace: &Workspace) -> anyhow::Result<()> {
        let mut changes = Vec::new();
        for (id, entry) in &self.exercises {
            let before = self.read.get(id);
            if before != Some(entry) {
                changes.push((id, before.map(fields).transpose()?, fields(entry)?));
            }
        }
        let lock = Lock::take(workspace)?;
        let document = file::change(workspace, &Ids::of_catalog(), &lock, |document| {
            for (id, before, after) in changes {
                let records = document.exercises_mut();
                let record = records.entry(id).or_insert_with(|| Map::new().into());
                if let Value::Object(record) = record {
                    values::bring_in(record, &before.unwrap_or_default(), &after);
                }
            }
        })?;
        *self = Self::of_document(&document);
        Ok(())
    }

    /// What is known of an exercise.
    pub(crate) fn of(&self, id: &str) -> Entry {
        self.exercises.get(id).cloned().unwrap_or_default()
    }

    /// Takes a report of all of an exercise's checks into account.
    pub(crate) fn record(&mut self, report: &Report) {
        let entry = self.exercises.entry(report.exercise.clone()).or_default();
        entry.best_points = entry.best_points.max(report.points);
        entry.solved |= report.all_hold();
        entry.n_checked += 1;
        let failed = report.checks.iter().filter(|check| !check.passed());
        entry.last_failed = failed.map(|check| check.name.clone()).collect();
    }
}

fn fields(entry: &Entry) -> anyhow::Result<Map<String, Value>> {
    match serde_json::to_value(entry).context("progress can be written as JSON")? {
        Value::Object(fields) => Ok(fields),
        _ => anyhow::bail!("a record of progress is an object"),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn workspace() -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let workspace = Workspace::at(folder.path());
        (folder, workspace)
    }

    fn report(points: u32, outcome: &str) -> Report {
        let check = format!(
            r#"{{"name": "wraps", "rule": "", "points": 2, "outcome": {outcome}, "output": "", "elapsed_ms": 0}}"#
        );
        let text = format!(
            r#"{{"exercise": "hash_ring", "title": "", "seed": 0, "isolation": "process", "checks": [{check}],
                "left_out": 0, "points": {points}, "of": 2, "elapsed_ms": 0}}"#
        );
        serde_json::from_str(&text).expect("a report")
    }

    #[test]
    fn the_best_result_stays_when_a_later_one_is_worse() {
        let mut progress = Progress::default();
        progress.record(&report(2, r#"{"status": "passed"}"#));
        progress.record(&report(
            0,
            r#"{"status": "failed", "reason": {"kind": "stack-overflow"}}"#,
        ));
        let entry = progress.of("hash_ring");
        assert_eq!(
            (entry.best_points, entry.solved, entry.n_checked),
            (2, true, 2)
        );
        assert_eq!(entry.last_failed, ["wraps"]);
    }

    #[test]
    fn what_is_saved_is_what_is_loaded() {
        let (_folder, workspace) = workspace();
        let mut progress = Progress::default();
        progress.record(&report(2, r#"{"status": "passed"}"#));
        progress.save(&workspace).expect("saved");
        assert_eq!(Progress::load(&workspace).expect("loaded"), progress);
        progress.record(&report(2, r#"{"status": "passed"}"#));
        progress.save(&workspace).expect("saved again");
        assert_eq!(progress.of("hash_ring").n_checked, 2);
    }

    #[test]
    fn a_file_of_before_versions_is_read() {
        let (_folder, workspace) = workspace();
        let text = r#"{"exercises": {"hash_ring": {"best_points": 2, "solved": true,
            "n_checked": 3, "last_failed": [], "hints_shown": {"wraps": 1}}}}"#;
        let path = workspace.progress_folder().join(file::FILE);
        replace(&path, text.as_bytes()).expect("written");
        let mut progress = Progress::load(&workspace).expect("loaded");
        assert_eq!(progress.of("hash_ring").hints_shown["wraps"], 1);
        progress.record(&report(0, r#"{"status": "passed"}"#));
        progress.save(&workspace).expect("saved");
        let saved: Value = serde_json::from_slice(&fs::read(path).expect("there")).expect("JSON");
        assert_eq!(saved["version"], 1);
        assert_eq!(saved["exercises"]["hash_ring"]["n_checked"], 4);
    }

    #[test]
    fn commands_at_the_same_time_lose_none_of_their_records() {
        let (_folder, workspace) = workspace();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..10 {
                        let mut progress = Progress::load(&workspace).expect("loaded");
                        progress.record(&report(2, r#"{"status": "passed"}"#));
                        progress.save(&workspace).expect("saved");
                    }
                });
            }
        });
        let entry = Progress::load(&workspace).expect("loaded").of("hash_ring");
        assert_eq!(entry.n_checked, 40);
    }

    #[test]
    fn a_damaged_file_is_kept_aside() {
        let (_folder, workspace) = workspace();
        let folder = workspace.progress_folder();
        for n in 1..=2 {
            replace(&folder.join(file::FILE), format!("damaged {n}").as_bytes()).expect("written");
            let loaded = Progress::load(&workspace).expect("started anew");
            assert_eq!(loaded, Progress::default());
            let aside = fs::read_to_string(folder.join(format!("progress-unreadable-{n}.json")));
            assert_eq!(aside.expect("kept"), format!("damaged {n}"));
        }
    }
}
