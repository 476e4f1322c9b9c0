//! Jupyter's own test of kernels, `jupyter_kernel_test`, on any kernel.

use crate::Contestant;
use anyhow::{Context as _, Result, bail};
use std::path::Path;
use std::process::Command;

/// The title of its line in the table.
pub const TITLE: &str = "the 12 tests of `jupyter_kernel_test`";
/// The fact that a person wants to hold.
pub const WANTED: &str = "12 pass";

/// Runs it with a Python that has it, and says how many tests pass, fail and are skipped.
///
/// `script` is the suite's `tests/kernel/conformance/kernel_test.py`, whose cells are for our
/// kernel where Jupyter leaves the form to the kernel.
///
/// # Errors
///
/// If the script cannot be run or does not say how it went.
pub fn fact(contestant: &Contestant, python: &Path, script: &Path) -> Result<String> {
    let folder = tempfile::tempdir()?;
    let kernel = folder.path().join("kernels/compared");
    std::fs::create_dir_all(&kernel)?;
    let spec = contestant.kernelspec().to_string();
    std::fs::write(kernel.join("kernel.json"), spec)?;
    let output = Command::new(python)
        .arg(script)
        .env("KERNEL_TEST_NAME", "compared")
        .env("KERNEL_TEST_LANGUAGE", contestant.language)
        .env("JUPYTER_DATA_DIR", folder.path())
        .env("JUPYTER_RUNTIME_DIR", folder.path())
        .env("KERNEL_EXT_HISTORY", folder.path().join("history.jsonl"))
        .env("KERNEL_EXT_CRATES", "")
        .env("TMPDIR", folder.path())
        .output()
        .with_context(|| format!("cannot run {}", python.display()))?;
    let said = String::from_utf8_lossy(&output.stdout);
    let fact = said.lines().find_map(|line| line.strip_prefix("summary: "));
    let Some(fact) = fact else {
        bail!(
            "jupyter_kernel_test says nothing; run `cargo course setup` first. It wrote:\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    Ok(fact.to_owned())
}
