//! nbgrader grades a class: 100 graded cells of each of three students.
//!
//! The stock kernel gives points for failed asserts, and now and then none for what is
//! right. Here each cell fails or holds on its own, whatever the cells before it did.

use super::{Place, script};
use crate::fixture::course::said;
use expect_test::expect;

#[test]
fn every_graded_cell_has_the_points_that_it_deserves() {
    let place = Place::new();
    let course = script("tests/kernel/tools/nbgrader_course.py");
    let mut last = String::new();
    for step in [
        &[&course, "make"][..],
        &["-m", "nbgrader", "generate_assignment", "tens"],
        &[&course, "submit"],
        &["-m", "nbgrader", "autograde", "tens"],
        &[&course, "points"],
    ] {
        let output = place.python(step);
        assert!(output.status.success(), "{step:?}:\n{}", said(&output));
        last = said(&output);
    }
    expect![[r#"
        all
        2 2 2 2 2 2 2 2 2 2
        2 2 2 2 2 2 2 2 2 2
        2 2 2 2 2 2 2 2 2 2
        2 2 2 2 2 2 2 2 2 2
        2 2 2 2 2 2 2 2 2 2
        2 2 2 2 2 2 2 2 2 2
        2 2 2 2 2 2 2 2 2 2
        2 2 2 2 2 2 2 2 2 2
        2 2 2 2 2 2 2 2 2 2
        2 2 2 2 2 2 2 2 2 2
        half
        2 0 2 0 2 0 2 0 2 0
        0 2 0 2 0 2 0 2 1 2
        2 0 2 0 2 0 2 0 2 0
        0 2 0 2 0 2 0 2 1 2
        2 0 2 0 2 0 2 0 2 0
        0 2 0 2 0 2 0 2 1 2
        2 0 2 0 2 0 2 0 2 0
        0 2 0 2 0 2 0 2 1 2
        2 0 2 0 2 0 2 0 2 0
        0 2 0 2 0 2 0 2 1 2
        none
        0 0 0 0 0 0 0 0 0 0
        0 0 0 0 0 0 0 0 0 0
        0 0 0 0 0 0 0 0 0 0
        0 0 0 0 0 0 0 0 0 0
        0 0 0 0 0 0 0 0 0 0
        0 0 0 0 0 0 0 0 0 0
        0 0 0 0 0 0 0 0 0 0
        0 0 0 0 0 0 0 0 0 0
        0 0 0 0 0 0 0 0 0 0
        0 0 0 0 0 0 0 0 0 0
        task 0: CompileError Panic
        task 1: CompileError Panic
        task 2: CellTimeoutError CompileError Interrupted Panic
        task 3: CompileError Panic
        task 4: CompileError Panic ProcessExited
        task 5: CompileError Panic ProcessCrashed
        task 6: CompileError Panic
        task 7: CompileError Panic StackOverflow
        task 8: CompileError Panic
        task 9: CompileError Error Panic
    "#]]
    .assert_eq(&last);
}
