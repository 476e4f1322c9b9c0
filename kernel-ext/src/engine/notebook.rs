//! The notebook that the kernel is for: what its first cells are.

use super::statements::commands;
use serde::Deserialize;
use std::fs;
use std::path::Path;

/// The longest notebook, in bytes, that is read; its outputs may be large.
const MAX_BYTES: u64 = 64 << 20;

/// How many cells count as its beginning: what they use, all others use as well.
const OPENING_CELLS: usize = 4;

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

/// The code cells that the notebook begins with, from the first that adds a dependency on;
/// none where there is no such cell, or no notebook to be read.
pub(super) fn opening(path: &Path) -> Vec<String> {
    if fs::metadata(path).is_ok_and(|metadata| metadata.len() > MAX_BYTES) {
        return Vec::new();
    }
    let text = fs::read_to_string(path);
    text.map_or_else(|_| Vec::new(), |text| opening_of(&text))
}

fn opening_of(notebook: &str) -> Vec<String> {
    let Ok(notebook) = serde_json::from_str::<Notebook>(notebook) else {
        return Vec::new();
    };
    let cells = notebook.cells.into_iter();
    let cells = cells.filter(|cell| cell.cell_type == "code");
    let texts = cells.map(|cell| match cell.source {
        Text::Whole(text) => text,
        Text::Lines(lines) => lines.concat(),
    });
    let texts = texts.skip_while(|text| dependency_lines(text).is_empty());
    texts.take(OPENING_CELLS).collect()
}

/// The `:dep` lines of a cell, with their ends.
pub(super) fn dependency_lines(cell: &str) -> String {
    let lines = commands(cell).lines().map(str::trim_start);
    let lines = lines.filter(|line| line.starts_with(":dep "));
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notebook_begins_with_its_first_dependency() {
        let notebook = r##"{"nbformat": 4, "metadata": {}, "cells": [
            {"cell_type": "markdown", "source": ":dep no"},
            {"cell_type": "code", "source": ["let n = 1;\n", "n"], "outputs": []},
            {"cell_type": "code", "source": ["// crates\n", ":dep rand = \"0.9\"\n", "  :dep a"]},
            {"cell_type": "code", "source": ":dep later"}]}"##;
        let found = opening_of(notebook);
        assert_eq!(
            found,
            ["// crates\n:dep rand = \"0.9\"\n  :dep a", ":dep later"]
        );
        assert_eq!(dependency_lines(&found[0]), ":dep rand = \"0.9\"\n:dep a\n");
    }

    #[test]
    fn what_is_no_notebook_has_no_beginning() {
        assert!(opening_of("# Notes").is_empty());
        assert!(opening_of(r#"{"cells": []}"#).is_empty());
    }
}
