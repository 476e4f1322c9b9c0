//! What became of submissions, as one page of HTML.
//!
//! A report makes its own fragment; here are the other end, a file that does not
//! compile, and the page around several of them.

use std::fs;
use std::path::Path;

use anyhow::ensure;
use exercises::catalog;
use exercises::grade::page::{document, escaped};

use super::Graded;
use crate::practice::progress::replace;

/// A page with the results of one learner, each under a heading.
pub(crate) fn page(title: &str, results: &[Graded], book: &str) -> String {
    if let [Graded::Graded(report)] = results {
        return report.to_page(book);
    }
    let sections: Vec<String> = results
        .iter()
        .map(|result| {
            let heading = title_of(result.exercise());
            format!("<h2>{}</h2>\n{}", escaped(&heading), section(result, book))
        })
        .collect();
    document(title, &sections.concat())
}

/// Writes a page to a file, and replaces a file that is there.
///
/// # Errors
///
/// When something else than a file is there (a link, a device), or the folder cannot be
/// written to.
pub(crate) fn write(file: &Path, page: &str) -> anyhow::Result<()> {
    let there = fs::symlink_metadata(file);
    ensure!(
        there.map_or(true, |found| found.is_file()),
        "{} is there and is not a file; name another one",
        file.display()
    );
    // A bare name has an empty path for its folder.
    replace(&std::path::absolute(file)?, page.as_bytes())
}

/// What became of one submission, as a fragment.
fn section(result: &Graded, book: &str) -> String {
    match result {
        Graded::Graded(report) => report.to_html_with_book(book),
        Graded::DoesNotCompile { messages, .. } => does_not_compile(messages),
    }
}

/// What the compiler said, as a fragment.
pub(crate) fn does_not_compile(messages: &str) -> String {
    let said = escaped(messages.trim_end());
    format!("<p>The file does not compile. The compiler says:</p>\n<pre>{said}</pre>\n")
}

/// Title of an exercise, or its id if this version of the course has none such.
fn title_of(id: &str) -> String {
    catalog::find(id).map_or_else(|| id.to_owned(), |exercise| exercise.title.to_owned())
}
