//! Compiles `hooks/` with the user's compiler.
//!
//! Half a second at every start. A cache would have to know which standard library a
//! compiler brings, and the library finds that one by a path relative to its own.

use anyhow::{Context as _, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Name and text of each file; the first is the library's root.
const SOURCES: [(&str, &str); 3] = [
    ("lib.rs", include_str!("../../hooks/lib.rs")),
    ("input.rs", include_str!("../../hooks/input.rs")),
    ("panics.rs", include_str!("../../hooks/panics.rs")),
];

/// Writes the library into `directory` and returns its path.
///
/// # Errors
///
/// If there is no `rustc`, or it fails; the message repeats what it says.
pub(super) fn compile(directory: &Path) -> anyhow::Result<PathBuf> {
    let sources = directory.join("hooks");
    let library = directory.join("libkernel_ext_hooks.so");
    std::fs::create_dir_all(&sources)
        .with_context(|| format!("cannot make {}", sources.display()))?;
    for (name, text) in SOURCES {
        let path = sources.join(name);
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let output = Command::new("rustc")
        // `prefer-dynamic`: the cells use the shared standard library, and the hooks have
        // to use the same one; `rpath` is how it is found.
        .args(["--edition", "2024", "--crate-type", "cdylib"])
        .args(["-C", "prefer-dynamic", "-C", "rpath"])
        .arg("-o")
        .args([&library, &sources.join(SOURCES[0].0)])
        .output()
        .context("cannot run rustc; install Rust from https://rustup.rs and restart the kernel")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("rustc cannot compile the kernel's own hooks; is its toolchain complete?\n{said}");
    }
    Ok(library)
}
