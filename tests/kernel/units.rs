//! The kernel's own unit tests, run from here.
//!
//! `kernel-ext` is no default member of the workspace: built together with the tests'
//! dependencies, the crates under it would get other features than `cargo build -p
//! kernel-ext` gives them, and be compiled twice.

use std::process::Command;

#[test]
fn the_kernels_own_tests_pass() {
    let cargo = std::env::var_os("CARGO").expect("cargo names itself to the tests it runs");
    let output = Command::new(cargo)
        .args(["test", "--package", "kernel-ext"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo is there: it runs this test");
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}
