//! The grades as tables for other programs: `grades.csv` and `grades.json`.

use anyhow::Context;
use exercises::catalog::Exercise;
use exercises::grade::Seed;
use exercises::grade::walls::Wall;
use serde::Serialize;

use super::found::Learner;
use super::record::{Entry, Record};

/// Version of the format of both files; see the book's page *Teach a class*.
const FORMAT: u32 = 1;

/// A grade: one learner, one exercise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Row {
    pub(super) learner: String,
    /// What the learner's files below the output folder are called.
    pub(super) key: String,
    pub(super) exercise: String,
    /// [`Entry::word`].
    pub(super) result: &'static str,
    pub(super) points: u32,
    pub(super) of: u32,
    pub(super) rules_held: usize,
    pub(super) rules: usize,
    /// Names of the rules that do not hold.
    pub(super) missed: Vec<String>,
    /// Known only if the learner handed in a file of progress.
    pub(super) hints_used: Option<u32>,
    pub(super) file: Option<String>,
    pub(super) sha256: Option<String>,
    pub(super) graded_at: Option<String>,
    /// Why there is no grade, if so.
    pub(super) why: Option<String>,
}

impl Row {
    pub(super) fn new(learner: &Learner, exercise: &Exercise, record: &Record) -> Self {
        let checks = record.entry.report().map(|report| report.checks.as_slice());
        let checks = checks.unwrap_or_default();
        let provenance = record
            .entry
            .report()
            .and_then(|report| report.provenance.as_ref());
        let missed = checks.iter().filter(|check| !check.passed());
        Self {
            learner: learner.name.clone(),
            key: learner.key.clone(),
            exercise: exercise.id.to_owned(),
            result: record.entry.word(),
            points: record.entry.points(),
            of: exercise.points(),
            rules_held: checks.iter().filter(|check| check.passed()).count(),
            rules: (exercise.checks)().len(),
            missed: missed.map(|check| check.name.clone()).collect(),
            hints_used: provenance.and_then(|provenance| provenance.hints_used),
            file: record.file.clone(),
            sha256: record.basis.as_ref().map(|basis| basis.sha256.clone()),
            graded_at: provenance.map(|provenance| provenance.graded_at.clone()),
            why: match &record.entry {
                Entry::Refused { why } | Entry::NotGraded { why } => Some(why.clone()),
                _ => None,
            },
        }
    }
}

/// The names of the columns, in their order.
const COLUMNS: [&str; 14] = [
    "learner",
    "key",
    "exercise",
    "result",
    "points",
    "of",
    "rules_held",
    "rules",
    "missed",
    "hints_used",
    "file",
    "sha256",
    "graded_at",
    "why",
];

/// The rows as CSV (RFC 4180), safe to open in a spreadsheet.
///
/// # Errors
///
/// None that a string in memory can meet.
pub(super) fn csv(rows: &[Row]) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for row in rows {
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        let hints = row.hints_used.map(|n| n.to_string());
        let cells = [
            row.learner.clone(),
            row.key.clone(),
            row.exercise.clone(),
            row.result.to_owned(),
            row.points.to_string(),
            row.of.to_string(),
            row.rules_held.to_string(),
            row.rules.to_string(),
            row.missed.join(" "),
            hints.unwrap_or_default(),
            optional(&row.file),
            optional(&row.sha256),
            optional(&row.graded_at),
            optional(&row.why),
        ];
        writer.write_record(cells.iter().map(|cell| no_formula(cell)))?;
    }
    let bytes = writer.into_inner().context("the table is in memory")?;
    String::from_utf8(bytes).context("the table is text")
}

/// A cell that no spreadsheet takes for a formula: one that begins like a formula gets an
/// apostrophe in front, as OWASP's page "CSV Injection" advises. Quotes alone do not help,
/// a spreadsheet takes them off first.
fn no_formula(cell: &str) -> String {
    // The wide forms are taken for the others where Japanese is written.
    let begins = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    match cell.trim_start_matches(' ').starts_with(begins) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

/// All grades of a class.
#[derive(Debug, Serialize)]
pub(super) struct Grades<'a> {
    format: u32,
    course: &'static str,
    toolchain: &'a str,
    seed: Seed,
    /// What the machine could not keep a solution from.
    not_enforced: Vec<Wall>,
    exercises: Vec<About>,
    grades: &'a [Row],
    /// Names in the folder that were not taken for a learner.
    passed_over: &'a [String],
}

/// An exercise.
#[derive(Debug, Serialize)]
struct About {
    id: &'static str,
    title: &'static str,
    points: u32,
}

impl<'a> Grades<'a> {
    pub(super) fn new(
        rows: &'a [Row],
        exercises: &[Exercise],
        passed_over: &'a [String],
        (toolchain, seed): (&'a str, Seed),
        not_enforced: Vec<Wall>,
    ) -> Self {
        let about = |exercise: &Exercise| About {
            id: exercise.id,
            title: exercise.title,
            points: exercise.points(),
        };
        Self {
            format: FORMAT,
            course: env!("CARGO_PKG_VERSION"),
            toolchain,
            seed,
            not_enforced,
            exercises: exercises.iter().map(about).collect(),
            grades: rows,
            passed_over,
        }
    }

    /// # Errors
    ///
    /// None: nothing in it is unknown to JSON.
    pub(super) fn json(&self) -> anyhow::Result<String> {
        serde_json::to_string_pretty(self).context("grades can be written as JSON")
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    fn row(learner: &str) -> Row {
        Row {
            learner: learner.to_owned(),
            key: "key".to_owned(),
            exercise: "hash_ring".to_owned(),
            result: "graded",
            points: 2,
            of: 10,
            rules_held: 1,
            rules: 6,
            missed: vec!["join".to_owned(), "leave".to_owned()],
            hints_used: Some(3),
            file: Some("hash_ring.rs".to_owned()),
            sha256: Some("ab".to_owned()),
            graded_at: None,
            why: None,
        }
    }

    #[test]
    fn a_row_has_a_cell_for_each_column() {
        let text = csv(&[row("ann"), row("bo, \"the 2nd\"")]).expect("written");
        expect![[r#"
            learner,key,exercise,result,points,of,rules_held,rules,missed,hints_used,file,sha256,graded_at,why
            ann,key,hash_ring,graded,2,10,1,6,join leave,3,hash_ring.rs,ab,,
            "bo, ""the 2nd""",key,hash_ring,graded,2,10,1,6,join leave,3,hash_ring.rs,ab,,
        "#]]
        .assert_eq(&text);
    }

    #[test]
    fn the_columns_are_the_fields_of_the_json() {
        let fields = serde_json::to_value(row("ann")).expect("JSON");
        let mut names: Vec<&str> = fields
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name.as_str())
            .collect();
        let mut columns = COLUMNS.to_vec();
        names.sort_unstable();
        columns.sort_unstable();
        assert_eq!(columns, names);
    }

    #[test]
    fn a_name_that_begins_like_a_formula_stays_a_name() {
        for name in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1"] {
            let text = csv(&[row(name)]).expect("written");
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let read = reader.records().next().expect("a row").expect("it is CSV");
            assert_eq!(&read[0], format!("'{name}"));
        }
        assert_eq!(no_formula("ann-b"), "ann-b");
    }
}
