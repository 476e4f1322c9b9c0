//! A report as an HTML fragment, and as JSON.
//!
//! The fragment has neither script nor fixed text colours: it takes JupyterLab's,
//! light or dark, and the page's own elsewhere. The two accent colours keep a
//! contrast of 3:1 to white and to JupyterLab's dark grey, and only mark an edge.

use std::fmt::{self, Write};

use super::outcome::Outcome;
use super::report::{AFTER_THE_SOLUTION, CheckReport, Isolation, Report};
use crate::catalog;
use crate::display;

const HELD: &str = "var(--jp-success-color1, #2e7d32)";
const BROKEN: &str = "var(--jp-error-color1, #d32f2f)";
const FAINT_EDGE: &str = "1px solid var(--jp-border-color2, #8888)";

impl Report {
    /// The report as an HTML fragment.
    pub fn to_html(&self) -> String {
        let mut html = String::new();
        // Writing to a string cannot fail.
        let _ = self.write_html(&mut html);
        html
    }

    /// The report as JSON, on several lines.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a report holds nothing that JSON cannot")
    }

    /// Shows the report under a notebook's cell. The kernel calls this for a
    /// report that is the last expression of a cell.
    pub fn evcxr_display(&self) {
        let plain = self.to_terminal(super::terminal::Style::PLAIN);
        display::show(&[("text/html", &self.to_html()), ("text/plain", &plain)]);
    }

    fn write_html(&self, html: &mut String) -> fmt::Result {
        let n_held = self.checks.iter().filter(|check| check.passed()).count();
        writeln!(
            html,
            "<section class=\"exercise-report\" style=\"max-width: 52em; color: var(--jp-content-font-color1, inherit)\">\n\
             <p><strong>{}</strong>: {} of {} points, {n_held} of {} rules hold (seed {}).</p>",
            escaped(&self.title),
            self.points,
            self.of,
            self.checks.len(),
            self.seed,
        )?;
        if let Some(diagnosis) = &self.diagnosis {
            writeln!(html, "<p>{}</p>", prose(diagnosis))?;
        }
        if self.is_after_the_solution() {
            writeln!(html, "<p>{AFTER_THE_SOLUTION}</p>")?;
        }
        for check in &self.checks {
            self.write_check(html, check)?;
        }
        if self.isolation == Isolation::Thread {
            let id = escaped(&self.exercise);
            writeln!(
                html,
                "<p>Graded inside the notebook. The grade that counts is the stub's: \
                 <code>cargo course check {id}</code>.</p>",
            )?;
        }
        writeln!(html, "</section>")
    }

    fn write_check(&self, html: &mut String, check: &CheckReport) -> fmt::Result {
        let (word, colour, points, open) = match check.outcome {
            Outcome::Passed => ("passed", HELD, check.points, ""),
            Outcome::Failed { .. } => ("failed", BROKEN, 0, " open"),
        };
        writeln!(
            html,
            "<details{open} style=\"border-left: 4px solid {colour}; padding: 0 0 0 0.8em; margin: 0.5em 0\">\
             <summary><strong>{word}</strong> {}, {points} of {} points</summary>\n<p>{}</p>",
            escaped(&check.name),
            check.points,
            prose(&check.rule),
        )?;
        if let Outcome::Failed { reason } = &check.outcome {
            writeln!(html, "<table style=\"border-collapse: collapse\">")?;
            for (name, value) in reason.rows() {
                write_row(html, name, &value)?;
            }
            writeln!(html, "</table>")?;
            self.write_hints(html, &check.name)?;
        }
        writeln!(html, "</details>")
    }

    /// The hints of a check, each folded until it is asked for.
    fn write_hints(&self, html: &mut String, check: &str) -> fmt::Result {
        let checks = catalog::find(&self.exercise).map(|exercise| (exercise.checks)());
        let Some(found) = checks
            .into_iter()
            .flatten()
            .find(|found| found.name == check)
        else {
            return Ok(());
        };
        let n_hints = found.hints.len();
        for (index, hint) in found.hints.iter().enumerate() {
            let n = index + 1;
            writeln!(
                html,
                "<details><summary>Hint {n} of {n_hints}</summary><p>{}</p></details>",
                prose(hint)
            )?;
        }
        Ok(())
    }
}

fn write_row(html: &mut String, name: &str, value: &str) -> fmt::Result {
    writeln!(
        html,
        "<tr><th scope=\"row\" style=\"text-align: left; vertical-align: top; padding: 0.2em 1em 0.2em 0; border-bottom: {FAINT_EDGE}\">{}</th>\
         <td style=\"text-align: left; padding: 0.2em 0; border-bottom: {FAINT_EDGE}\">\
         <code style=\"white-space: pre-wrap; overflow-wrap: anywhere; display: block; padding: 0; background: none; color: inherit\">{}</code></td></tr>",
        escaped(name),
        escaped(value),
    )
}

/// A sentence of ours, with what stands between backticks as code.
fn prose(text: &str) -> String {
    let pieces = text.split('`').enumerate();
    pieces
        .map(|(index, piece)| match index % 2 {
            0 => escaped(piece),
            _ => format!("<code>{}</code>", escaped(piece)),
        })
        .collect()
}

/// Text with the characters escaped that mean something to HTML.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::check::Counterexample;
    use crate::grade::outcome::Reason;

    fn report(input: &str) -> Report {
        let counterexample = Counterexample::new(input, "a", "none");
        Report {
            exercise: "any".to_owned(),
            title: "Any".to_owned(),
            seed: 7,
            isolation: Isolation::Thread,
            not_enforced: Vec::new(),
            checks: vec![CheckReport {
                name: "wraps".to_owned(),
                rule: "Any rule.".to_owned(),
                points: 2,
                outcome: Reason::RuleBroken { counterexample }.into(),
                book: String::new(),
                output: String::new(),
                elapsed_ms: 4,
            }],
            left_out: 0,
            points: 0,
            of: 2,
            elapsed_ms: 5,
            diagnosis: None,
            provenance: None,
        }
    }

    #[test]
    fn what_a_solution_answers_is_text_and_never_markup() {
        let html = report("<script>alert(\"1 & 2\")</script>").to_html();
        assert!(!html.contains("<script"), "{html}");
        assert!(
            html.contains("&lt;script&gt;alert(&quot;1 &amp; 2&quot;)&lt;/script&gt;"),
            "{html}"
        );
    }

    #[test]
    fn code_in_a_hint_is_shown_as_code() {
        assert_eq!(
            prose("Try `points.first()`, or `Vec<u64>`."),
            "Try <code>points.first()</code>, or <code>Vec&lt;u64&gt;</code>."
        );
    }

    #[test]
    fn every_tag_is_closed() {
        let html = report("any").to_html();
        for tag in [
            "section", "details", "summary", "table", "tr", "th", "td", "code", "p", "strong",
        ] {
            let count = |text: String| html.matches(&text).count();
            let opened = count(format!("<{tag}>")) + count(format!("<{tag} "));
            assert_eq!(opened, count(format!("</{tag}>")), "{tag} in {html}");
        }
    }

    #[test]
    fn json_is_read_back_as_it_was_written() {
        let report = report("any");
        assert_eq!(
            serde_json::from_str::<Report>(&report.to_json()).expect("JSON"),
            report
        );
    }
}
