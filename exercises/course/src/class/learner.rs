//! The page of a learner: every exercise, as the learner would see it.
//!
//! It is made to be handed back, so it says nothing about others.

use exercises::catalog::Exercise;
use exercises::grade::page::{document, escaped};

use super::found::Learner;
use super::record::{Entry, Record};
use crate::grading::html::does_not_compile;

/// All of a learner's exercises on one page.
pub(super) fn page(learner: &Learner, results: &[(&Exercise, &Record)], book: &str) -> String {
    let points: u32 = results
        .iter()
        .map(|(_, record)| record.entry.points())
        .sum();
    let of: u32 = results.iter().map(|(exercise, _)| exercise.points()).sum();
    let sections: Vec<String> = results
        .iter()
        .map(|(exercise, record)| {
            let title = escaped(exercise.title);
            format!("<h2>{title}</h2>\n{}", section(exercise, record, book))
        })
        .collect();
    let body = format!("<p>{points} of {of} points.</p>\n{}", sections.concat());
    document(&learner.name, &body)
}

/// One exercise on a page of its own.
pub(super) fn single(
    learner: &Learner,
    exercise: &Exercise,
    record: &Record,
    book: &str,
) -> String {
    let title = format!("{}: {}", learner.name, exercise.title);
    document(&title, &section(exercise, record, book))
}

fn section(exercise: &Exercise, record: &Record, book: &str) -> String {
    let nothing = |why: &str| {
        let of = exercise.points();
        format!("<p>0 of {of} points. {why}</p>\n")
    };
    match &record.entry {
        Entry::Graded(report) => report.to_html_with_book(book),
        Entry::DoesNotCompile { messages, .. } => nothing("") + &does_not_compile(messages),
        Entry::Refused { why } => nothing(&format!("The file was refused: {}.", escaped(why))),
        Entry::Missing => nothing("No file was handed in."),
        Entry::NotGraded { why } => format!(
            "<p>Not graded yet, which is no fault of the file: {}.</p>\n",
            escaped(why)
        ),
    }
}
