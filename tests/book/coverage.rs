//! Whether a written chapter teaches every point that it is there for.
//!
//! The marks are `<!-- covers: modulo-hashing.1 -->`, with one id or several
//! behind commas; the list is `book/points.txt`. A mark is a promise that a
//! person made: no machine can tell whether the text next to it keeps it.

use std::collections::{BTreeMap, BTreeSet};

use super::{assert_none, finished_chapters, pages, source, sources};

const MARK: &str = "<!-- covers:";

/// The ids that a page marks, in order.
fn marks(text: &str) -> Vec<String> {
    text.split(MARK)
        .skip(1)
        .filter_map(|rest| rest.split("-->").next())
        .flat_map(|ids| ids.split(','))
        .map(|id| id.trim().to_owned())
        .collect()
}

#[test]
fn the_list_of_points_is_complete_and_has_none_twice() {
    let points: Vec<String> = pages::planned()
        .into_iter()
        .flat_map(|(_, _, points)| points)
        .collect();
    let distinct: BTreeSet<&String> = points.iter().collect();
    assert_eq!(points.len(), 861, "points in book/points.txt");
    assert_eq!(
        distinct.len(),
        points.len(),
        "different points in book/points.txt"
    );
}

#[test]
fn a_written_chapter_marks_each_of_its_points_once() {
    let finished = finished_chapters();
    let mut offenders = Vec::new();
    for (page, _, points) in pages::planned() {
        if !finished.contains(&page) {
            continue;
        }
        let mut seen = BTreeMap::new();
        for id in marks(&source(&format!("{page}.md"))) {
            *seen.entry(id).or_insert(0) += 1;
        }
        for point in &points {
            match seen.remove(point) {
                None => offenders.push(format!("{page}.md: {point} is not marked")),
                Some(1) => {}
                Some(n) => offenders.push(format!("{page}.md: {point} is marked {n} times")),
            }
        }
        offenders.extend(
            seen.into_keys()
                .map(|id| format!("{page}.md: {id} is not a point of it")),
        );
    }
    assert_none(
        &offenders,
        "teach the point and mark the place, or mend the mark:",
    );
}

#[test]
fn only_chapters_mark_points() {
    let planned: BTreeSet<String> = pages::planned()
        .into_iter()
        .map(|(page, ..)| format!("{page}.md"))
        .collect();
    let offenders: Vec<String> = sources()
        .into_iter()
        .filter(|(name, text)| {
            // The page for authors shows what a mark looks like, as code.
            !planned.contains(name)
                && marks(text)
                    .iter()
                    .any(|id| id.contains('.') && !text.contains(&format!("`{MARK}")))
        })
        .map(|(name, _)| name)
        .collect();
    assert_none(
        &offenders,
        "these pages are not chapters; points belong to chapters:",
    );
}

#[test]
fn a_mark_at_the_start_of_a_line_stands_alone() {
    // Markdown takes the rest of such a line as raw HTML: `*this*` would show its stars.
    let mut offenders = Vec::new();
    for (name, text) in sources() {
        for (number, line) in text.lines().enumerate() {
            let start = line.trim_start_matches([' ', '-', '*']);
            let behind = start
                .strip_prefix(MARK)
                .and_then(|rest| rest.split_once("-->"));
            if behind.is_some_and(|(_, behind)| !behind.trim().is_empty()) {
                offenders.push(format!("{name}:{}", number + 1));
            }
        }
    }
    assert_none(
        &offenders,
        "put the mark on a line of its own, or behind the text:",
    );
}

#[test]
fn a_mark_may_name_several_points() {
    assert_eq!(
        marks("a <!-- covers: x.1 --> b <!-- covers: y.1, y.2 -->"),
        ["x.1", "y.1", "y.2"]
    );
}
