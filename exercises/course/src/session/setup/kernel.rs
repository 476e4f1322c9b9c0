//! Building the Jupyter kernel with cargo.
//!
//! Cargo knows best what is up to date, so it is always asked; when nothing is
//! to be done that takes less than a second. Its own progress line is read for
//! the bar, and its messages in JSON say where the program is, which may be
//! anywhere (`CARGO_TARGET_DIR`, `build.target-dir`).

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Setup, run::run};
use crate::session::children::cargo;

/// Package and program have the same name.
const KERNEL: &str = "kernel-ext";

/// Builds the kernel and says where it is.
///
/// # Errors
///
/// If cargo fails: then with its own message.
pub(super) fn build(setup: &Setup<'_>) -> Result<PathBuf> {
    let step = setup.console.step("Kernel");
    step.note("asking cargo what is to be built");
    let mut cargo = cargo();
    cargo
        .args([
            "build",
            "--package",
            KERNEL,
            "--message-format=json-render-diagnostics",
        ])
        .args(setup.offline.then_some("--offline"))
        .current_dir(setup.layout.root())
        // The progress line is drawn for terminals only, unless asked for; wide,
        // because cargo shortens it to fit.
        .env("CARGO_TERM_PROGRESS_WHEN", "always")
        .env("CARGO_TERM_PROGRESS_WIDTH", "160")
        .env("CARGO_TERM_QUIET", "false")
        .env("CARGO_TERM_COLOR", "never");
    let mut executable = None;
    run(
        setup,
        "building the kernel",
        &mut cargo,
        |line| executable = kernel_of(line).or(executable.take()),
        |line| match progress_of(line) {
            Some((done, total, what)) => {
                step.reached(done, total, what);
                false
            }
            None => {
                // "Blocking waiting for file lock": another cargo is at work, perhaps
                // a learner's `cargo test`; this one goes on when it is done.
                let line = line.trim();
                if line.starts_with("Download") || line.starts_with("Blocking") {
                    step.note(line);
                }
                !is_routine(line)
            }
        },
    )?;
    let executable = executable.context("cargo built the kernel but did not say where it is")?;
    step.done("built");
    Ok(executable)
}

/// The `N`, `M` and crates of `Building [==>  ] N/M: crates`.
fn progress_of(line: &str) -> Option<(u64, u64, &str)> {
    let (_, after_bar) = line
        .trim_start()
        .strip_prefix("Building [")?
        .split_once(']')?;
    let (numbers, what) = after_bar.split_once(':').unwrap_or((after_bar, ""));
    let (done, total) = numbers.trim().split_once('/')?;
    Some((done.parse().ok()?, total.parse().ok()?, what.trim()))
}

/// Whether the line is one of cargo's hundreds about a crate that went well.
fn is_routine(line: &str) -> bool {
    let line = line.trim();
    ["Compiling ", "Downloaded ", "Blocking "]
        .iter()
        .any(|word| line.starts_with(word))
        || line.is_empty()
}

/// The path in cargo's message that the kernel's program is ready.
fn kernel_of(line: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(line).ok()?;
    let is_kernel = message["reason"] == "compiler-artifact" && message["target"]["name"] == KERNEL;
    message["executable"]
        .as_str()
        .filter(|_| is_kernel)
        .map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_progress_line_is_read_exactly() {
        let line = "    Building [=======================> ] 229/230: evcxr, kernel-ext(bin)   ";
        assert_eq!(
            progress_of(line),
            Some((229, 230, "evcxr, kernel-ext(bin)"))
        );
        assert_eq!(
            progress_of("    Building [>      ] 0/381"),
            Some((0, 381, ""))
        );
        assert_eq!(progress_of("   Compiling syn v2.0.1"), None);
        assert_eq!(progress_of("error: Building [a house] failed"), None);
    }

    #[test]
    fn the_program_is_found_in_the_message_about_the_kernel_only() {
        let message = |name: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","target":{{"name":"{name}"}},"executable":"/t/{name}"}}"#
            )
        };
        assert_eq!(
            kernel_of(&message("kernel-ext")),
            Some("/t/kernel-ext".into())
        );
        assert_eq!(kernel_of(&message("build-script-build")), None);
        assert_eq!(
            kernel_of(r#"{"reason":"build-finished","success":true}"#),
            None
        );
    }
}
