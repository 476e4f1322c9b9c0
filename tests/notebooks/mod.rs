//! The notebooks: they run, they show what is committed, and they grade.
//!
//! Everything here goes through the course's own command, nbclient and the real
//! kernel. What the comparison itself does is tested in the package `course`.

mod files;
mod runs;

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::fixture::course::root;

/// A committed notebook.
struct Notebook {
    path: PathBuf,
    json: Value,
}

impl Notebook {
    /// `28-consistent-hashing`.
    fn name(&self) -> String {
        stem(&self.path)
    }

    fn code_cells(&self) -> impl Iterator<Item = &Value> {
        self.json["cells"]
            .as_array()
            .expect("a notebook has cells")
            .iter()
            .filter(|cell| cell["cell_type"] == "code")
    }

    /// The code cell with this tag.
    #[track_caller]
    fn tagged(&self, tag: &str) -> &Value {
        let has_tag = |cell: &&Value| {
            cell["metadata"]["tags"]
                .as_array()
                .is_some_and(|tags| tags.iter().any(|found| found == tag))
        };
        self.code_cells()
            .find(has_tag)
            .unwrap_or_else(|| panic!("{} has no cell with the tag `{tag}`", self.name()))
    }
}

/// The files of `notebooks/` with this extension, in order.
fn files(extension: &str) -> Vec<PathBuf> {
    let folder = root().join("notebooks");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("the folder can be listed")
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    files
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// All committed notebooks.
#[track_caller]
fn committed() -> Vec<Notebook> {
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a notebook is UTF-8");
        let json = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Notebook { path, json }
    };
    files("ipynb").into_iter().map(read).collect()
}

/// Text that the format may hold as a list of lines.
fn joined(text: &Value) -> String {
    match text {
        Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
        text => text.as_str().unwrap_or_default().to_owned(),
    }
}

/// What a cell shows to a reader of plain text.
fn plain(cell: &Value) -> String {
    let outputs = cell["outputs"].as_array().into_iter().flatten();
    outputs
        .map(|output| joined(&output["text"]) + &joined(&output["data"]["text/plain"]))
        .collect()
}
