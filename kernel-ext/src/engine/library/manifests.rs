//! The manifests of the shortened library: of its crates, those that a cell's types are made of.
//!
//! rust-analyzer reads every crate that the library's workspace names. Among them are its tests,
//! and `libc`, which is as long as `core`, and of which a cell sees nothing. Without those, the
//! kernel takes a fifth less of a processor's time until the first figure of a notebook, and 32 MiB
//! less. Nor is cargo asked to download them. `hashbrown` stays: without it, rust-analyzer does
//! not know what some chains of iterators over a `HashMap` come to.

use anyhow::{Context as _, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use toml::{Table, Value};

/// Those that stay.
const CRATES: [&str; 7] = [
    "alloc",
    "core",
    "proc_macro",
    "rustc-std-workspace-alloc",
    "rustc-std-workspace-core",
    "std",
    "std_detect",
];

/// Their dependencies that stay; of other people's, one.
const DEPENDENCIES: [&str; 5] = ["alloc", "core", "hashbrown", "std", "std_detect"];

/// What stays of a manifest.
const TABLES: [&str; 3] = ["dependencies", "lib", "package"];

/// The workspace of them; `hashbrown` names the library by crates that stand in for it.
const WORKSPACE: &str = r#"[workspace]
resolver = "1"
members = ["proc_macro", "std"]
exclude = ["stdarch", "windows_link"]

[patch.crates-io]
rustc-std-workspace-alloc = { path = "rustc-std-workspace-alloc" }
rustc-std-workspace-core = { path = "rustc-std-workspace-core" }
"#;

const MANIFEST: &str = "Cargo.toml";
const LOCK: &str = "Cargo.lock";

/// Writes them into a copy of the library in `source`.
///
/// # Errors
///
/// If the library is of another kind, or cargo cannot do with them, for instance because it would
/// have to download `hashbrown` and cannot; then they are as in `source`.
pub(super) fn lighten(library: &Path, source: &Path, cargo: &Path) -> anyhow::Result<()> {
    let done = write(library).and_then(|()| update_lock(library, cargo));
    if done.is_err() {
        for file in files().filter(|file| source.join(file).is_file()) {
            fs::copy(source.join(&file), library.join(&file))
                .with_context(|| format!("cannot copy {}", file.display()))?;
        }
    }
    done
}

fn files() -> impl Iterator<Item = PathBuf> {
    let own = CRATES.iter().map(|name| Path::new(name).join(MANIFEST));
    own.chain([MANIFEST, LOCK].map(PathBuf::from))
}

fn write(library: &Path) -> anyhow::Result<()> {
    for name in CRATES {
        let file = library.join(name).join(MANIFEST);
        let text =
            fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let light = lightened(&text).with_context(|| format!("in {}", file.display()))?;
        fs::write(&file, light).with_context(|| format!("cannot write {}", file.display()))?;
    }
    fs::write(library.join(MANIFEST), WORKSPACE).context("cannot write the workspace")
}

/// Has cargo leave out of the versions what is not needed any more: rust-analyzer allows it no
/// change.
fn update_lock(library: &Path, cargo: &Path) -> anyhow::Result<()> {
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1"])
        .current_dir(library)
        // Without a network it is to say so soon: a kernel is waiting.
        .env("CARGO_NET_RETRY", "0")
        .env("CARGO_HTTP_TIMEOUT", "10")
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot run {}", cargo.display()))?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}

fn lightened(text: &str) -> anyhow::Result<String> {
    let mut manifest: Table = text.parse()?;
    manifest.retain(|name, _| TABLES.contains(&name));
    let dependencies = manifest.get_mut("dependencies");
    if let Some(dependencies) = dependencies.and_then(Value::as_table_mut) {
        dependencies.retain(|name, value| {
            let is_optional = value.get("optional").and_then(Value::as_bool);
            DEPENDENCIES.contains(&name) && is_optional != Some(true)
        });
        for (_, value) in dependencies.iter_mut() {
            if let Some(dependency) = value.as_table_mut() {
                // For the compiler that is built with the library alone.
                dependency.remove("public");
            }
        }
    }
    Ok(manifest.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    const STD: &str = r#"
cargo-features = ["public-dependency"]
[package]
name = "std"
version = "0.0.0"
edition = "2024"
[dependencies]
core = { path = "../core", public = true }
hashbrown = { version = "0.16.1", features = ["rustc-dep-of-std"] }
rustc-demangle = "0.1"
std_detect = { path = "../std_detect", optional = true }
[target.'cfg(unix)'.dependencies]
libc = "0.2"
[dev-dependencies]
rand = "0.9"
[features]
backtrace = []
"#;

    #[test]
    fn a_manifest_keeps_what_types_are_made_of() {
        expect![[r#"
            [dependencies.core]
            path = "../core"

            [dependencies.hashbrown]
            features = ["rustc-dep-of-std"]
            version = "0.16.1"

            [package]
            edition = "2024"
            name = "std"
            version = "0.0.0"
        "#]]
        .assert_eq(&lightened(STD).expect("it is a manifest"));
        assert!(lightened("[package").is_err());
    }

    #[test]
    fn what_cargo_cannot_do_with_is_as_it_was() {
        let root = tempfile::tempdir().expect("the system has a temporary folder");
        let [source, library] = ["source", "library"].map(|name| root.path().join(name));
        for folder in [&source, &library] {
            for file in files() {
                let path = folder.join(file);
                let parent = path.parent().expect("it is in a folder");
                fs::create_dir_all(parent).expect("folders can be made");
                fs::write(path, STD).expect("files can be written");
            }
        }
        // Ends with an error, whatever it is asked for.
        let error = lighten(&library, &source, Path::new("false"));
        assert!(error.is_err());
        for file in files() {
            let text = fs::read_to_string(library.join(file)).expect("it is there");
            assert_eq!(text, STD);
        }
    }
}
