//! The standard library's source, which rust-analyzer needs inside the kernel to
//! complete names and to infer types.
//!
//! `rust-toolchain.toml` asks for it already; it is still missing where the
//! toolchain was installed before by other means, or where rustup is not used.

use std::process::Command;

use anyhow::{Result, bail};

use super::{Setup, run::run};
use crate::session::prerequisites::has_rust_src;

/// Adds `rust-src` unless it is there.
///
/// # Errors
///
/// If rustup cannot download it, or the network must not be used.
pub(super) fn add_rust_src(setup: &Setup<'_>) -> Result<()> {
    let root = setup.layout.root();
    if has_rust_src(root) {
        return Ok(());
    }
    if setup.offline {
        bail!(
            "rust-src is missing and adding it needs the network, which --offline forbids: \
             run `rustup component add rust-src` once in this folder"
        );
    }
    let step = setup.console.step("rust-src");
    let mut rustup = Command::new("rustup");
    rustup
        .args(["component", "add", "rust-src"])
        .current_dir(root);
    run(
        setup,
        "adding rust-src",
        &mut rustup,
        |_| {},
        |line| {
            step.note(line);
            true
        },
    )?;
    step.done("added");
    Ok(())
}
