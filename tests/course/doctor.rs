//! `cargo course doctor`: the table, and the exit code that a script can ask for.

use super::{path_of, program};
use crate::fixture::course::said;

/// What the table lists, whatever the machine.
const ROWS: [&str; 9] = [
    "rustup",
    "Rust",
    "rust-src",
    "C compiler",
    "Python",
    "git",
    "disk space",
    "browser",
    "walls",
];

#[test]
fn on_a_machine_that_runs_the_suite_nothing_needed_is_missing() {
    let output = program().arg("doctor").output().expect("it runs");
    let text = said(&output);
    for row in ROWS {
        assert!(
            text.lines().any(|line| line.starts_with(row)),
            "{row}:\n{text}"
        );
    }
    assert!(
        output.status.success() && !text.contains("MISSING"),
        "{text}"
    );
}

#[test]
fn without_a_python_the_exit_code_is_one_and_only_the_command_for_python_is_shown() {
    let path = path_of(&["rustc", "rustup", "cc", "git"]);
    let output = program()
        .arg("doctor")
        .env("PATH", path.path())
        .output()
        .expect("it runs");
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(
        text.contains("sudo apt install python3 python3-venv"),
        "{text}"
    );
    assert!(
        !text.contains("build-essential") && text.contains("1 thing is missing"),
        "{text}"
    );
}

#[test]
fn on_a_bare_machine_everything_missing_is_told_at_once() {
    let path = path_of(&[]);
    let output = program()
        .arg("doctor")
        .env("PATH", path.path())
        .output()
        .expect("it runs");
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    for command in [
        "install rustup",
        "install build-essential",
        "xcode-select --install",
        "install git",
        "python3-venv",
    ] {
        assert!(text.contains(command), "{command}:\n{text}");
    }
}
