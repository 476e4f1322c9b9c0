//! Jupyter's own test of kernels, `jupyter_kernel_test`, on the installed kernel.

use super::compared::committed;
use crate::fixture::course::{course_setup, root, said};
use kernel_compare::conformance;
use std::process::Command;

#[test]
fn every_test_of_jupyter_for_kernels_passes_and_none_is_skipped() {
    let set_up = course_setup();
    let history = tempfile::tempdir().unwrap();
    let output = Command::new(&set_up.python)
        .arg(root().join("tests/kernel/conformance/kernel_test.py"))
        .arg("--verbose")
        .env("KERNEL_EXT_HISTORY", history.path().join("history.jsonl"))
        .env("KERNEL_EXT_CRATES", "")
        .output()
        .unwrap();
    let report = said(&output);
    assert!(output.status.success(), "{report}");
    assert!(report.contains("Ran 12 tests"), "{report}");
    assert!(!report.contains("skipped"), "{report}");
    let summary = report
        .lines()
        .find_map(|line| line.strip_prefix("summary: "));
    let rows = committed();
    let row = rows.iter().find(|row| row.title == conformance::TITLE);
    let said = row.map(|row| row.ours.as_str());
    assert_eq!(
        said, summary,
        "measure again, `cargo course dev compare --book`"
    );
}
