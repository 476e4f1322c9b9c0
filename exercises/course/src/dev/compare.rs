//! `cargo course dev compare`: stock evcxr_jupyter beside our kernel, point by point.
//!
//! It only starts the package `kernel-compare` with what the set-up has made. Were that a
//! library of this program, everybody would compile ZeroMQ before seeing the first page.

use std::ffi::OsString;
use std::fs;
use std::process::ExitCode;

use anyhow::{Context, Result};
use serde_json::Value;

use super::notebooks::tools;
use crate::practice::workspace::Workspace;
use crate::session::paths::Layout;

/// Options of `cargo course dev compare`.
#[derive(Debug, clap::Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Arguments {
    /// Passed on to the comparison; `--help` lists them, `--book` writes the book's table.
    #[arg(
        value_name = "OPTION",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    options: Vec<OsString>,
}

/// Runs the comparison with the kernel and the Python of `.venv/`.
pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<ExitCode> {
    let layout = Layout::of_this_checkout(None);
    tools::are_there(&layout)?;
    let spec = layout.venv().join("share/jupyter/kernels/rust/kernel.json");
    let spec = fs::read_to_string(&spec)
        .with_context(|| format!("cannot read {}; run `cargo course setup`", spec.display()))?;
    let spec: Value = serde_json::from_str(&spec).context("the kernelspec is not JSON")?;
    let ours = spec["argv"][0]
        .as_str()
        .context("the kernelspec names no program; run `cargo course setup`")?;
    let status = workspace
        .cargo()
        .args(["run", "--quiet", "--package", "kernel-compare", "--"])
        .args(["--ours", ours, "--python"])
        .arg(layout.python())
        .args(["--script", "tests/kernel/conformance/kernel_test.py"])
        .args(&arguments.options)
        .status()
        .context("cargo could not be run")?;
    Ok(match status.success() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}
