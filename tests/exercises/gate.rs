//! The author's gate, as authors run it.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use exercises::grade::Limits;

use super::{course, root, text};

#[test]
fn every_grader_is_proven() {
    let output = Command::new(course())
        .args(["dev", "check"])
        .current_dir(root())
        .output()
        .expect("the command line starts");
    assert!(
        output.status.success(),
        "run `cargo course dev check` to see this again:\n{}",
        text(&output)
    );
}

#[test]
fn a_graded_process_ends_when_its_grader_is_gone() {
    let folder = tempfile::tempdir().expect("the system has a temporary folder");
    fs::create_dir(folder.path().join("check")).expect("folders can be made");
    let request = serde_json::json!({
        "check": "adds-up", "seed": 0, "nonce": "",
        "folder": folder.path().join("check"), "limits": Limits::default(), "network": "none",
    });
    let mut graded = Command::new(course())
        .args([
            "dev",
            "subject",
            "red-team",
            "SleepsForEver",
            "--answer-one-check",
        ])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command line starts");
    let mut grader = graded.stdin.take().expect("it was piped");
    writeln!(grader, "{request}").expect("it reads");
    // As when the grader is killed: its end of the pipe closes.
    drop(grader);
    let status = graded.wait().expect("it ends");
    assert!(!status.success(), "{status}");
    assert!(
        !folder.path().join("check").exists(),
        "the folder stayed behind"
    );
}
