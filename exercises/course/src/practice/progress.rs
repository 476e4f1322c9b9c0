//! What a learner has done: best results and hints seen, by exercise id.
//!
//! Kept as JSON in `.course/progress.json`. A file that cannot be read is put
//! aside, never overwritten; entries of exercises that this version of the
//! catalog does not know are kept.

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use exercises::grade::Report;
use serde::{Deserialize, Serialize};

use super::workspace::Workspace;

const FILE: &str = "progress.json";

/// A learner's progress.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Progress {
    /// By exercise id.
    pub(crate) exercises: BTreeMap<String, Entry>,
}

/// Progress on one exercise.
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
    /// Reads the progress of a clone; none is kept before the first check.
    ///
    /// # Errors
    ///
    /// When a file is there and can neither be read nor be put aside.
    pub(crate) fn load(workspace: &Workspace) -> anyhow::Result<Self> {
        let path = workspace.progress_folder().join(FILE);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => {
                return Err(error).with_context(|| format!("{} cannot be read", path.display()));
            }
        };
        match serde_json::from_slice(&text) {
            Ok(progress) => Ok(progress),
            Err(error) => {
                let aside = keep(
                    &workspace.progress_folder(),
                    "progress-unreadable",
                    "json",
                    &text,
                )?;
                eprintln!(
                    "warning: {} is damaged ({error}); it is kept as {}, and progress starts anew",
                    path.display(),
                    aside.display(),
                );
                Ok(Self::default())
            }
        }
    }

    /// Writes the progress: whole, or not at all.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written to.
    pub(crate) fn save(&self, workspace: &Workspace) -> anyhow::Result<()> {
        let path = workspace.progress_folder().join(FILE);
        let text = serde_json::to_vec_pretty(self).context("progress can be written as JSON")?;
        replace(&path, &text)
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

/// Replaces a file's content whole: a reader, or a crash, meets the old or the new.
pub(crate) fn replace(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    let attempt = || -> anyhow::Result<()> {
        let folder = path.parent().context("the path has no folder")?;
        fs::create_dir_all(folder)?;
        let mut file = readable_by_others(&mut tempfile::Builder::new()).tempfile_in(folder)?;
        file.write_all(content)?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    attempt().with_context(|| {
        format!("{} cannot be written; check the disk's space and the folder's permissions, then run the command again", path.display())
    })
}

/// With the permissions of any file, where temporary files are the owner's alone.
fn readable_by_others<'b>(
    builder: &'b mut tempfile::Builder<'b, 'b>,
) -> &'b mut tempfile::Builder<'b, 'b> {
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

/// Keeps content under the first free of the names `STEM-1.EXT`, `STEM-2.EXT`, ...
pub(crate) fn keep(
    folder: &Path,
    stem: &str,
    extension: &str,
    content: &[u8],
) -> anyhow::Result<PathBuf> {
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    for n in 1_u32.. {
        let path = folder.join(format!("{stem}-{n}.{extension}"));
        // `create_new` decides and claims in one step, so that nothing is overwritten
        // even if two commands run at once.
        match fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
        {
            Ok(mut file) => {
                let written = file.write_all(content).and_then(|()| file.sync_all());
                written.with_context(|| format!("{} cannot be written", path.display()))?;
                return Ok(path);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => {
                return Err(error).with_context(|| format!("{} cannot be made", path.display()));
            }
        }
    }
    anyhow::bail!(
        "{} holds every `{stem}-N.{extension}` already",
        folder.display()
    )
}

#[cfg(test)]
mod tests {
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
    }

    #[test]
    fn a_damaged_file_is_kept_aside() {
        let (_folder, workspace) = workspace();
        let folder = workspace.progress_folder();
        for n in 1..=2 {
            replace(&folder.join(FILE), format!("damaged {n}").as_bytes()).expect("written");
            assert_eq!(
                Progress::load(&workspace).expect("started anew"),
                Progress::default()
            );
            let aside = fs::read_to_string(folder.join(format!("progress-unreadable-{n}.json")));
            assert_eq!(aside.expect("kept"), format!("damaged {n}"));
        }
    }
}
