//! Child processes that never outlive the course.
//!
//! Killing a child is not enough: pip, cargo and JupyterLab have children of
//! their own, Jupyter puts each kernel into a session of its own, and a course
//! that is killed with SIGKILL cannot clean up at all. So every long-running
//! child is started by a *guard*, this same program run as `cargo course guard`
//! (see [`super::guard`]), whose standard input is one end of a pipe: the
//! *lifeline*. The kernel of the operating system closes the other end when the
//! course ends, however it ends, and the guard then stops its child and all that
//! came from it.
//!
//! The alternative, `PR_SET_PDEATHSIG`, exists on Linux only, reaches one process
//! instead of a tree, and needs `unsafe` code between fork and exec.

use std::ffi::OsStr;
use std::io::{PipeReader, PipeWriter};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Mutex;

use anyhow::{Context, Result};

/// The pipe whose closing ends every guarded child.
#[derive(Debug)]
pub(crate) struct Lifeline {
    for_children: PipeReader,
    held: Mutex<Option<PipeWriter>>,
}

impl Lifeline {
    /// A lifeline that holds until [`Lifeline::cut`], a drop, or the end of this process.
    ///
    /// # Errors
    ///
    /// If the system has no file descriptor left.
    pub(crate) fn new() -> Result<Self> {
        let (for_children, held) = std::io::pipe().context("could not make a pipe")?;
        Ok(Self {
            for_children,
            held: Mutex::new(Some(held)),
        })
    }

    /// Ends every child that was made from this lifeline. They need a moment;
    /// wait for them to see them gone.
    pub(crate) fn cut(&self) {
        if let Ok(mut held) = self.held.lock() {
            held.take();
        }
    }

    /// The same command, started by a guard. Standard input is the lifeline; the
    /// other streams are the caller's to set.
    ///
    /// # Errors
    ///
    /// If the lifeline or this program's own path cannot be had.
    pub(crate) fn guarded(&self, command: &Command) -> Result<Command> {
        let mut guard = Command::new(own_executable()?);
        guard.arg("guard").arg("--").arg(command.get_program());
        guard.args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => guard.env(name, value),
                None => guard.env_remove(name),
            };
        }
        if let Some(folder) = command.get_current_dir() {
            guard.current_dir(folder);
        }
        let end = self.for_children.try_clone();
        guard.stdin(Stdio::from(end.context("could not share the lifeline")?));
        // Ctrl-C in a terminal goes to the whole foreground group. The guard is
        // not in it: it is told by the lifeline, and stops its child in order.
        guard.process_group(0);
        Ok(guard)
    }
}

/// This program. Through `/proc` where there is one: cargo may have replaced the
/// file since this process was started.
fn own_executable() -> Result<PathBuf> {
    let linked = PathBuf::from("/proc/self/exe");
    if linked.exists() {
        return Ok(linked);
    }
    std::env::current_exe().context("could not find the path of this program")
}

/// A cargo command as a person would type it in the root folder.
///
/// `cargo run`, which started this program, describes the package that it runs
/// in environment variables. They are taken away again: build scripts that watch
/// them would run anew each time cargo is started from here and from a shell in
/// turn. `RUSTUP_TOOLCHAIN` stays, so that the same toolchain builds everything.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    without_cargo_run_leftovers(&mut cargo);
    cargo
}

/// Takes away what `cargo run` has put into the environment of this program.
pub(crate) fn without_cargo_run_leftovers(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if is_cargo_run_leftover(&name) {
            command.env_remove(name);
        }
    }
}

fn is_cargo_run_leftover(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_EXE_"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
        || ["CARGO", "CARGO_BIN_NAME", "CARGO_CRATE_NAME", "OUT_DIR"].contains(&name.as_ref())
        || name == "CARGO_PRIMARY_PACKAGE"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, is_leftover: bool) {
        assert_eq!(
            is_cargo_run_leftover(OsStr::new(name)),
            is_leftover,
            "{name}"
        );
    }

    #[test]
    fn what_describes_a_package_is_taken_away_and_what_configures_cargo_stays() {
        check("CARGO_PKG_NAME", true);
        check("CARGO_MANIFEST_DIR", true);
        check("CARGO", true);
        check("CARGO_HOME", false);
        check("CARGO_TARGET_DIR", false);
        check("CARGO_NET_OFFLINE", false);
        check("CARGO_BUILD_JOBS", false);
        check("RUSTUP_TOOLCHAIN", false);
    }

    #[test]
    fn a_guarded_command_keeps_program_arguments_environment_and_folder() {
        let lifeline = Lifeline::new().expect("a pipe");
        let mut command = Command::new("tool");
        command
            .args(["--flag", "value"])
            .env("KEY", "1")
            .current_dir("/");
        let guarded = lifeline.guarded(&command).expect("a guard");
        let arguments: Vec<_> = guarded.get_args().collect();
        assert_eq!(arguments, ["guard", "--", "tool", "--flag", "value"]);
        assert_eq!(guarded.get_current_dir(), command.get_current_dir());
        assert!(guarded.get_envs().any(|(name, _)| name == "KEY"));
    }
}
