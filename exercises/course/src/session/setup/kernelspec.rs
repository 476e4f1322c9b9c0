//! Telling the JupyterLab in `.venv/` about the kernel, and no other Jupyter.
//!
//! The kernel knows best how it wants to be started, so it writes its own
//! `kernel.json`; this step only says where, and looks whether it did.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::{Setup, run::run};

/// Installs the kernelspec `rust` into the environment.
///
/// # Errors
///
/// If the kernel does not run, or has not written what was asked for.
pub(super) fn install(setup: &Setup<'_>, kernel: &Path) -> Result<()> {
    let step = setup.console.step("Kernelspec");
    let venv = setup.layout.venv();
    let mut command = Command::new(kernel);
    command.args(["install", "--prefix"]).arg(venv);
    run(
        setup,
        "installing the kernelspec",
        &mut command,
        |_| {},
        |_| true,
    )?;
    let spec = venv.join("share/jupyter/kernels/rust/kernel.json");
    let text = std::fs::read_to_string(&spec)
        .with_context(|| format!("the kernel did not write {}", spec.display()))?;
    let json: Value =
        serde_json::from_str(&text).with_context(|| format!("{} is not JSON", spec.display()))?;
    let started = json["argv"][0].as_str().unwrap_or_default();
    if !is_same_file(Path::new(started), kernel) {
        bail!(
            "{} starts `{started}` instead of {}",
            spec.display(),
            kernel.display()
        );
    }
    step.done(&format!("`rust` in {}", venv.display()));
    Ok(())
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    let (one, other) = (one.canonicalize(), other.canonicalize());
    one.is_ok() && one.ok() == other.ok()
}
