//! papermill runs a notebook again and again, with other parameters.
//!
//! It knows how to write a value in the languages of a table of its own, to which only
//! Python code can add; `kernel-ext/papermill_rust.py` does.

use super::{Place, script};
use crate::fixture::course::said;
use expect_test::expect;

const RUN: [&str; 5] = [
    "-m",
    "papermill",
    "in.ipynb",
    "out.ipynb",
    "--no-progress-bar",
];

#[test]
fn cells_run_up_to_the_first_failure_and_see_the_environment() {
    let place = Place::new();
    let cells = [
        r#"let load: f64 = std::env::var("LOAD")?.parse()?;"#,
        "load * 2.0",
        r#"panic!("on purpose")"#,
        "1",
    ];
    place.write("in.ipynb", &cells);
    let output = place.python_with(&[("LOAD", "0.75")], &RUN);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("Panic: on purpose"), "{text}");
    let notebook = place.outputs("out.ipynb");
    expect![[r#"
        execute_result 1.5
        error Panic"#]]
    .assert_eq(&notebook);
}

#[test]
fn without_our_help_papermill_refuses_parameters_for_rust() {
    let place = Place::new();
    place.write("in.ipynb", &["1"]);
    let output = place.python(&[&RUN[..], &["-p", "servers", "4"]].concat());
    let text = said(&output);
    assert!(!output.status.success(), "{text}");
    let reason = "No parameter translator functions specified for kernel 'rust'";
    assert!(text.contains(reason), "{text}");
}

#[test]
fn parameters_become_variables() {
    let place = Place::new();
    place.write(
        "in.ipynb",
        &["(servers - 5, load, fast)", "name", "(list, &table[\"a\"])"],
    );
    let more = "{list: [1, 2], table: {a: x}, fast: true}";
    let output = place.python(&[
        &script("kernel-ext/papermill_rust.py"),
        "in.ipynb",
        "out.ipynb",
        "--no-progress-bar",
        "--parameters",
        "servers",
        "4",
        "--parameters",
        "load",
        "1e-7",
        "--parameters",
        "name",
        "a \"b\"\\n \u{e9}\n{c}",
        "--parameters_yaml",
        more,
    ]);
    assert!(output.status.success(), "{}", said(&output));
    expect![[r#"
        execute_result (-1, 1e-7, true)
        execute_result "a \"b\"\\n é\n{c}"
        execute_result ([1, 2], "x")"#]]
    .assert_eq(&place.outputs("out.ipynb"));
}
