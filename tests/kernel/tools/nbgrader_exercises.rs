//! nbgrader hands out and grades the course's own exercises, as `cargo course nbgrader`
//! writes them.
//!
//! Each student's notebook compiles the crate once and its tests in seconds; so one
//! exercise, and notebooks with a trick for each of its rules.

use super::{Place, script};
use crate::fixture::course::{course, said};
use expect_test::expect;

/// What they do is in `nbgrader_students.py`.
const STUDENTS: [&str; 7] = [
    "right", "half", "unsolved", "ender", "forger", "renamer", "copier",
];

#[test]
fn right_rules_have_their_points_and_tricks_have_none() {
    let place = Place::new();
    let written = course(&["nbgrader"])
        .arg(place.folder.path())
        .args(["--chapter", "28"])
        .output()
        .unwrap();
    assert!(written.status.success(), "{}", said(&written));

    let students = script("tests/kernel/tools/nbgrader_students.py");
    let assignment = "28-consistent-hashing";
    let submit = [&[&*students, "submit"], &STUDENTS[..]].concat();
    let mut last = String::new();
    for step in [
        &["-m", "nbgrader", "generate_assignment", assignment][..],
        &submit,
        &["-m", "nbgrader", "autograde", assignment],
        &[&students, "points"],
    ] {
        // Crates that a session compiles are kept for the next, but not in the user's cache.
        let cache = place.path("tmp/cache").display().to_string();
        let output = place.python_with(&[("XDG_CACHE_HOME", &cache)], step);
        assert!(output.status.success(), "{step:?}:\n{}", said(&output));
        last = said(&output);
    }
    expect![[r#""#]].assert_eq(&last);
}
