//! What a machine gets that lacks the network, or Python.

use super::{path_of, program};
use crate::fixture::course::{Course, course_setup, said};

/// Nobody listens on the first port; asking is answered "connection refused" at once.
const NOWHERE: &str = "http://127.0.0.1:1/simple";

#[test]
fn without_a_network_the_step_that_needs_it_is_named_and_can_be_resumed() {
    course_setup();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = program()
        .arg("setup")
        .arg("--venv")
        .arg(folder.path().join("venv"))
        .envs([
            ("PIP_INDEX_URL", NOWHERE),
            ("PIP_RETRIES", "0"),
            ("PIP_NO_CACHE_DIR", "1"),
        ])
        .envs([
            ("UV_DEFAULT_INDEX", NOWHERE),
            ("UV_HTTP_RETRIES", "0"),
            ("UV_NO_CACHE", "1"),
        ])
        .env_remove("PIP_FIND_LINKS")
        .output()
        .expect("it runs");
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(
        text.contains("installing the Python packages failed"),
        "{text}"
    );
    assert!(
        text.contains("needs the network") && text.contains("the same command goes on"),
        "{text}"
    );
}

#[test]
fn offline_names_the_step_instead_of_trying_it() {
    course_setup();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = program()
        .args(["setup", "--offline", "--venv"])
        .arg(folder.path().join("venv"))
        .env("UV_NO_CACHE", "1")
        .output()
        .expect("it runs");
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(
        text.contains("Python packages") && text.contains("--offline forbids"),
        "{text}"
    );
}

#[test]
fn without_a_python_the_book_is_served_and_its_link_says_what_to_install() {
    course_setup();
    let path = path_of(&["rustc", "rustup", "cargo", "cc", "ld", "git"]);
    let nowhere = tempfile::tempdir().expect("a temporary folder");
    let mut command = program();
    command
        .args(["--no-browser", "--port", "0", "--lab-port", "0", "--venv"])
        .arg(nowhere.path().join("venv"))
        .env("PATH", path.path());
    let mut course = Course::spawn(command).expect("it starts");
    course.wait_for("Ctrl-C stops it").expect("the book alone");
    assert!(
        course.printed().contains("python3-venv"),
        "{}",
        course.printed()
    );

    let (status, _) = super::running::get(&course.book());
    assert_eq!(status, 200);
    let link = format!("{}notebooks.html?open=28-consistent-hashing", course.book());
    let (status, text) = super::running::get(&link);
    assert_eq!(status, 503);
    assert!(text.contains("apt install python3 python3-venv"), "{text}");
}
