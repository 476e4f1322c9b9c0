//! What a look at the learner's file has found, as text.
//!
//! Shorter than the report of `cargo course check`: every rule has a line, and only the
//! first that does not hold has its details, because it is the one to work on.

use std::fmt::{self, Write};

use console::Style;
use exercises::grade::{CheckReport, Outcome, Report};

/// What a look at the learner's file has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It was graded.
    Graded {
        report: Box<Report>,
        /// What the compiler warned of.
        warnings: String,
    },
    /// It does not compile, and this is what the compiler says.
    DoesNotCompile { messages: String },
    /// It could not be graded, and why.
    Failed { why: String },
}

impl Verdict {
    /// Whether every rule holds.
    pub(super) fn is_solved(&self) -> bool {
        matches!(self, Self::Graded { report, .. } if report.all_hold())
    }

    /// The first rule that does not hold.
    pub(super) fn first_failure(&self) -> Option<&CheckReport> {
        match self {
            Self::Graded { report, .. } => report.first_failure(),
            _ => None,
        }
    }

    /// The verdict as text that ends in a line break.
    ///
    /// Words carry every meaning; colour only repeats them.
    pub(super) fn text(&self, colours: bool) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = match self {
            Self::Graded { report, warnings } => write_report(&mut text, report, warnings, colours),
            Self::DoesNotCompile { messages } => {
                write!(text, "It does not compile yet.\n\n{}", messages.trim_end())
                    .and_then(|()| writeln!(text))
            }
            Self::Failed { why } => writeln!(text, "It could not be checked: {why}"),
        };
        text
    }
}

fn write_report(text: &mut String, report: &Report, warnings: &str, colours: bool) -> fmt::Result {
    let n_held = report.checks.iter().filter(|check| check.passed()).count();
    writeln!(
        text,
        "{} of {} points: {n_held} of {} rules hold ({:.1} s).\n",
        report.points,
        report.of,
        report.checks.len(),
        report.elapsed_ms as f64 / 1000.0
    )?;
    let names = report.checks.iter().map(|check| check.name.len());
    let width = names.max().unwrap_or(0);
    for check in &report.checks {
        let (word, points) = match check.passed() {
            true => (Style::new().green().bold().apply_to("passed"), check.points),
            false => (Style::new().red().bold().apply_to("failed"), 0),
        };
        let word = word.force_styling(colours);
        let name = printable(&check.name);
        writeln!(
            text,
            "{word}  {name:width$}  {points} of {} points",
            check.points
        )?;
    }
    if let Some(check) = report.first_failure() {
        write_failure(text, check, colours)?;
    }
    if let Some(diagnosis) = &report.diagnosis {
        writeln!(text, "\n{}", printable(diagnosis))?;
    }
    if !warnings.trim().is_empty() {
        writeln!(text, "\nThe compiler warns:\n\n{}", warnings.trim_end())?;
    }
    Ok(())
}

fn write_failure(text: &mut String, check: &CheckReport, colours: bool) -> fmt::Result {
    let name = Style::new().bold().apply_to(printable(&check.name));
    writeln!(text, "\n{} does not hold:", name.force_styling(colours))?;
    write_row(text, "rule", &check.rule)?;
    if let Outcome::Failed { reason } = &check.outcome {
        for (name, value) in reason.rows() {
            write_row(text, name, &value)?;
        }
    }
    match check.output.trim_end() {
        "" => Ok(()),
        output => write_row(text, "printed", output),
    }
}

/// A name, and right of it a value; further lines of the value below its first.
fn write_row(text: &mut String, name: &str, value: &str) -> fmt::Result {
    // The longest name of a row.
    const WIDTH: usize = "expected".len();
    let mut label = name;
    for line in printable(value).lines() {
        writeln!(text, "  {label:WIDTH$}  {line}")?;
        label = "";
    }
    Ok(())
}

/// Without control characters: what a solution prints or answers must not be able to
/// repaint the screen.
fn printable(text: &str) -> String {
    let visible = |c: char| c == '\n' || !c.is_control();
    text.replace('\t', "    ")
        .chars()
        .map(|c| if visible(c) { c } else { '\u{fffd}' })
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    use expect_test::expect;

    use super::*;

    const PASSED: &str = r#"{"status": "passed"}"#;
    const BROKEN: &str = r#"{"status": "failed", "reason": {"kind": "rule-broken", "counterexample":
        {"input": "servers a, b\nkey k17", "expected": "a", "actual": "none \u001b[2J"}}}"#;
    const ABORTED: &str = r#"{"status": "failed", "reason": {"kind": "stack-overflow"}}"#;

    fn graded(outcomes: &[&str]) -> Verdict {
        let checks: Vec<String> = outcomes
            .iter()
            .zip(["wraps-around", "join"])
            .map(|(outcome, name)| {
                format!(
                    r#"{{"name": "{name}", "rule": "Each key has an owner.", "points": 2,
                    "output": "k17\n", "elapsed_ms": 4, "outcome": {outcome}}}"#
                )
            })
            .collect();
        let text = format!(
            r#"{{"exercise": "hash_ring", "title": "Hash ring", "seed": 7, "isolation": "sealed",
            "left_out": 0, "points": 2, "of": 4, "elapsed_ms": 310, "checks": [{}]}}"#,
            checks.join(",")
        );
        let report = serde_json::from_str(&text).expect("a report");
        Verdict::Graded {
            report: Box::new(report),
            warnings: String::new(),
        }
    }

    /// A verdict in which every rule holds.
    pub(in super::super) fn solved() -> Verdict {
        graded(&[PASSED, PASSED])
    }

    /// A verdict in which the first rule does not hold.
    pub(in super::super) fn broken() -> Verdict {
        graded(&[BROKEN, PASSED])
    }

    #[test]
    fn the_first_rule_that_does_not_hold_has_its_details() {
        let text = graded(&[BROKEN, ABORTED]).text(false);
        expect![[r#"
            2 of 4 points: 0 of 2 rules hold (0.3 s).

            failed  wraps-around  0 of 2 points
            failed  join          0 of 2 points

            wraps-around does not hold:
              rule      Each key has an owner.
              input     servers a, b
                        key k17
              expected  a
              actual    none �[2J
              printed   k17
        "#]]
        .assert_eq(&text);
    }

    #[test]
    fn a_solved_exercise_has_lines_only() {
        expect![[r#"
            2 of 4 points: 2 of 2 rules hold (0.3 s).

            passed  wraps-around  2 of 2 points
            passed  join          2 of 2 points
        "#]]
        .assert_eq(&solved().text(false));
    }

    #[test]
    fn colours_add_nothing_to_the_words() {
        let coloured = broken().text(true);
        assert!(coloured.contains("\x1b[3"), "{coloured}");
        assert_eq!(
            console::strip_ansi_codes(&coloured),
            broken().text(false).as_str()
        );
    }

    #[test]
    fn the_compiler_is_quoted_as_it_speaks() {
        let messages = "error[E0433]: cannot find `x`\n --> ring.rs:3:5\n".to_owned();
        let text = Verdict::DoesNotCompile { messages }.text(false);
        assert_eq!(
            text,
            "It does not compile yet.\n\nerror[E0433]: cannot find `x`\n --> ring.rs:3:5\n"
        );
    }
}
