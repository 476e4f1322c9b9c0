//! The book's table of stock evcxr_jupyter and our kernel says of ours what it does now.
//!
//! The stock kernel is no dependency of the project, so its column is as it was measured.

use crate::fixture::{course::root, kernel};
use kernel_compare::table::Row;
use kernel_compare::{BOOK_FILE, Bench, Contestant, Sharing, conformance, points};
use std::time::Duration;

/// The lines of the committed table.
pub(super) fn committed() -> Vec<Row> {
    let text = std::fs::read_to_string(root().join(BOOK_FILE)).unwrap();
    text.lines().filter_map(Row::from_markdown).collect()
}

/// Fails unless both lists are equal, line by line.
#[track_caller]
fn assert_same(now: &[String], committed: &[String]) {
    let stale: Vec<String> = now
        .iter()
        .filter(|line| !committed.contains(line))
        .chain(committed.iter().filter(|line| !now.contains(line)))
        .cloned()
        .collect();
    let mend = "measure again, `cargo course dev compare --book`; these are now or were then:";
    assert!(stale.is_empty(), "{mend}\n  {}", stale.join("\n  "));
}

#[test]
fn the_table_has_the_points_that_are_measured_and_no_other() {
    let groups = points::all();
    let points = groups.iter().flat_map(|group| &group.points);
    let mut measured: Vec<String> = points
        .map(|point| format!("{}: {}", point.title, point.wanted))
        .collect();
    measured.push(format!("{}: {}", conformance::TITLE, conformance::WANTED));
    let committed: Vec<String> = committed()
        .iter()
        .map(|row| format!("{}: {}", row.title, row.wanted))
        .collect();
    assert_same(&measured, &committed);
    assert_eq!(measured.len(), committed.len(), "a title stands twice");
}

#[test]
fn the_table_says_of_our_kernel_what_it_does_now() {
    let mut ours = Contestant::ours(kernel::binary());
    // Waited for in vain only by a kernel that is not as it is said to be.
    (ours.limit, ours.patience) = (Duration::from_secs(900), Duration::from_secs(60));
    let mut bench = Bench::new(ours, Sharing::Shared).unwrap();
    let groups = points::all();
    let points = groups.iter().flat_map(|group| &group.points);
    let points: Vec<_> = points.filter(|point| point.repeats).collect();
    let now: Vec<String> = points
        .iter()
        .map(|point| format!("{}: {}", point.title, bench.fact(point)))
        .collect();
    let is_measured = |row: &&Row| points.iter().any(|point| point.title == row.title);
    let committed: Vec<String> = committed()
        .iter()
        .filter(is_measured)
        .map(|row| format!("{}: {}", row.title, row.ours))
        .collect();
    assert_same(&now, &committed);
}
