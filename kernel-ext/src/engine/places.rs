//! Which line of which cell a line of generated code comes from.
//!
//! evcxr generates a file around each cell, and copies the functions of earlier cells into
//! it. It copies lines unchanged, though in pieces, so a line is found again by its text,
//! and by the lines before it where the same text occurs twice. The supervisor keeps each
//! file beside the library that it was compiled to.

use super::rewrite;
use crate::channel::SOURCE_EXTENSION;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// What stands on the line before the value of a cell: evcxr's call that displays it, or the
/// kernel's own words.
const DISPLAYS: [&str; 2] = ["evcxr_send_text_plain(", rewrite::BEFORE_VALUE];

/// The cells so far, and what they were compiled to.
#[derive(Debug, Default)]
pub(super) struct Places {
    cells: Vec<Past>,
    /// How many cells there were when a library was loaded.
    libraries: HashMap<PathBuf, usize>,
    latest: PathBuf,
}

#[derive(Debug)]
struct Past {
    count: usize,
    code: String,
}

/// A line of a cell.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The cell's execution count.
    pub(super) count: usize,
    /// From 1.
    pub(super) line: usize,
    pub(super) text: String,
}

impl Places {
    /// A cell begins.
    pub(super) fn begin(&mut self, count: usize, code: &str) {
        let code = code.to_owned();
        self.cells.push(Past { count, code });
    }

    /// The latest cell has been compiled to a library.
    pub(super) fn loaded(&mut self, library: &str) {
        self.latest = PathBuf::from(library);
        self.libraries.insert(self.latest.clone(), self.cells.len());
    }

    /// The library that was loaded last.
    pub(super) fn latest(&self) -> &Path {
        &self.latest
    }

    /// The count of the cell that a library was compiled for.
    pub(super) fn owner(&self, library: &Path) -> Option<usize> {
        let cells = self.libraries.get(library)?;
        self.cells[..*cells].last().map(|cell| cell.count)
    }

    /// Where line `line`, from 1, of the source of a library comes from.
    ///
    /// # Time complexity
    ///
    /// O(g + c · a) for a file of g lines, c lines of cells, and a that agree before
    /// each; few do.
    pub(super) fn find(&self, library: &Path, line: usize) -> Option<Place> {
        let source = std::fs::read_to_string(library.with_extension(SOURCE_EXTENSION)).ok()?;
        let cells = &self.cells[..*self.libraries.get(library)?];
        let displays = source.lines().nth(line.checked_sub(1)?)?;
        // The last expression stands below the call that displays it.
        let is_before = DISPLAYS.iter().any(|start| displays.starts_with(start));
        let line = line + usize::from(is_before);
        let generated: Vec<&str> = source.lines().map(str::trim).take(line).collect();
        // The newest first: of equal ones, evcxr has kept that.
        let found = cells
            .iter()
            .rev()
            .map(|cell| (best(&generated, cell), cell));
        let ((agreement, index), cell) =
            found.reduce(|first, next| if next.0.0 > first.0.0 { next } else { first })?;
        (agreement > 0).then(|| Place {
            count: cell.count,
            line: index + 1,
            text: cell.code.lines().nth(index).unwrap_or_default().to_owned(),
        })
    }
}

/// How many lines agree with the end of `generated`, and the last of them, from 0.
fn best(generated: &[&str], cell: &Past) -> (usize, usize) {
    let lines: Vec<&str> = cell.code.lines().map(str::trim).collect();
    let agreement = |index: usize| {
        let before = lines[..=index].iter().rev();
        before
            .zip(generated.iter().rev())
            .take_while(|(wanted, there)| are_one_line(wanted, there))
            .count()
    };
    let found = (0..lines.len()).map(|index| (agreement(index), index));
    found
        .max_by_key(|&(agreement, index)| (agreement, std::cmp::Reverse(index)))
        .unwrap_or_default()
}

/// Either may be longer: evcxr puts an expression into a call, and breaks a line between
/// two statements.
fn are_one_line(in_cell: &str, in_file: &str) -> bool {
    // A brace or a short name is part of many lines that have nothing to do with it.
    const TELLING: usize = 4;
    let is_part = |part: &str, whole: &str| part.len() >= TELLING && whole.contains(part);
    let is_same = !in_cell.is_empty() && in_cell == in_file;
    is_same || is_part(in_cell, in_file) || is_part(in_file, in_cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    /// The cells, numbered from 7; the last is compiled to `generated`.
    #[track_caller]
    fn check(cells: &[&str], generated: &str, line: usize, expected: Expect) {
        let directory = tempfile::tempdir().unwrap();
        let library = directory.path().join("libcode_1.so");
        std::fs::write(library.with_extension(SOURCE_EXTENSION), generated).unwrap();
        let mut places = Places::default();
        for (count, code) in (7..).zip(cells) {
            places.begin(count, code);
        }
        places.loaded(library.to_str().unwrap());
        // A later cell is never meant.
        places.begin(99, generated);
        let found = places.find(&library, line).map_or_else(
            || "nowhere".to_owned(),
            |Place { count, line, text }| format!("cell {count}, line {line}: {text}"),
        );
        expected.assert_eq(&found);
    }

    #[test]
    fn a_line_is_found_by_its_text() {
        check(
            &["let a = 1;\npanic!(\"boom\");"],
            "fn x() {\nlet a = 1;\n(panic!(\"boom\");\n}",
            3,
            expect![[r#"cell 7, line 2: panic!("boom");"#]],
        );
        check(&["f()"], "{\nf()\n}", 2, expect!["cell 7, line 1: f()"]);
    }

    #[test]
    fn a_statement_is_found_on_a_line_with_others() {
        check(
            &["let a = 1; panic!(\"boom\");"],
            "{\nlet a = 1; \npanic!(\"boom\");\n}",
            3,
            expect![[r#"cell 7, line 1: let a = 1; panic!("boom");"#]],
        );
    }

    #[test]
    fn equal_lines_are_told_apart_by_the_lines_before() {
        check(
            &["let v = 1;\ncheck(v);\nlet w = 2;\ncheck(v);"],
            "{\nlet v = 1;\ncheck(v);\nlet w = 2;\ncheck(v);\n}",
            5,
            expect!["cell 7, line 4: check(v);"],
        );
    }

    #[test]
    fn a_function_is_found_in_the_cell_that_defined_it() {
        let generated = "fn f() {\n    panic!()\n}\nf();\npanic!()";
        let cells = ["fn f() {\n    panic!()\n}", "f();\npanic!()"];
        check(
            &cells,
            generated,
            2,
            expect!["cell 7, line 2:     panic!()"],
        );
        check(&cells, generated, 5, expect!["cell 8, line 2: panic!()"]);
    }

    #[test]
    fn of_equal_definitions_the_newest_counts() {
        let cell = "fn f() { panic!() }";
        check(
            &[cell, cell, "f();"],
            "fn f() { panic!() }\nf();",
            1,
            expect!["cell 8, line 1: fn f() { panic!() }"],
        );
    }

    #[test]
    fn the_value_of_a_cell_is_below_the_call_that_displays_it() {
        check(
            &["let n = 1;\nhalf(n)"],
            "let n = 1;\nevcxr_send_text_plain(&format!(\"{:?}\",&(\nhalf(n)\n)));",
            2,
            expect!["cell 7, line 2: half(n)"],
        );
    }

    #[test]
    fn code_of_nobody_is_nowhere() {
        check(&["f();"], "let store = 1;\nf();", 1, expect!["nowhere"]);
        check(
            &["f();\n}"],
            "show(&format!(\"{}\", (",
            1,
            expect!["nowhere"],
        );
    }
}
