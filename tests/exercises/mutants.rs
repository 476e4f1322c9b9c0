//! The table of mutants, as far as it can be checked without `cargo-mutants`.
//!
//! What becomes of a mutant is tried by the command's own tests; CI tries them all.

use std::process::Command;

use super::{course, root, text};

#[test]
fn the_table_of_mutants_is_about_todays_references_and_checks() {
    let output = Command::new(course())
        .args(["dev", "mutants", "--recorded"])
        .current_dir(root())
        .output()
        .expect("the command line starts");
    assert!(output.status.success(), "{}", text(&output));
}
