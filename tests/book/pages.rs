//! The table of contents: which chapters there are, and which are written.

use std::collections::BTreeSet;

use super::{root, source, sources};

/// A numbered entry of `SUMMARY.md`.
pub(super) struct Chapter {
    pub(super) title: String,
    /// The page below `book/src/`; none while the chapter is a draft.
    pub(super) page: Option<String>,
}

/// The numbered chapters, in the order of the contents.
pub(super) fn summary() -> Vec<Chapter> {
    source("SUMMARY.md")
        .lines()
        .filter_map(|line| {
            let (title, page) = line.strip_prefix("- [")?.split_once("](")?;
            let page = page.trim_end_matches(')');
            Some(Chapter {
                title: title.to_owned(),
                page: (!page.is_empty()).then(|| page.to_owned()),
            })
        })
        .collect()
}

/// The chapters that the course is to have: page name (`28-consistent-hashing`),
/// title, and the ids of its points.
pub(super) fn planned() -> Vec<(String, String, Vec<String>)> {
    let path = root().join("book/points.txt");
    let text = std::fs::read_to_string(path).expect("book/points.txt is there");
    let mut chapters: Vec<(String, String, Vec<String>)> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some(heading) = line.strip_prefix("## ") {
            let (page, title) = heading
                .split_once(": ")
                .expect("a heading is `page: title`");
            chapters.push((page.to_owned(), title.to_owned(), Vec::new()));
        } else if !line.starts_with('#') {
            let chapter = chapters.last_mut().expect("points stand below a heading");
            chapter.2.push(line.to_owned());
        }
    }
    chapters
}

#[test]
fn the_contents_list_the_thirty_chapters_in_order_under_their_titles() {
    let planned: Vec<String> = planned().into_iter().map(|(_, title, _)| title).collect();
    let listed: Vec<String> = summary().into_iter().map(|chapter| chapter.title).collect();
    assert_eq!(listed, planned);
    assert_eq!(planned.len(), 30);
}

#[test]
fn a_written_chapter_has_the_page_that_its_number_says() {
    for (chapter, (page, ..)) in summary().into_iter().zip(planned()) {
        if let Some(written) = chapter.page {
            assert_eq!(written, format!("{page}.md"));
        }
    }
}

#[test]
fn every_page_is_in_the_contents() {
    let summary = source("SUMMARY.md");
    let listed: BTreeSet<&str> = summary
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .collect();
    let forgotten: Vec<String> = sources()
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| {
            name != "SUMMARY.md" && !name.starts_with("figures/") && !name.starts_with("quizzes/")
        })
        .filter(|name| !listed.contains(name.as_str()))
        .collect();
    super::assert_none(&forgotten, "add these to SUMMARY.md, or delete them:");
}

#[test]
fn a_written_chapter_has_the_parts_that_readers_rely_on() {
    // In this order; DESIGN calls it the chapter's shape.
    const PARTS: [&str; 10] = [
        "## What you will be able to do",
        "## The problem",
        "<aside class=\"callout predict\">",
        "## Trade-offs",
        "## Where it is used, and where it fails",
        "## Misconceptions",
        "## Quiz",
        "<aside class=\"callout notebook\">",
        "## Exercises",
        "## Sources",
    ];
    for chapter in super::finished_chapters() {
        let text = source(&format!("{chapter}.md"));
        let mut rest = text.as_str();
        for part in PARTS {
            let place = rest.find(part);
            assert!(
                place.is_some(),
                "{chapter}.md: no `{part}` where the chapter's shape has it"
            );
            rest = &rest[place.unwrap_or(0)..];
        }
    }
}
