//! The committed table: how many mutants each reference has, and what became of them.
//!
//! One page of the book's contributing part. The row of an exercise that was not tried
//! is taken over from the page as it is.

use std::fmt::Write;

use super::proof::{Fate, Finding};
use super::reasons::{Reason, Reasons};
use super::{tool, trial};

/// The page, from the repository's root.
pub(super) const PAGE: &str = "book/src/figures/graders/mutants.md";

/// What became of the mutants of one exercise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) exercise: String,
    pub(super) n_mutants: usize,
    pub(super) n_out_of_reach: usize,
    pub(super) n_unviable: usize,
    pub(super) n_caught: usize,
    pub(super) n_survived: usize,
    /// See [`super::inputs::hash`].
    pub(super) made_from: String,
}

impl Row {
    /// Counts the findings of an exercise.
    pub(super) fn count(exercise: &str, findings: &[Finding], made_from: String) -> Self {
        let mut row = Self {
            exercise: exercise.to_owned(),
            made_from,
            ..Self::default()
        };
        for finding in findings.iter().filter(|it| it.exercise == exercise) {
            row.n_mutants += 1;
            *match finding.fate {
                Fate::OutOfReach => &mut row.n_out_of_reach,
                Fate::Unviable => &mut row.n_unviable,
                Fate::Caught { .. } => &mut row.n_caught,
                Fate::Survived { .. } => &mut row.n_survived,
            } += 1;
        }
        row
    }

    fn cells(&self) -> [String; 7] {
        [
            format!("`{}`", self.exercise),
            self.n_mutants.to_string(),
            self.n_out_of_reach.to_string(),
            self.n_unviable.to_string(),
            self.n_caught.to_string(),
            self.n_survived.to_string(),
            format!("`{}`", self.made_from),
        ]
    }

    fn parse(line: &str) -> Option<Self> {
        let mut cells = line.strip_prefix("| `")?.split(" | ");
        let exercise = cells.next()?.trim_end_matches('`').to_owned();
        let mut number = || cells.next()?.parse().ok();
        let [n_mutants, n_out_of_reach, n_unviable, n_caught, n_survived] =
            [number()?, number()?, number()?, number()?, number()?];
        let made_from = cells.next()?.trim_matches(['`', ' ', '|']).to_owned();
        Some(Self {
            exercise,
            n_mutants,
            n_out_of_reach,
            n_unviable,
            n_caught,
            n_survived,
            made_from,
        })
    }
}

/// The rows of a page.
pub(super) fn rows(page: &str) -> Vec<Row> {
    page.lines().filter_map(Row::parse).collect()
}

/// The page with these rows and these reasons.
pub(super) fn render(rows: &[Row], reasons: &[Reasons]) -> String {
    let mut page = format!(
        "<!-- Made by `cargo course dev mutants`; do not edit. -->\n\n\
         Changes by cargo-mutants {}, seeds {}. *Made from* is a hash of the reference's and \
         the checks' code.\n\n",
        tool::VERSION,
        trial::SEEDS.map(|seed| seed.to_string()).join(", "),
    );
    page += "| Exercise | Mutants | Out of reach | Unviable | Caught | Survive | Made from |\n\
             |---|--:|--:|--:|--:|--:|---|\n";
    for row in rows {
        let _ = writeln!(page, "| {} |", row.cells().join(" | "));
    }
    page += "\nWhy those that survive are no fault of the checks:\n\n\
             | In | of | a check cannot tell | because |\n|---|---|---|---|\n";
    for reason in reasons.iter().flat_map(|reasons| &reasons.survivor) {
        let _ = writeln!(page, "{}", reason.as_row());
    }
    page
}

impl Reason {
    fn as_row(&self) -> String {
        let exercises: Vec<String> = self.exercises.iter().map(|id| code(id)).collect();
        let becomes: Vec<String> = self.becomes.iter().map(|line| code(line)).collect();
        format!(
            "| {} of `{}` | {} | {} | {} |",
            code(&self.function),
            self.file,
            exercises.join(", "),
            becomes.join("<br>"),
            self.reason.trim(),
        )
    }
}

/// Code in a cell of a table, where a bar would end the cell.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_as_they_are_written() {
        let row = |exercise: &str, n_mutants| Row {
            exercise: exercise.to_owned(),
            n_mutants,
            n_out_of_reach: 1,
            n_unviable: 2,
            n_caught: 3,
            n_survived: 4,
            made_from: "0123456789abcdef".to_owned(),
        };
        let written = [row("hash_ring", 10), row("replicas", 12)];
        assert_eq!(rows(&render(&written, &[])), written);
    }

    #[test]
    fn a_reason_is_no_row_of_an_exercise() {
        let reasons = toml::from_str(
            r#"
            [[survivor]]
            exercises = ["replicas"]
            file = "circle.rs"
            function = "Circle::find"
            becomes = ["a || b"]
            reason = "Nobody asks."
            "#,
        );
        let page = render(&[], &[reasons.expect("it is a reason")]);
        assert!(page.contains("| `a \\|\\| b` | Nobody asks. |"), "{page}");
        assert_eq!(rows(&page), []);
    }
}
