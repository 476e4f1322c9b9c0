//! Compiles `hooks/lib.rs` with the user's compiler.
//!
//! Half a second at every start. A cache would have to know which standard library a
//! compiler brings, and the library finds that one by a path relative to its own.

use anyhow::{Context as _, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

const SOURCE: &str = include_str!("../../hooks/lib.rs");

/// Writes the library into `directory` and returns its path.
///
/// # Errors
///
/// If there is no `rustc`, or it fails; the message repeats what it says.
pub(super) fn compile(directory: &Path) -> anyhow::Result<PathBuf> {
    let source = directory.join("kernel_ext_hooks.rs");
    let library = directory.join("libkernel_ext_hooks.so");
    std::fs::write(&source, SOURCE)
        .with_context(|| format!("cannot write {}", source.display()))?;
    let output = Command::new("rustc")
        // `prefer-dynamic`: the cells use the shared standard library, and the hooks have
        // to use the same one; `rpath` is how it is found.
        .args(["--edition", "2024", "--crate-type", "cdylib"])
        .args(["-C", "prefer-dynamic", "-C", "rpath"])
        .arg("-o")
        .args([&library, &source])
        .output()
        .context("cannot run rustc; install Rust from https://rustup.rs and restart the kernel")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("rustc cannot compile the kernel's own hooks; is its toolchain complete?\n{said}");
    }
    Ok(library)
}
