//! How evcxr is started, so that rust-analyzer reads the standard library once.
//!
//! evcxr compiles a first cell of its own, and has rust-analyzer look at it. For that, it reads
//! the standard library; and again, with all crates, as soon as `Cargo.toml` is another one,
//! which the first `:dep` of a notebook makes it. The first of the two is spared: the library
//! is [withheld](library::withhold) until evcxr has started, and then `Cargo.toml` is made
//! another one, by a blank, so that rust-analyzer looks again whatever the first cell is.

use super::side::SOCKET_FILE;
use super::{hooks, library, profile};
use crate::channel::{HOOKS_VAR, SOCKET_VAR};
use crate::crates::Crates;
use crate::{environment, tools};
use anyhow::Context as _;
use evcxr::{CommandContext, EvalContext};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

/// evcxr, and what is known of it.
pub(super) struct Started {
    pub(super) context: CommandContext,
    pub(super) opt_level: OptLevel,
    /// Whether values are shown as evcxr does by itself.
    pub(super) has_plain_format: bool,
}

/// The level of optimisation where there is a blank behind it; `None` where there is none.
#[derive(Debug, Default)]
pub(super) struct OptLevel(Option<String>);

impl OptLevel {
    /// Puts a blank behind the level: the same to cargo, and another `Cargo.toml`.
    fn hide(level: &str, context: &mut CommandContext) -> anyhow::Result<Self> {
        context.set_opt_level(&format!("{level} "))?;
        Ok(Self(Some(level.to_owned())))
    }

    /// Whether there is a blank.
    pub(super) fn is_hidden(&self) -> bool {
        self.0.is_some()
    }

    /// Takes the blank away, for `:opt` without a level: that compares it with `2`.
    pub(super) fn show(self, context: &mut CommandContext) {
        if let Some(level) = self.0
            && let Err(error) = context.set_opt_level(&level)
        {
            tracing::warn!(%error, ":opt may go to the wrong level");
        }
    }
}

/// Starts evcxr in `directory`.
///
/// # Errors
///
/// If the toolchain is not complete, or evcxr cannot compile its first cell.
pub(super) fn start(directory: &Path, crates: Option<&Crates>) -> anyhow::Result<Started> {
    let toolchain = environment::check_toolchain()?;
    let is_withheld = library::is_ours(directory) && !is_configured();
    if is_withheld {
        library::withhold(directory).context("cannot withhold the library")?;
    } else if library::is_ours(directory) {
        library::lend(&toolchain, crates, directory)?;
    }
    let hooks = hooks::Compilation::start(directory, &toolchain.sysroot, crates)?;
    profile::write(directory, &toolchain.sysroot)?;
    let program = std::env::current_exe().context("cannot find the kernel's own binary")?;
    let mut supervisor = Command::new(program);
    supervisor
        .env(SOCKET_VAR, directory.join(SOCKET_FILE))
        .env(HOOKS_VAR, hooks.library())
        // Ctrl-C in the terminal of JupyterLab is for the kernel alone.
        .process_group(0);
    let started = EvalContext::with_subprocess_command(supervisor);
    // First, because without the hooks evcxr cannot start either.
    hooks.wait()?;
    let (context, outputs) = started
        .map_err(anyhow::Error::from)
        .context("evcxr cannot compile its first cell")?;
    // Both are the supervisor's own streams, which carry nothing for the user. evcxr
    // waits until they are read.
    for lines in [outputs.stdout, outputs.stderr] {
        std::thread::spawn(move || {
            for line in lines {
                tracing::debug!(line, "the supervisor wrote");
            }
        });
    }
    let state = context.state();
    // Where mold is installed, evcxr has it wrap cargo: a process more than with the lld
    // that the compiler calls by itself, and slower.
    let is_slower = state.linker() == "mold" && environment::compiler_brings_lld();
    let has_plain_format = state.output_format() == "{:?}" && !state.display_types();
    let level = state.opt_level().to_owned();
    let mut context = CommandContext::with_eval_context(context);
    let mut opt_level = OptLevel::default();
    if is_withheld {
        library::lend(&toolchain, crates, directory)?;
        opt_level = OptLevel::hide(&level, &mut context)?;
    }
    if is_slower && let Err(error) = context.execute(":linker system") {
        tracing::warn!(%error, "cells are linked by mold");
    }
    if let Err(error) = context.execute(":load_config --quiet") {
        tracing::warn!(%error, "evcxr's configuration was not loaded");
    }
    Ok(Started {
        context,
        opt_level,
        has_plain_format,
    })
}

/// Whether evcxr is to run something of the user's at its start: that may change the level, and
/// need the library.
fn is_configured() -> bool {
    let here = Path::new("evcxr.toml").exists();
    let files = evcxr::config_dir().and_then(|folder| folder.read_dir().ok());
    here || files.is_some_and(|mut files| files.next().is_some())
}

/// Has cells built by the [`tools`] again when the user has changed the search path.
///
/// # Errors
///
/// If the search path cannot be told to evcxr, or names no place for them.
pub(super) fn put_tools_in_front(
    directory: &Path,
    context: &mut CommandContext,
) -> anyhow::Result<()> {
    let path = tools::search_path(directory)?;
    let path = path.to_str().context("the search path is not UTF-8")?;
    // For builds only: what a cell's process is to look for is the user's to say.
    context.execute(&format!(":build_env PATH={path}"))?;
    Ok(())
}
