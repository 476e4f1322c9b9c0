//! The files that the book includes and code makes: figures, and numbers in words.
//!
//! `cargo course dev figures` writes them, and a test compares them with what the
//! code makes now, so that neither a curve nor a number of the text can go stale.

use super::{Figure, Theme};
use crate::{availability, consistent_hashing, eviction, realtime};

/// A file of the book that code makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookFile {
    /// The chapter's page without `.md`: `28-consistent-hashing`.
    pub chapter: &'static str,
    /// Name of the file: `toy-ring.svg`.
    pub name: String,
    /// What it holds.
    pub text: String,
}

impl BookFile {
    /// A figure, as the book includes it.
    pub fn figure(chapter: &'static str, name: &str, figure: &Figure) -> Self {
        Self {
            chapter,
            name: format!("{name}.svg"),
            text: figure.to_svg(Theme::Book),
        }
    }

    /// Pieces of Markdown, each under a name of its own, so that a page can set
    /// one amid a sentence: `{{#include figures/CHAPTER/NAME.md:PIECE}}`.
    pub fn pieces(chapter: &'static str, name: &str, pieces: &[(&str, String)]) -> Self {
        let mut text = "<!-- Made by `cargo course dev figures`; do not edit. -->\n".to_owned();
        for (piece, markdown) in pieces {
            let markdown = markdown.trim_end();
            text +=
                &format!("<!-- ANCHOR: {piece} -->\n{markdown}\n<!-- ANCHOR_END: {piece} -->\n");
        }
        Self {
            chapter,
            name: format!("{name}.md"),
            text,
        }
    }

    /// Path from the root of the repository.
    pub fn path(&self) -> String {
        format!("book/src/figures/{}/{}", self.chapter, self.name)
    }
}

/// Every file of the book that code makes, of all chapters.
///
/// # Examples
///
/// ```
/// use exercises::figure::book_files;
///
/// assert!(book_files().iter().any(|file| file.name == "toy-ring.svg"));
/// ```
pub fn book_files() -> Vec<BookFile> {
    let mut files = availability::figures::book_files();
    files.extend(realtime::figures::book_files());
    files.extend(eviction::figures::book_files());
    files.extend(consistent_hashing::figures::book_files());
    files
}

/// A table in Markdown.
///
/// ```
/// use exercises::figure::table;
///
/// let markdown = table(&["n", "n²"], [[1, 1], [2, 4]]);
/// assert_eq!(markdown, "| n | n² |\n|---|---|\n| 1 | 1 |\n| 2 | 4 |\n");
/// ```
pub fn table<R, C>(head: &[&str], rows: impl IntoIterator<Item = R>) -> String
where
    R: IntoIterator<Item = C>,
    C: ToString,
{
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut table = line(head.iter().map(ToString::to_string).collect());
    table += &format!("|{}\n", "---|".repeat(head.len()));
    for row in rows {
        table += &line(row.into_iter().map(|cell| cell.to_string()).collect());
    }
    table
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use expect_test::expect;

    use super::*;

    #[test]
    fn no_two_files_have_the_same_path() {
        let files = book_files();
        let paths: BTreeSet<String> = files.iter().map(BookFile::path).collect();
        assert_eq!(paths.len(), files.len());
    }

    #[test]
    fn a_piece_stands_between_its_anchors() {
        let file = BookFile::pieces("28-x", "numbers", &[("moved", "90.9 %\n".to_owned())]);
        expect![[r#"
            <!-- Made by `cargo course dev figures`; do not edit. -->
            <!-- ANCHOR: moved -->
            90.9 %
            <!-- ANCHOR_END: moved -->
        "#]]
        .assert_eq(&file.text);
    }
}
