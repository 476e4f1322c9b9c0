//! How cells are compiled, where that is not evcxr's to say.
//!
//! evcxr writes cells' `Cargo.toml` without debug information. Cargo also reads the
//! configuration of the folders around it, which wins, and the folder around evcxr's is
//! the kernel's own.

use anyhow::Context as _;
use std::path::Path;

/// Lines of cells, for backtraces: that adds nothing measurable to a small cell and less
/// than a tenth to one that draws a figure. Dependencies go without, or they would have to
/// be compiled again.
const CONFIG: &str = r#"
[profile.dev]
debug = "line-tables-only"
strip = "none"

[profile.dev.package."*"]
debug = false
"#;

/// By this file, rustup knows the toolchain of a folder and those within.
const TOOLCHAIN: &str = "rust-toolchain.toml";

/// Writes it where the compilation of cells finds it, and which toolchain is theirs: that of the
/// folder in which the kernel was started. rust-analyzer asks rustup's cargo in the folder of the
/// cells, where it would be the user's default, which may be another one or none at all.
///
/// # Errors
///
/// If a file cannot be written.
pub(super) fn write(directory: &Path, sysroot: &Path) -> anyhow::Result<()> {
    let folder = directory.join(".cargo");
    let sysroot = sysroot
        .to_str()
        .context("the toolchain's path is not UTF-8")?;
    let choice = format!("[toolchain]\npath = {}\n", toml::Value::from(sysroot));
    std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(folder.join("config.toml"), CONFIG))
        .and_then(|()| std::fs::write(directory.join(TOOLCHAIN), choice))
        .with_context(|| format!("cannot write cargo's configuration in {}", folder.display()))
}
