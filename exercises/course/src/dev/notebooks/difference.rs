//! What a committed notebook and a fresh run of its source disagree about, for people.

use serde_json::Value;

use super::document::{Notebook, joined};

/// The first ones explain the rest; more would bury them.
const MAX_CELLS: usize = 3;
const MAX_LINES: usize = 4;
/// A figure's line may be thousands of characters long.
const MAX_CHARS: usize = 160;

/// The first differences, each as a paragraph; empty if there are none.
///
/// # Time complexity
///
/// O(size of the notebooks).
pub(super) fn between(committed: Option<&str>, fresh: &Notebook) -> Vec<String> {
    let Some(text) = committed else {
        return vec!["  there is no such file".to_owned()];
    };
    let Some(committed) = Notebook::parse(text) else {
        return vec!["  the file is not a notebook".to_owned()];
    };
    let (committed, fresh) = (committed.comparable(), fresh.comparable());
    let (old, new) = (committed.cells(), fresh.cells());
    let mut differences: Vec<String> = (0..old.len().max(new.len()))
        .filter_map(|index| of_cell(index, old.get(index), new.get(index)))
        .take(MAX_CELLS)
        .collect();
    if differences.is_empty() && committed.to_text() != fresh.to_text() {
        differences.push(
            "  the cells agree, but their ids, tags or the notebook's metadata do not".to_owned(),
        );
    }
    differences
}

fn of_cell(index: usize, old: Option<&Value>, new: Option<&Value>) -> Option<String> {
    let number = index + 1;
    let (old, new) = match (old, new) {
        (Some(old), Some(new)) => (old, new),
        (Some(_), None) => return Some(format!("  cell {number}: only in the file")),
        _ => return Some(format!("  cell {number}: missing from the file")),
    };
    let id = joined(&new["id"]);
    let part = |name: &str, old: Vec<String>, new: Vec<String>| {
        Some(format!(
            "  cell {number} ({id}), {name}:\n{}",
            of_lines(&old, &new)?
        ))
    };
    let of_source = |cell: &Value| joined(&cell["source"]).lines().map(str::to_owned).collect();
    part("source", of_source(old), of_source(new))
        .or_else(|| part("output", outputs(old), outputs(new)))
}

/// The lines of a cell's outputs, each block under its kind.
fn outputs(cell: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    let mut block = |kind: &str, text: &Value| {
        lines.push(format!("[{kind}]"));
        lines.extend(joined(text).lines().map(str::to_owned));
    };
    for output in cell["outputs"].as_array().into_iter().flatten() {
        let kind = joined(&output["output_type"]);
        match output["data"].as_object() {
            Some(data) => data
                .iter()
                .for_each(|(mime, content)| block(&format!("{kind}, {mime}"), content)),
            None if kind == "error" => block(&kind, &output["evalue"]),
            None => block(&joined(&output["name"]), &output["text"]),
        }
    }
    lines
}

/// The first lines that differ; `None` if none does.
fn of_lines(old: &[String], new: &[String]) -> Option<String> {
    if old == new {
        return None;
    }
    let first = old
        .iter()
        .zip(new)
        .take_while(|(old, new)| old == new)
        .count();
    let some = |mark: char, lines: &[String]| -> Vec<String> {
        lines[first..]
            .iter()
            .take(MAX_LINES)
            .map(|line| format!("    {mark} {}", shortened(line)))
            .collect()
    };
    let mut told = vec![format!(
        "    line {}, in the file (-) and now (+):",
        first + 1
    )];
    told.extend(some('-', old));
    told.extend(some('+', new));
    Some(told.join("\n"))
}

fn shortened(line: &str) -> String {
    match line.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{} …", &line[..end]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn notebook(source: &str, printed: &str, tags: Value) -> Notebook {
        let outputs = json!([{ "output_type": "stream", "name": "stdout", "text": printed }]);
        let cell = json!({ "cell_type": "code", "metadata": { "tags": tags }, "source": source,
                           "execution_count": 1, "outputs": outputs });
        Notebook::normal(json!({ "cells": [cell] }), "topic").expect("it is a notebook")
    }

    #[track_caller]
    fn check(committed: &Notebook, fresh: &Notebook, expected: &[&str]) {
        assert_eq!(between(Some(&committed.to_text()), fresh), expected);
    }

    #[test]
    fn the_first_line_that_differs_is_shown_from_both_sides() {
        check(
            &notebook("f()", "one\ntwo\n", json!([])),
            &notebook("f()", "one\n2\n", json!([])),
            &[
                "  cell 1 (cell-1), output:\n    line 3, in the file (-) and now (+):\n    - two\n    + 2",
            ],
        );
    }

    #[test]
    fn a_changed_source_is_told_before_the_output_that_follows_from_it() {
        let differences = between(
            Some(&notebook("f()", "1", json!([])).to_text()),
            &notebook("g()", "2", json!([])),
        );
        assert!(
            differences.len() == 1 && differences[0].contains("source"),
            "{differences:?}"
        );
    }

    #[test]
    fn outputs_of_a_volatile_cell_are_not_compared() {
        let volatile = json!(["volatile"]);
        check(
            &notebook("now()", "12:00", volatile.clone()),
            &notebook("now()", "12:01", volatile),
            &[],
        );
    }

    #[test]
    fn other_tags_are_a_difference() {
        let differences = between(
            Some(&notebook("f()", "", json!([])).to_text()),
            &notebook("f()", "", json!(["grade"])),
        );
        assert!(
            differences.len() == 1 && differences[0].contains("tags"),
            "{differences:?}"
        );
    }

    #[test]
    fn a_missing_or_broken_file_is_a_difference() {
        let fresh = notebook("f()", "", json!([]));
        assert_eq!(between(None, &fresh).len(), 1);
        assert_eq!(between(Some("{"), &fresh).len(), 1);
    }
}
