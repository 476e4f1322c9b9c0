//! A report as HTML: the fragment that a notebook shows, and a page around it.
//!
//! The fragment has neither script nor fixed text colours: it takes JupyterLab's,
//! light or dark, and the page's own elsewhere. The two accent colours keep a
//! contrast of 3:1 to white and to JupyterLab's dark grey, and only mark an edge.

use std::fmt::{self, Write};

use super::outcome::Outcome;
use super::page::{self, escaped, prose};
use super::report::{AFTER_THE_SOLUTION, CheckReport, Isolation, Report};
use super::walls::Wall;
use crate::catalog;
use crate::display;

/// Where `cargo course` serves the book, unless that port is taken.
///
/// Links of reports lead there, because a committed notebook cannot know more; whoever
/// publishes the book names its address to [`Report::to_html_with_book`].
pub const BOOK: &str = "http://127.0.0.1:3000/";

const HELD: &str = "var(--jp-success-color1, #2e7d32)";
const BROKEN: &str = "var(--jp-error-color1, #d32f2f)";
const FAINT_EDGE: &str = "1px solid var(--jp-border-color2, #8888)";

impl Report {
    /// The report as an HTML fragment, with links to the book on this machine.
    pub fn to_html(&self) -> String {
        self.to_html_with_book(BOOK)
    }

    /// The report as an HTML fragment, with links to the book at this address.
    pub fn to_html_with_book(&self, book: &str) -> String {
        let mut html = String::new();
        // Writing to a string cannot fail.
        let _ = self.write_html(&mut html, book);
        html
    }

    /// The report as one self-contained page, with links to the book at this address.
    pub fn to_page(&self, book: &str) -> String {
        page::document(&self.title, &self.to_html_with_book(book))
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

    fn write_html(&self, html: &mut String, book: &str) -> fmt::Result {
        let n_held = self.checks.iter().filter(|check| check.passed()).count();
        let title = escaped(&self.title);
        writeln!(
            html,
            "<section class=\"exercise-report\" aria-label=\"{title}\" style=\"max-width: 52em; color: var(--jp-content-font-color1, inherit)\">\n\
             <p><strong>{title}</strong>: {} of {} points, {n_held} of {} rules hold (seed {}).</p>",
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
            self.write_check(html, check, book)?;
        }
        self.write_remarks(html)?;
        let particulars = self.particulars();
        if !particulars.is_empty() {
            html.push_str("<p><strong>How it was graded</strong></p>\n");
            write_rows(html, particulars)?;
        }
        writeln!(html, "</section>")
    }

    fn write_check(&self, html: &mut String, check: &CheckReport, book: &str) -> fmt::Result {
        let (word, colour, points, open) = match check.outcome {
            Outcome::Passed => ("passed", HELD, check.points, ""),
            Outcome::Failed { .. } => ("failed", BROKEN, 0, " open"),
        };
        writeln!(
            html,
            "<details{open} class=\"rule\" style=\"border-left: 4px solid {colour}; padding: 0 0 0 0.8em; margin: 0.5em 0\">\
             <summary><strong>{word}</strong> {}, {points} of {} points</summary>\n<p>{}{}</p>",
            escaped(&check.name),
            check.points,
            prose(&check.rule),
            link(book, check),
        )?;
        if let Outcome::Failed { reason } = &check.outcome {
            write_rows(html, reason.rows())?;
            write_printed(html, &check.output)?;
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
                "<details class=\"hint\"><summary>Hint {n} of {n_hints}</summary><p>{}</p></details>",
                prose(hint)
            )?;
        }
        Ok(())
    }

    /// What a reader has to know to judge the grade.
    fn write_remarks(&self, html: &mut String) -> fmt::Result {
        if self.left_out > 0 {
            writeln!(
                html,
                "<p>{} more rules were not asked for.</p>",
                self.left_out
            )?;
        }
        if !self.not_enforced.is_empty() {
            let walls: Vec<String> = self.not_enforced.iter().map(Wall::to_string).collect();
            writeln!(
                html,
                "<p>The machine that graded this could not keep the solution from: {}.</p>",
                walls.join(", ")
            )?;
        }
        if self.isolation == Isolation::Thread {
            let id = escaped(&self.exercise);
            writeln!(
                html,
                "<p>Graded inside the notebook. The grade that counts is the stub's: \
                 <code>cargo course check {id}</code>.</p>",
            )?;
        }
        Ok(())
    }
}

/// A link to where the book explains a rule; nothing in a report from before there were links.
fn link(book: &str, check: &CheckReport) -> String {
    if check.book.is_empty() {
        return String::new();
    }
    format!(
        " <a href=\"{}{}\" aria-label=\"The book on the rule {}\">In the book</a>",
        escaped(book),
        escaped(&check.book),
        escaped(&check.name),
    )
}

/// What a solution printed, folded: two screens of it are kept.
fn write_printed(html: &mut String, output: &str) -> fmt::Result {
    let printed = output.trim_end();
    if printed.is_empty() {
        return Ok(());
    }
    writeln!(
        html,
        "<details class=\"hint\"><summary>What it printed</summary>{}</details>",
        quoted(printed)
    )
}

fn write_rows(
    html: &mut String,
    rows: impl IntoIterator<Item = (&'static str, String)>,
) -> fmt::Result {
    writeln!(html, "<table style=\"border-collapse: collapse\">")?;
    for (name, value) in rows {
        write_row(html, name, &value)?;
    }
    writeln!(html, "</table>")
}

fn write_row(html: &mut String, name: &str, value: &str) -> fmt::Result {
    writeln!(
        html,
        "<tr><th scope=\"row\" style=\"text-align: left; vertical-align: top; padding: 0.2em 1em 0.2em 0; border-bottom: {FAINT_EDGE}\">{}</th>\
         <td style=\"text-align: left; padding: 0.2em 0; border-bottom: {FAINT_EDGE}\">{}</td></tr>",
        escaped(name),
        quoted(value),
    )
}

/// Text as it is, line by line; JupyterLab and notebook viewers style bare `code`.
fn quoted(text: &str) -> String {
    format!(
        "<code style=\"white-space: pre-wrap; overflow-wrap: anywhere; display: block; padding: 0; background: none; color: inherit\">{}</code>",
        escaped(text)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::check::Counterexample;
    use crate::grade::outcome::Reason;
    use crate::grade::report::Provenance;

    fn report(input: &str) -> Report {
        let counterexample = Counterexample::new(input, "a", "none");
        Report {
            format: 1,
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
    fn a_notebooks_fragment_names_no_time_and_a_graded_file_all_that_repeats_it() {
        let mut report = report("any");
        let fragment = report.to_html();
        assert!(!fragment.contains("How it was graded"), "{fragment}");
        report.elapsed_ms += 1000;
        report.checks[0].elapsed_ms += 1000;
        assert_eq!(report.to_html(), fragment);
        report.provenance = Some(Provenance {
            course: "0.1.0".to_owned(),
            solution_sha256: "ab".repeat(32),
            toolchain: "rustc 1.95.0".to_owned(),
            graded_at: "2026-11-25T00:15:54Z".to_owned(),
            hints_used: None,
            solution_seen: false,
        });
        let page = report.to_page(BOOK);
        for part in [
            "0.1.0",
            "SHA-256 abab",
            "rustc 1.95.0",
            "2026-11-25T00:15:54Z",
            "not known",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
    }

    #[test]
    fn a_rule_leads_to_where_the_book_explains_it() {
        let mut report = report("any");
        assert!(!report.to_html().contains("<a "), "it names no place");
        report.checks[0].book = "28-x.html#ring".to_owned();
        let html = report.to_html_with_book("https://example.org/\">");
        let link = "<a href=\"https://example.org/&quot;&gt;28-x.html#ring\"";
        assert!(html.contains(link), "{html}");
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
