//! A report as plain text, for a terminal or a log.
//!
//! Words carry every meaning; colour, where a terminal wants it, only repeats
//! them. So the text reads the same aloud, in a log and to the colour-blind.

use std::fmt::{self, Write};
use std::io::IsTerminal;

use anstyle::{AnsiColor, Style as Ansi};

use super::html::BOOK;
use super::outcome::Outcome;
use super::report::{AFTER_THE_SOLUTION, CheckReport, Isolation, Provenance, Report};
use super::walls::Wall;

/// How to print a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    colour: bool,
    output_of_all: bool,
}

impl Style {
    /// Plain text, with what was printed by checks that failed.
    pub const PLAIN: Self = Self {
        colour: false,
        output_of_all: false,
    };

    /// Colour if standard output is a terminal and the user has not refused
    /// colour (`NO_COLOR`, see <https://no-color.org>, or `TERM=dumb`).
    pub fn of_stdout() -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        Self {
            colour: std::io::stdout().is_terminal() && !refused,
            ..Self::PLAIN
        }
    }

    /// Also shows what was printed by checks that passed.
    #[must_use]
    pub fn with_output(self, output_of_all: bool) -> Self {
        Self {
            output_of_all,
            ..self
        }
    }

    fn paint(self, text: &str, ansi: Ansi) -> String {
        match self.colour {
            true => format!("{ansi}{text}{ansi:#}"),
            false => text.to_owned(),
        }
    }
}

/// Under a check's line, details begin here.
const INDENT: &str = "      ";

impl Report {
    /// The report as text that ends in a line break.
    pub fn to_terminal(&self, style: Style) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(&mut text, style);
        text
    }

    fn write(&self, text: &mut String, style: Style) -> fmt::Result {
        let title = style.paint(&self.title, Ansi::new().bold());
        writeln!(text, "{title} ({}), seed {}\n", self.exercise, self.seed)?;
        let width = self
            .checks
            .iter()
            .map(|check| check.name.len())
            .max()
            .unwrap_or(0);
        for check in &self.checks {
            write_check(text, check, width, style)?;
        }
        let n_held = self.checks.iter().filter(|check| check.passed()).count();
        let n_checks = self.checks.len();
        write!(
            text,
            "\n{} of {} points: {n_held} of {n_checks} rules hold",
            self.points, self.of
        )?;
        match self.isolation {
            // Notebooks are kept with their outputs, and each run takes another time.
            Isolation::Thread => writeln!(text, ".")?,
            _ => writeln!(text, " ({:.1} s).", self.elapsed_ms as f64 / 1000.0)?,
        }
        if self.left_out > 0 {
            writeln!(text, "{} more were not asked for.", self.left_out)?;
        }
        if let Some(provenance) = &self.provenance {
            writeln!(text, "{}", on_one_line(provenance))?;
        }
        if !self.not_enforced.is_empty() {
            let walls: Vec<String> = self.not_enforced.iter().map(Wall::to_string).collect();
            writeln!(
                text,
                "This machine cannot keep a solution from: {}. Grade only files that you trust here.",
                walls.join(", ")
            )?;
        }
        match self.isolation {
            Isolation::Sealed => {}
            Isolation::Process if self.first_failure().is_some() => {}
            Isolation::Process => writeln!(
                text,
                "To have it count: cargo course check {}",
                self.exercise
            )?,
            Isolation::Thread => writeln!(
                text,
                "Graded inside the notebook; the stub's grade is the one that counts."
            )?,
        }
        if let Some(diagnosis) = &self.diagnosis {
            writeln!(text, "\n{}\n", printable(diagnosis))?;
        }
        if self.is_after_the_solution() {
            writeln!(text, "{AFTER_THE_SOLUTION}")?;
        }
        self.write_next(text)
    }

    fn write_next(&self, text: &mut String) -> fmt::Result {
        let id = &self.exercise;
        match self.first_failure() {
            Some(_) if self.isolation == Isolation::Thread => Ok(()),
            Some(CheckReport { name, .. }) => writeln!(
                text,
                "A hint:     cargo course hint {id}\n\
                 This rule:  cargo test -p exercises --test {id} -- {name} --seed {}",
                self.seed
            ),
            None => Ok(()),
        }
    }
}

/// What it takes to repeat a report; the hash's beginning tells files apart.
fn on_one_line(provenance: &Provenance) -> String {
    let hash = provenance.solution_sha256.get(..12);
    let hints = match provenance.hints_used {
        Some(1) => ", 1 hint used".to_owned(),
        Some(n) => format!(", {n} hints used"),
        None => String::new(),
    };
    format!(
        "Graded {} by course {}, {}; SHA-256 {}{hints}.",
        provenance.graded_at,
        provenance.course,
        provenance.toolchain,
        hash.unwrap_or(&provenance.solution_sha256),
    )
}

fn write_check(text: &mut String, check: &CheckReport, width: usize, style: Style) -> fmt::Result {
    let colour = |colour: AnsiColor| Ansi::new().fg_color(Some(colour.into())).bold();
    let (word, points) = match check.outcome {
        Outcome::Passed => (
            style.paint("passed", colour(AnsiColor::Green)),
            check.points,
        ),
        Outcome::Failed { .. } => (style.paint("failed", colour(AnsiColor::Red)), 0),
    };
    writeln!(
        text,
        "{word}  {:width$}  {points} of {} points",
        check.name, check.points
    )?;
    if let Outcome::Failed { reason } = &check.outcome {
        let mut rows = vec![("rule".to_owned(), check.rule.clone())];
        rows.extend(
            reason
                .rows()
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value)),
        );
        if !check.book.is_empty() {
            rows.push(("book".to_owned(), format!("{BOOK}{}", check.book)));
        }
        write_rows(text, &rows)?;
    }
    let shown = !check.passed() || style.output_of_all;
    if shown && !check.output.trim().is_empty() {
        write_rows(
            text,
            &[("printed".to_owned(), check.output.trim_end().to_owned())],
        )?;
    }
    Ok(())
}

/// Names to the left, values to the right, further lines of a value below its first.
fn write_rows(text: &mut String, rows: &[(String, String)]) -> fmt::Result {
    // The longest name that `Reason::rows` uses.
    const WIDTH: usize = "expected".len();
    for (name, value) in rows {
        let mut label = name.as_str();
        for line in printable(value).lines() {
            writeln!(text, "{INDENT}{label:WIDTH$}  {line}")?;
            label = "";
        }
    }
    Ok(())
}

/// Without control characters: what a solution prints or answers must not be
/// able to repaint the lines above it.
fn printable(text: &str) -> String {
    let visible = |c: char| c == '\n' || c == '\t' || !c.is_control();
    text.chars()
        .map(|c| if visible(c) { c } else { '\u{fffd}' })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::grade::check::Counterexample;
    use crate::grade::outcome::Reason;

    fn report(outcomes: &[Outcome]) -> Report {
        let check = |(index, outcome): (usize, &Outcome)| CheckReport {
            name: ["wraps-around", "join"][index].to_owned(),
            rule: "A key beyond the last point belongs to the first.".to_owned(),
            points: 2,
            outcome: outcome.clone(),
            book: String::new(),
            output: "looking at \x1b[2J k17\n".to_owned(),
            elapsed_ms: 4,
        };
        Report {
            format: 1,
            exercise: "hash_ring".to_owned(),
            title: "Hash ring".to_owned(),
            seed: 7,
            isolation: Isolation::Process,
            not_enforced: Vec::new(),
            checks: outcomes.iter().enumerate().map(check).collect(),
            left_out: 3,
            points: 2,
            of: 4,
            elapsed_ms: 1250,
            diagnosis: None,
            provenance: None,
        }
    }

    fn broken() -> Outcome {
        let counterexample = Counterexample::new("servers a, b\nkey k17", "a", "none");
        Reason::RuleBroken { counterexample }.into()
    }

    #[test]
    fn plain_text_aligns_what_was_expected_with_what_came() {
        let text = report(&[broken(), Outcome::Passed]).to_terminal(Style::PLAIN);
        expect![[r#"
            Hash ring (hash_ring), seed 7

            failed  wraps-around  0 of 2 points
                  rule      A key beyond the last point belongs to the first.
                  input     servers a, b
                            key k17
                  expected  a
                  actual    none
                  printed   looking at �[2J k17
            passed  join          2 of 2 points

            2 of 4 points: 1 of 2 rules hold (1.2 s).
            3 more were not asked for.
            A hint:     cargo course hint hash_ring
            This rule:  cargo test -p exercises --test hash_ring -- wraps-around --seed 7
        "#]]
        .assert_eq(&text);
    }

    #[test]
    fn a_diagnosis_stands_between_the_result_and_what_to_do_next() {
        let mut report = report(&[broken()]);
        report.diagnosis = Some("This looks like \"never wraps\": the end is the end.".to_owned());
        let text = report.to_terminal(Style::PLAIN);
        let (_, end) = text.split_once("were not asked for.\n").expect("a result");
        expect![[r#"

            This looks like "never wraps": the end is the end.

            A hint:     cargo course hint hash_ring
            This rule:  cargo test -p exercises --test hash_ring -- wraps-around --seed 7
        "#]]
        .assert_eq(end);
    }

    #[test]
    fn what_it_takes_to_repeat_a_grade_is_on_one_line() {
        let mut report = report(&[Outcome::Passed]);
        report.provenance = Some(Provenance {
            course: "0.1.0".to_owned(),
            solution_sha256: "0123456789abcdef".repeat(4),
            toolchain: "rustc 1.95.0".to_owned(),
            graded_at: "2026-11-25T00:15:54Z".to_owned(),
            hints_used: Some(1),
            solution_seen: false,
        });
        let text = report.to_terminal(Style::PLAIN);
        let line = text.lines().find(|line| line.starts_with("Graded "));
        expect!["Graded 2026-11-25T00:15:54Z by course 0.1.0, rustc 1.95.0; SHA-256 0123456789ab, 1 hint used."]
            .assert_eq(line.unwrap_or_default());
    }

    #[test]
    fn colour_adds_nothing_to_the_words() {
        let report = report(&[broken(), Outcome::Passed]);
        let colour = Style {
            colour: true,
            ..Style::PLAIN
        };
        let coloured = report.to_terminal(colour);
        assert!(coloured.contains("\x1b["), "{coloured}");
        let mut stripped = String::new();
        for (index, part) in coloured.split("\x1b[").enumerate() {
            stripped += if index == 0 {
                part
            } else {
                part.split_once('m').expect("a colour ends in m").1
            };
        }
        assert_eq!(stripped, report.to_terminal(Style::PLAIN));
    }

    #[test]
    fn what_a_passing_check_printed_is_shown_on_request() {
        let report = report(&[Outcome::Passed]);
        assert!(!report.to_terminal(Style::PLAIN).contains("k17"));
        assert!(
            report
                .to_terminal(Style::PLAIN.with_output(true))
                .contains("k17")
        );
    }
}
