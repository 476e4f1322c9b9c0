//! The page about a class: what to teach again, and who needs a word.

use std::fmt::Write as _;

use exercises::catalog::Exercise;
use exercises::grade::page::{document, escaped, prose};

use super::figure;
use super::table::Row;
use super::tally::{self, Hints, Rule};

/// What the page is made of.
pub(super) struct Page<'a> {
    pub(super) exercises: &'a [Exercise],
    /// By learner, and for each learner in the order of the exercises.
    pub(super) rows: &'a [Row],
    pub(super) rules: Vec<Rule>,
    pub(super) hints: Vec<Hints>,
    pub(super) passed_over: &'a [String],
    /// Course, compiler and seed, in words.
    pub(super) made_with: String,
}

impl Page<'_> {
    pub(super) fn html(&self) -> String {
        let n_learners = self.learners().count();
        let n_handed_in = self
            .rows
            .iter()
            .filter(|row| row.result != "missing")
            .count();
        let body = format!(
            "<p>{n_handed_in} submissions of {n_learners} learners. {}</p>\n\
             {}{}{}{}{}",
            escaped(&self.made_with),
            self.scores(),
            self.hardest(),
            self.hint_use(),
            self.by_learner(),
            self.to_look_at(),
        );
        document("Class report", &body)
    }

    /// The rows of each learner.
    fn learners(&self) -> impl Iterator<Item = &[Row]> {
        self.rows.chunks(self.exercises.len().max(1))
    }

    fn scores(&self) -> String {
        let scores: Vec<(u32, u32)> = self.learners().map(total).collect();
        let full = scores.iter().filter(|(points, of)| points == of).count();
        let mut points: Vec<u32> = scores.iter().map(|(points, _)| *points).collect();
        points.sort_unstable();
        let of = scores.first().map_or(0, |(_, of)| *of);
        format!(
            "<h2>Scores</h2>\n<p>{full} of {} learners have all {of} points; the median is {}.</p>\n{}",
            scores.len(),
            tally::median(&points).unwrap_or(0.0),
            figure::html(&tally::bins(&scores)),
        )
    }

    fn hardest(&self) -> String {
        let mut html = "<h2>Hardest rules</h2>\n".to_owned();
        if let Some(rule) = self.rules.first().filter(|rule| rule.n_missed > 0) {
            let tried = rule.n_held + rule.n_missed;
            let _ = writeln!(
                html,
                "<p>The most-missed check is <strong>{}</strong> of <code>{}</code>: {} of {tried} \
                 submissions miss it. {}</p>",
                escaped(&rule.name),
                escaped(&rule.exercise),
                rule.n_missed,
                prose(&rule.rule),
            );
        }
        let rows = self.rules.iter().map(|rule| {
            let most_often = rule.most_often.map(|(way, n)| format!("{way} ({n})"));
            vec![
                Cell::Head(rule.name.clone()),
                Cell::Text(rule.exercise.clone()),
                Cell::Number(rule.n_held.to_string()),
                Cell::Number(rule.n_missed.to_string()),
                Cell::Number(format!("{:.0}%", rule.missed_percent())),
                Cell::Text(most_often.unwrap_or_default()),
            ]
        });
        let caption = "Of the submissions that compile, the rule that most miss first.";
        let head = [
            "check",
            "exercise",
            "hold it",
            "miss it",
            "missed",
            "most often by",
        ];
        html + &table(caption, &head.map(str::to_owned), rows)
    }

    fn hint_use(&self) -> String {
        if self.hints.is_empty() {
            return "<h2>Hints</h2>\n<p>Not known: nobody handed in the file \
                <code>.course/progress.json</code>, in which a learner's progress is kept.</p>\n"
                .to_owned();
        }
        let rows = self.hints.iter().map(|hints| {
            let median = tally::median(&hints.used).unwrap_or(0.0);
            let most = hints.used.last().copied().unwrap_or(0);
            let none = hints.used.iter().filter(|used| **used == 0).count();
            vec![
                Cell::Head(hints.exercise.clone()),
                Cell::Number(hints.used.len().to_string()),
                Cell::Number(none.to_string()),
                Cell::Number(median.to_string()),
                Cell::Number(most.to_string()),
            ]
        });
        let caption = "As the learners' own files of progress say, where they were handed in.";
        let head = ["exercise", "known of", "used none", "median", "most"];
        "<h2>Hints</h2>\n".to_owned() + &table(caption, &head.map(str::to_owned), rows)
    }

    fn by_learner(&self) -> String {
        let mut head = vec!["learner".to_owned()];
        head.extend(self.exercises.iter().map(|exercise| exercise.id.to_owned()));
        head.push("total".to_owned());
        let rows = self.learners().filter_map(|rows| {
            let first = rows.first()?;
            let (points, of) = total(rows);
            let mut cells = vec![Cell::Learner(first.learner.clone(), first.key.clone())];
            cells.extend(rows.iter().map(|row| match row.result {
                "graded" => Cell::Number(format!("{}/{}", row.points, row.of)),
                word => Cell::Number(word.to_owned()),
            }));
            cells.push(Cell::Number(format!("{points}/{of}")));
            Some(cells)
        });
        let caption = "Points of all points. A name leads to the learner's report.";
        "<h2>Learners</h2>\n".to_owned() + &table(caption, &head, rows)
    }

    /// What was not graded, and why.
    fn to_look_at(&self) -> String {
        let with_reason = self
            .rows
            .iter()
            .filter_map(|row| Some((row, row.why.as_ref()?)));
        let mut items: Vec<String> = with_reason
            .map(|(row, why)| format!("{}, {}: {} ({why})", row.learner, row.exercise, row.result))
            .collect();
        let beside = |name| format!("{name}: no learner's folder, passed over");
        items.extend(self.passed_over.iter().map(beside));
        if items.is_empty() {
            return String::new();
        }
        let items: String = items
            .iter()
            .map(|item| format!("<li>{}</li>\n", escaped(item)))
            .collect();
        format!("<h2>Not graded</h2>\n<ul>\n{items}</ul>\n")
    }
}

fn total(rows: &[Row]) -> (u32, u32) {
    let points = rows.iter().map(|row| row.points).sum();
    (points, rows.iter().map(|row| row.of).sum())
}

/// A cell of a table.
enum Cell {
    Head(String),
    Text(String),
    Number(String),
    /// A name and a key: a link to a learner's report.
    Learner(String, String),
}

impl Cell {
    fn html(&self) -> String {
        match self {
            Self::Head(text) => format!("<th scope=\"row\">{}</th>", escaped(text)),
            Self::Text(text) => format!("<td>{}</td>", escaped(text)),
            Self::Number(text) => format!("<td class=\"number\">{}</td>", escaped(text)),
            // Isolated, so that a name which is written from right to left moves nothing else.
            Self::Learner(name, key) => format!(
                "<th scope=\"row\"><a href=\"reports/{}.html\"><bdi>{}</bdi></a></th>",
                escaped(key),
                escaped(name)
            ),
        }
    }
}

fn table(caption: &str, head: &[String], rows: impl Iterator<Item = Vec<Cell>>) -> String {
    // A wide table scrolls by itself, by keyboard too; the page does not.
    let mut html = format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\">\n\
         <table class=\"table\">\n<caption>{0}</caption>\n<thead><tr>",
        escaped(caption)
    );
    for name in head {
        let _ = write!(html, "<th scope=\"col\">{}</th>", escaped(name));
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        let cells: String = row.iter().map(Cell::html).collect();
        let _ = writeln!(html, "<tr>{cells}</tr>");
    }
    html + "</tbody>\n</table>\n</div>\n"
}
