//! House rules that a machine can check: the layout, who may depend on whom,
//! and how a source file looks.
//!
//! A rule lives here when breaking it is easy and noticing it in review is hard.
//! Each failure lists every offender at once and says how to mend it.

mod arrows;
mod layout;
mod readme;
mod sources;

use std::path::{Path, PathBuf};
use std::process::Command;

/// Root of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Paths, relative to the root, of all files that git tracks or would add.
///
/// Git is asked, rather than the disk walked, so that `target/`, `.venv/` and
/// whatever else is ignored never counts.
fn files() -> Vec<PathBuf> {
    let output = Command::new("git")
        .args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ])
        .current_dir(root())
        .output()
        .expect("git runs");
    assert!(
        output.status.success(),
        "git ls-files: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout)
        .expect("paths are UTF-8")
        .split_terminator('\0')
        .map(PathBuf::from)
        // A file deleted but not yet committed is still in the index.
        .filter(|path| root().join(path).is_file())
        .collect()
}

/// The files with this extension, with their text.
fn texts(extension: &str) -> Vec<(PathBuf, String)> {
    files()
        .into_iter()
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .map(|path| {
            let text =
                std::fs::read_to_string(root().join(&path)).expect("a tracked file is readable");
            (path, text)
        })
        .collect()
}

/// Fails with the offenders, one a line, under a sentence that says what to do.
#[track_caller]
fn assert_none(offenders: &[String], mend: &str) {
    assert!(offenders.is_empty(), "{mend}\n  {}", offenders.join("\n  "));
}
