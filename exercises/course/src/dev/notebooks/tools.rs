//! Jupyter's own programs that convert and run notebooks.
//!
//! Both read standard input or a named file and write standard output, so that
//! nothing of a run lies about in the notebooks' folder, which is where the
//! kernel must run for `../exercises` to be found. That is why it is `nbconvert
//! --execute`, which calls nbclient, and not nbclient's own `jupyter execute`:
//! the latter runs a notebook in the folder where its file is.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::session::jupyter;
use crate::session::paths::Layout;

/// A cell may take this long. The first one of a session compiles the crate
/// `exercises` where nothing is cached, which a slow machine does in minutes.
const CELL_LIMIT_S: u32 = 900;
/// The kernel may take this long to answer for the first time.
const START_LIMIT_S: u32 = 180;

/// Fails, saying what to run, if the environment or the kernel in it is missing.
pub(in crate::dev) fn are_there(layout: &Layout) -> Result<()> {
    let kernel = layout.venv().join("share/jupyter/kernels/rust/kernel.json");
    for path in [layout.python(), kernel] {
        if !path.exists() {
            bail!(
                "there is no {}; run `cargo course setup` first",
                path.display()
            );
        }
    }
    Ok(())
}

/// A jupytext source as a notebook without outputs.
pub(super) fn convert(layout: &Layout, source: &Path) -> Result<Value> {
    let source = std::path::absolute(source)?;
    let mut jupytext = jupyter::module(layout, "jupytext");
    jupytext
        .args([
            "--quiet",
            "--from",
            "md:markdown",
            "--to",
            "ipynb",
            "--output",
            "-",
        ])
        .arg(&source);
    let output = piped(&mut jupytext, Vec::new()).context("jupytext could not be run")?;
    parsed(output).with_context(|| format!("jupytext does not convert {}", source.display()))
}

/// The notebook with the outputs of a run from top to bottom.
///
/// # Errors
///
/// If a cell fails or takes too long, or the kernel dies or does not start.
pub(super) fn execute(layout: &Layout, notebook: &Value) -> Result<Value> {
    let mut nbconvert = jupyter::module(layout, "nbconvert");
    nbconvert
        .args([
            "--log-level=ERROR",
            "--to=notebook",
            "--execute",
            "--stdin",
            "--stdout",
        ])
        .arg(format!("--ExecutePreprocessor.timeout={CELL_LIMIT_S}"))
        .arg(format!(
            "--ExecutePreprocessor.startup_timeout={START_LIMIT_S}"
        ))
        .arg("--ExecutePreprocessor.record_timing=False");
    let output = piped(&mut nbconvert, serde_json::to_vec(notebook)?)
        .context("nbconvert could not be run")?;
    parsed(output)
}

/// Runs a command with this standard input.
fn piped(command: &mut Command, input: Vec<u8>) -> Result<Output> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut stdin = child.stdin.take().context("standard input is piped")?;
    // In a thread of its own: a child that writes before it has read everything
    // would wait for us while we wait for it. One that ends early explains
    // itself on standard error, so that a broken pipe is not worth a word.
    let writer = thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output()?;
    // The thread has nothing more to write to once the child is gone.
    let _ = writer.join();
    Ok(output)
}

fn parsed(output: Output) -> Result<Value> {
    if !output.status.success() {
        bail!("{}", reason(&String::from_utf8_lossy(&output.stderr)));
    }
    serde_json::from_slice(&output.stdout).context("the notebook is not JSON")
}

/// Python's traceback without the calls between Jupyter's own functions: from
/// the line on that names the exception.
fn reason(stderr: &str) -> String {
    let lines: Vec<&str> = stderr.lines().collect();
    let named = |line: &&str| {
        let (before, _) = line.split_once(": ").unwrap_or((line, ""));
        let last = before.rsplit('.').next().unwrap_or_default();
        !line.starts_with(' ') && ["Error", "Exception"].iter().any(|end| last.ends_with(end))
    };
    let first = lines.iter().position(named).unwrap_or(0);
    lines[first..].join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_traceback_the_exception_is_told() {
        let stderr = "a warning\nTraceback (most recent call last):\n  File \"x.py\", line 1\n    raise\n\
                      nbclient.exceptions.CellExecutionError: An error occurred in this cell:\n-----\n1/0\n-----\n";
        let told = "nbclient.exceptions.CellExecutionError: An error occurred in this cell:\n-----\n1/0\n-----";
        assert_eq!(reason(stderr), told);
    }

    #[test]
    fn what_is_no_traceback_is_told_whole() {
        assert_eq!(
            reason("python: No module named jupytext\n"),
            "python: No module named jupytext"
        );
    }
}
