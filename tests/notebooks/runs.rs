//! Running the notebooks, through nbclient on the real kernel.

use serde_json::Value;

use super::{Notebook, committed, joined, plain, root};
use crate::fixture::course::course_setup;
use crate::fixture::course::{course, said};

/// A right solution of `hash_ring`, other than the course's own reference.
const RIGHT_RING: &str = r#"
struct MyRing {
    hash: RingHash,
    points: std::collections::BTreeSet<(u64, String)>,
}

impl MyRing {
    fn point(&self, server: &str) -> (u64, String) {
        (self.hash.point(server, 0), server.to_owned())
    }
}

impl HashRing for MyRing {
    fn new(hash: RingHash) -> Self {
        Self { hash, points: Default::default() }
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        let is_new = self.points.insert(self.point(server));
        is_new.then_some(()).ok_or_else(|| RingError::duplicate(server))
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        let was_there = self.points.remove(&self.point(server));
        was_there.then_some(()).ok_or_else(|| RingError::unknown(server))
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        let from = (self.hash.key(key), String::new());
        let point = self.points.range(from..).next().or_else(|| self.points.first())?;
        Some(&point.1)
    }
}
"#;

#[test]
fn every_notebook_runs_again_to_what_is_committed() {
    course_setup();
    let output = course(&["dev", "notebooks", "--check"])
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn a_right_ring_in_the_learners_cell_keeps_every_rule_of_the_exercise() {
    let notebooks = committed();
    let notebook = notebooks
        .iter()
        .find(|notebook| notebook.name() == "28-consistent-hashing")
        .expect("it is there");
    // Twice over: a learner runs the cell again after each change.
    let learner = joined(&notebook.tagged("learner")["source"]);
    let grade = joined(&notebook.tagged("grade")["source"]);
    let cells = opening(notebook).chain([learner, grade.clone(), RIGHT_RING.to_owned(), grade]);
    let run = run(cells);
    let last = run.code_cells().last().expect("it has cells");
    let report = plain(last);
    let rules = ::exercises::catalog::find("hash_ring")
        .map(|exercise| (exercise.checks)().len())
        .expect("it is listed");
    assert!(
        report.contains(&format!("{rules} of {rules} rules hold")),
        "{report}"
    );
    assert!(!report.contains("failed"), "{report}");
}

/// The cells that bring in the crate and its names.
fn opening(notebook: &Notebook) -> impl Iterator<Item = String> {
    let sources = notebook.code_cells().map(|cell| joined(&cell["source"]));
    sources.take_while(|source| source.starts_with(":dep") || source.starts_with("use "))
}

/// Runs these cells as a notebook of their own.
#[track_caller]
fn run(cells: impl Iterator<Item = String>) -> Notebook {
    course_setup();
    let folder = tempfile::tempdir().expect("a folder for the source");
    let path = folder.path().join("trial.md");
    let header = "---\njupyter:\n  kernelspec:\n    display_name: Rust\n    language: rust\n    name: rust\n---\n";
    let cells: String = cells
        .map(|source| format!("\n```rust\n{}\n```\n", source.trim()))
        .collect();
    std::fs::write(&path, format!("{header}{cells}")).expect("the source can be written");
    let output = course(&["dev", "notebooks", "--try", &path.to_string_lossy()])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", said(&output));
    let json: Value = serde_json::from_slice(&output.stdout).expect("a notebook is printed");
    Notebook { path, json }
}
