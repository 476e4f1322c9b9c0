//! The notebook that the kernel was started for, where the front end says which.

use serde::Deserialize;
use std::path::Path;

/// Environment variable: the notebook's path; jupyter_server sets it for each kernel.
const NAME_VAR: &str = "JPY_SESSION_NAME";

/// The longest notebook, in bytes, that is read; its outputs may be large.
const MAX_BYTES: u64 = 64 << 20;

#[derive(Debug, Deserialize)]
struct Notebook {
    cells: Vec<Cell>,
}

#[derive(Debug, Deserialize)]
struct Cell {
    cell_type: String,
    source: Text,
}

/// Lines with their ends, or all in one, as nbformat has it.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Text {
    Whole(String),
    Lines(Vec<String>),
}

/// The `:dep` lines that the notebook has first, with their ends; `None` where there is no
/// notebook to be read, or none in it.
pub(crate) fn dependencies() -> Option<String> {
    let path = std::env::var_os(NAME_VAR)?;
    let path = Path::new(&path);
    if std::fs::metadata(path).ok()?.len() > MAX_BYTES {
        return None;
    }
    first_dependencies(&std::fs::read_to_string(path).ok()?)
}

fn first_dependencies(notebook: &str) -> Option<String> {
    let notebook: Notebook = serde_json::from_str(notebook).ok()?;
    let cells = notebook.cells.into_iter();
    let mut cells = cells.filter(|cell| cell.cell_type == "code");
    cells.find_map(|cell| {
        let text = match cell.source {
            Text::Whole(text) => text,
            Text::Lines(lines) => lines.concat(),
        };
        let lines = dependency_lines(&text);
        (!lines.is_empty()).then_some(lines)
    })
}

/// The `:dep` lines of a cell, with their ends.
pub(crate) fn dependency_lines(cell: &str) -> String {
    let lines = cell.lines().map(str::trim_start);
    let lines = lines.filter(|line| line.starts_with(":dep "));
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_cell_with_dependencies_counts() {
        let notebook = r##"{"nbformat": 4, "metadata": {}, "cells": [
            {"cell_type": "markdown", "source": ":dep no"},
            {"cell_type": "code", "source": ["let n = 1;\n", "n"], "outputs": []},
            {"cell_type": "code", "source": ["// crates\n", ":dep rand = \"0.9\"\n", "  :dep a"]},
            {"cell_type": "code", "source": ":dep later"}]}"##;
        let found = first_dependencies(notebook);
        assert_eq!(found.as_deref(), Some(":dep rand = \"0.9\"\n:dep a\n"));
    }

    #[test]
    fn what_is_no_notebook_has_none() {
        assert_eq!(first_dependencies("# Notes"), None);
        assert_eq!(first_dependencies(r#"{"cells": []}"#), None);
    }
}
