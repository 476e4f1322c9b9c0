//! Book and catalog name the same exercises and notebooks.

use std::collections::BTreeSet;

use exercises::catalog::{self, UNWRITTEN};

use super::{finished_chapters, pages, source};

/// The exercises that a chapter lists: the ids in `code` at the start of the
/// rows of the table under *Exercises*.
fn listed(chapter: &str) -> BTreeSet<String> {
    let text = source(&format!("{chapter}.md"));
    let (_, section) = text.split_once("\n## Exercises").unwrap_or_default();
    section
        .lines()
        .take_while(|line| !line.starts_with("## "))
        .filter_map(|line| line.strip_prefix("| `"))
        .filter_map(|row| row.split('`').next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_chapter_lists_exactly_its_exercises() {
    for chapter in finished_chapters() {
        let expected: BTreeSet<String> = catalog::all()
            .into_iter()
            .filter(|exercise| exercise.chapter == chapter)
            .map(|exercise| exercise.id.to_owned())
            .collect();
        assert_eq!(
            listed(&chapter),
            expected,
            "{chapter}.md against the catalog"
        );
    }
}

#[test]
fn every_exercise_belongs_to_a_written_chapter() {
    let finished = finished_chapters();
    for exercise in catalog::all() {
        assert!(
            UNWRITTEN.contains(&exercise.chapter)
                || finished.iter().any(|chapter| chapter == exercise.chapter),
            "{}: its chapter {} is not in SUMMARY.md",
            exercise.id,
            exercise.chapter
        );
    }
}

#[test]
fn a_chapter_that_is_said_to_be_unwritten_is_planned_and_unwritten() {
    let finished = finished_chapters();
    let planned = pages::planned();
    for chapter in UNWRITTEN {
        assert!(
            planned.iter().any(|(page, ..)| page == chapter),
            "{chapter} is not in book/points.txt"
        );
        assert!(
            !finished.iter().any(|page| page == chapter),
            "{chapter} is written: take it out of `catalog::UNWRITTEN`"
        );
    }
}

#[test]
fn every_written_chapter_links_to_its_notebook_and_the_list_has_it() {
    let list = source("notebooks.md");
    for chapter in finished_chapters() {
        let link = format!("notebooks.html?open={chapter}");
        assert!(
            source(&format!("{chapter}.md")).contains(&link),
            "{chapter}.md has no link {link}"
        );
        assert!(list.contains(&link), "notebooks.md has no link {link}");
    }
}

#[test]
fn commands_in_the_book_name_exercises_that_exist() {
    let known: BTreeSet<&str> = catalog::all().iter().map(|exercise| exercise.id).collect();
    for (name, text) in super::sources() {
        for command in [
            "cargo course check ",
            "cargo course hint ",
            "cargo course reset ",
            "cargo course solution ",
            "cargo course diff ",
            "-p exercises --test ",
        ] {
            for rest in text.split(command).skip(1) {
                let word: String = rest
                    .chars()
                    .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                    .collect();
                // NAME and --all stand for a choice of the reader.
                assert!(
                    word.is_empty() || known.contains(word.as_str()),
                    "{name}: `{command}{word}`: no such exercise"
                );
            }
        }
    }
}
