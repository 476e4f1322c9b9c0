//! The table: for a terminal of 100 columns, and for a page of Markdown.

use super::{Goal, Row, Samples, Side, Unit, figures};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What was measured, ready to be shown.
#[derive(Debug, Clone)]
pub struct Report {
    /// Lines over the table.
    pub circumstances: Vec<String>,
    /// The table's lines.
    pub rows: BTreeSet<Row>,
    /// What the kernel beside ours is called in the heading, if there is one.
    pub other: Option<String>,
    /// The numbers.
    pub samples: Samples,
}

impl Report {
    /// For a terminal.
    pub fn text(&self) -> String {
        let mut lines = vec![self.heading()];
        lines.extend(self.rows.iter().map(|&row| self.cells(row)));
        let width = |at: usize| lines.iter().map(|line| line[at].chars().count()).max();
        let widths: Vec<usize> = (0..6).map(|at| width(at).unwrap_or_default()).collect();
        let mut text = self.circumstances.join("\n") + "\n\n";
        for line in &lines {
            let mut cells = String::new();
            for (at, (cell, width)) in line.iter().zip(&widths).enumerate() {
                // A column that no line fills is none.
                let gap = if at == 0 || *width == 0 { "" } else { "  " };
                let _ = match at {
                    1 | 2 => write!(cells, "{gap}{cell:>width$}"),
                    _ => write!(cells, "{gap}{cell:width$}"),
                };
            }
            text += cells.trim_end();
            text.push('\n');
        }
        for note in self.notes() {
            let _ = write!(text, "\n{note}");
        }
        text + "\n"
    }

    /// For a page.
    pub fn markdown(&self) -> String {
        let mut text = self.circumstances.join("; ") + ".\n\n";
        let line = |cells: [String; 6]| {
            let is_column = |at: usize| self.other.is_some() || !matches!(at, 1);
            let cells = cells
                .into_iter()
                .enumerate()
                .filter(|(at, _)| is_column(*at));
            cells.fold("|".to_owned(), |line, (_, cell)| line + " " + &cell + " |")
        };
        let rule = ["---", "--:", "--:", "---", "---", "---"].map(str::to_owned);
        text += &line(self.heading());
        text = text + "\n" + &line(rule);
        for &row in &self.rows {
            text = text + "\n" + &line(self.cells(row));
        }
        for note in self.notes() {
            let _ = write!(text, "\n\n{note}");
        }
        text + "\n"
    }

    fn heading(&self) -> [String; 6] {
        let ratio = self.other.as_ref().map(|other| format!("ours / {other}"));
        let other = self.other.clone().unwrap_or_default();
        let ratio = ratio.unwrap_or_else(|| "from, to".to_owned());
        ["", &other, "ours", &ratio, "goal", ""].map(str::to_owned)
    }

    fn cells(&self, row: Row) -> [String; 6] {
        let other = if self.other.is_some() {
            self.cell(row, Side::Other)
        } else {
            String::new()
        };
        let range = match self.other.is_some() {
            true => self.ratio(row),
            false => self.range(row),
        };
        let goals: Vec<String> = self
            .goals(row)
            .map(|goal| figures::goal(goal, row.unit()))
            .collect();
        let verdict = match self.is_met(row) {
            Some(true) => "met",
            Some(false) => "missed",
            None => "",
        };
        [
            row.title().to_owned(),
            other,
            self.cell(row, Side::Ours),
            range,
            goals.join(", "),
            verdict.to_owned(),
        ]
    }

    fn cell(&self, row: Row, side: Side) -> String {
        match self.samples.spread(row, side) {
            Some(spread) => figures::amount(spread.median, row.unit()),
            None if self.samples.failure(row, side).is_some() => "fails".to_owned(),
            None => "–".to_owned(),
        }
    }

    fn ratio(&self, row: Row) -> String {
        // Two factors divided are no quantity that anybody waits for.
        match self
            .samples
            .ratio(row)
            .filter(|_| row.unit() != Unit::Times)
        {
            Some(ratio) => figures::ratio(ratio),
            None => String::new(),
        }
    }

    fn range(&self, row: Row) -> String {
        let spread = self.samples.spread(row, Side::Ours);
        spread.map_or_else(String::new, |spread| figures::range(spread, row.unit()))
    }

    /// Those that this report can judge.
    fn goals(&self, row: Row) -> impl Iterator<Item = Goal> {
        let can_be_judged = |goal: &Goal| self.other.is_some() || matches!(goal, Goal::Ours(_));
        row.goals().iter().copied().filter(can_be_judged)
    }

    /// Whether all goals of the line hold; nothing if it has none, or a number lacks.
    fn is_met(&self, row: Row) -> Option<bool> {
        let holds = |goal| match goal {
            Goal::Ratio(most) => Some(self.samples.ratio(row)?.median <= most),
            Goal::Ours(most) => Some(self.samples.spread(row, Side::Ours)?.median <= most),
        };
        let found: Option<Vec<bool>> = self.goals(row).map(holds).collect();
        let found = found.filter(|found| !found.is_empty())?;
        Some(found.iter().all(|holds| *holds))
    }

    /// What the numbers are, and what kernels answered in place of one.
    fn notes(&self) -> Vec<String> {
        let mut notes = vec![
            match self.other.is_some() {
                true => {
                    "Medians; in brackets the smallest and the largest ratio of a pair of runs, one \
                     after the other."
                }
                false => "Medians, and the smallest and the largest of all runs.",
            }
            .to_owned(),
        ];
        let other = self.other.iter().map(|other| (Side::Other, other.as_str()));
        let sides: Vec<_> = other.chain([(Side::Ours, "ours")]).collect();
        for &row in &self.rows {
            for &(side, name) in &sides {
                if let Some(answer) = self.samples.failure(row, side) {
                    let answer: String = answer.chars().take(80).collect();
                    notes.push(format!("Answer of {name} to “{}”: {answer}", row.title()));
                }
            }
        }
        notes
    }
}

#[cfg(test)]
mod tests;
