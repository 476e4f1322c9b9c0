//! The kernel's own unit tests, which a plain `cargo test` leaves out.
//!
//! `kernel-ext` is not among the workspace's default members, because cargo would
//! then build evcxr twice; `Cargo.toml` says why. This runs its tests as a
//! process of their own, which shares every unit with the kernel that is built anyway.

use std::process::Command;

use crate::fixture::course::{root, said};

#[test]
fn the_kernels_own_tests_pass() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["test", "--package", "kernel-ext"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", said(&output));
}
