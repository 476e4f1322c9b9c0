//! `jupyter nbconvert --execute`: a notebook run from the command line, as in CI.

use super::Place;
use crate::fixture::course::said;
use expect_test::expect;

const EXECUTE: [&str; 6] = [
    "-m",
    "nbconvert",
    "--execute",
    "--to=notebook",
    "--output=out.ipynb",
    "in.ipynb",
];

#[test]
fn a_notebook_without_a_failure_is_a_success_has_its_outputs_and_becomes_a_rust_file() {
    let place = Place::new();
    place.write("in.ipynb", &["let n = 6;", "assert_eq!(n, 6);", "n * 7"]);
    let output = place.python(&EXECUTE);
    assert!(output.status.success(), "{}", said(&output));
    expect!["execute_result 42"].assert_eq(&place.outputs("out.ipynb"));
    // The kernel has told nbconvert about its language.
    let output = place.python(&["-m", "nbconvert", "--to=script", "out.ipynb"]);
    assert!(output.status.success(), "{}", said(&output));
    let script = std::fs::read_to_string(place.path("out.rs")).unwrap();
    assert!(script.contains("let n = 6;"), "{script}");
}

#[test]
fn a_failed_assert_is_a_failure_that_names_its_cell_and_message() {
    let place = Place::new();
    let failing = r#"assert_eq!(n * 7, 41, "six times seven");"#;
    place.write("in.ipynb", &["let n = 6;", failing, "n * 7"]);
    let output = place.python(&EXECUTE);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    for part in [
        &format!("executing the following cell:\n------------------\n{failing}\n"),
        "assertion `left == right` failed: six times seven",
        "cell 2, line 1",
    ] {
        assert!(text.contains(part), "no {part:?} in:\n{text}");
    }
    assert!(!place.path("out.ipynb").exists(), "nothing is written");
}
