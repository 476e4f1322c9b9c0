//! The author's gate, as authors run it.

use std::process::Command;

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
