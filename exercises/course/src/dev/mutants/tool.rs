//! `cargo-mutants`, which knows what to change.
//!
//! It only lists. Its own runs would build the crate `exercises` and all its tests once
//! for each change, which takes twenty times as long, and would ask our unit tests
//! instead of the checks that learners get.

use std::process::Command;

use anyhow::{Context, bail};

use super::mutant::Mutant;
use crate::practice::workspace::Workspace;

/// Another version may know other changes, and the committed table would be another.
pub(super) const VERSION: &str = "27.1.0";

/// All changes to these files, which are named from the repository's root.
///
/// # Errors
///
/// When the tool is not installed, is of another version, or cannot read a file.
pub(super) fn list(workspace: &Workspace, files: &[String]) -> anyhow::Result<Vec<Mutant>> {
    demand(workspace)?;
    let mut command = workspace.cargo();
    command.args(["mutants", "--list", "--json", "--package=exercises"]);
    // What a developer has configured for themselves does not count.
    command.arg("--no-config");
    for file in files {
        command.args(["--file", file]);
    }
    let output = answer(&mut command)?;
    let mut mutants: Vec<Mutant> =
        serde_json::from_str(&output).context("the answer of `cargo mutants --list --json`")?;
    // `--file` is a pattern; the tool tells files by it, we by their names.
    mutants.retain(|mutant| files.contains(&mutant.file));
    Ok(mutants)
}

fn demand(workspace: &Workspace) -> anyhow::Result<()> {
    let install = format!("`cargo install --locked cargo-mutants@{VERSION}` installs it");
    let Ok(version) = answer(workspace.cargo().args(["mutants", "--version"])) else {
        bail!("the mutants are made by cargo-mutants {VERSION}, which is not here; {install}");
    };
    match version.trim().strip_prefix("cargo-mutants ") {
        Some(VERSION) => Ok(()),
        _ => bail!(
            "the mutants are made by cargo-mutants {VERSION}, and here is {}; {install}",
            version.trim()
        ),
    }
}

fn answer(command: &mut Command) -> anyhow::Result<String> {
    let output = command.output().context("cargo does not start")?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr).trim());
    }
    String::from_utf8(output.stdout).context("cargo-mutants answers in UTF-8")
}
