//! Where in a cell a panic happened.
//!
//! A panic names a line of the file that evcxr generated around the cell. evcxr copies a
//! cell's lines into it unchanged, though in pieces, so the line is found again by its
//! text, and by the lines before it where the same text occurs twice.

use crate::channel::Panic;

/// What evcxr calls the file that it generates.
const GENERATED: &str = "src/lib.rs";

/// Lines for the traceback: the place of the panic, and its line.
pub(super) fn describe(panic: &Panic, generated: &str, cell: &str, count: usize) -> Vec<String> {
    let Panic {
        message,
        file,
        line,
    } = panic;
    let mut lines = Vec::new();
    if file.is_empty() {
        return lines;
    }
    if file != GENERATED {
        lines.push(format!("  --> {file}:{line}"));
    } else if let Some(found) = find_line(generated, *line, cell) {
        let text = cell.lines().nth(found - 1).unwrap_or_default();
        lines.push(format!("  --> cell {count}, line {found}"));
        lines.push(format!("{found:>4} | {text}"));
    } else {
        let text = generated.lines().nth(line.saturating_sub(1));
        lines.push("  --> the code of an earlier cell".to_owned());
        lines.push(format!("     | {}", text.unwrap_or_default()));
    }
    tracing::debug!(message, file, line, "a panic was described");
    lines
}

/// The line of the cell (from 1) that became line `line` of the generated file.
///
/// # Time complexity
///
/// O(c²) in the lines of the cell, where all of them are equal; O(c) as a rule.
fn find_line(generated: &str, line: usize, cell: &str) -> Option<usize> {
    let generated: Vec<&str> = generated.lines().map(str::trim).take(line).collect();
    if generated.len() < line {
        return None;
    }
    let cell: Vec<&str> = cell.lines().map(str::trim).collect();
    let agreement = |index: usize| {
        let before = cell[..=index].iter().rev();
        before
            .zip(generated.iter().rev())
            .take_while(|(wanted, there)| are_one_line(wanted, there))
            .count()
    };
    let best = (0..cell.len()).max_by_key(|&index| (agreement(index), std::cmp::Reverse(index)))?;
    (agreement(best) > 0).then_some(best + 1)
}

/// Either may be longer: evcxr puts an expression into a call, and breaks a line between
/// two statements.
fn are_one_line(in_cell: &str, in_file: &str) -> bool {
    let is_part = |part: &str, whole: &str| !part.is_empty() && whole.contains(part);
    is_part(in_cell, in_file) || is_part(in_file, in_cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(cell: &str, generated: &str, line: usize, expected: Expect) {
        let panic = Panic {
            message: "boom".to_owned(),
            file: GENERATED.to_owned(),
            line,
        };
        let lines = describe(&panic, generated, cell, 7);
        // The first line is not indented, or `expect!` would cut the indent off.
        expected.assert_eq(&format!("boom\n{}", lines.join("\n")));
    }

    #[test]
    fn a_line_is_found_by_its_text() {
        check(
            "let a = 1;\npanic!(\"boom\");",
            "fn x() {\nlet a = 1;\n(panic!(\"boom\");\n}",
            3,
            expect![[r#"
                boom
                  --> cell 7, line 2
                   2 | panic!("boom");"#]],
        );
    }

    #[test]
    fn a_statement_is_found_on_a_line_with_others() {
        check(
            "let a = 1; panic!(\"boom\");",
            "{\nlet a = 1; \npanic!(\"boom\");\n}",
            3,
            expect![[r#"
                boom
                  --> cell 7, line 1
                   1 | let a = 1; panic!("boom");"#]],
        );
    }

    #[test]
    fn equal_lines_are_told_apart_by_the_lines_before() {
        check(
            "let v = 1;\ncheck(v);\nlet w = 2;\ncheck(v);",
            "{\nlet v = 1;\ncheck(v);\nlet w = 2;\ncheck(v);\n}",
            5,
            expect![[r#"
                boom
                  --> cell 7, line 4
                   4 | check(v);"#]],
        );
    }

    #[test]
    fn code_of_an_earlier_cell_is_shown_as_such() {
        check(
            "f();",
            "fn f() {\n    panic!()\n}\nf();",
            2,
            expect![[r#"
                boom
                  --> the code of an earlier cell
                     |     panic!()"#]],
        );
    }
}
