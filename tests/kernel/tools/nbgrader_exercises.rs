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
    expect![[r#"
        copier:
          rule-remainder: 0 CompileError
          rule-whole-hash: 0 ProcessCrashed
          rule-no-servers: 0 ProcessCrashed
          rule-moved: 0 ProcessCrashed
        ender:
          rule-remainder: 0 ProcessExited
          rule-whole-hash: 0 ProcessCrashed
          rule-no-servers: 0 ProcessCrashed
          rule-moved: 0 ProcessCrashed
        forger:
          rule-remainder: 0 ProcessCrashed
          rule-whole-hash: 0 ProcessCrashed
          rule-no-servers: 0 ProcessCrashed
          rule-moved: 0 ProcessCrashed
        half:
          rule-remainder: 2
          rule-whole-hash: 0 ProcessCrashed
          rule-no-servers: 1
          rule-moved: 0 ProcessCrashed
        renamer:
          rule-remainder: 0 ProcessCrashed
          rule-whole-hash: 0 ProcessCrashed
          rule-no-servers: 0 ProcessCrashed
          rule-moved: 0 CompileError
        right:
          rule-remainder: 2
          rule-whole-hash: 1
          rule-no-servers: 1
          rule-moved: 2
        unsolved:
          rule-remainder: 0 ProcessCrashed
          rule-whole-hash: 0 ProcessCrashed
          rule-no-servers: 0 ProcessCrashed
          rule-moved: 0 ProcessCrashed
    "#]]
    .assert_eq(&last);
}
