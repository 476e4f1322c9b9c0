//! This program as the `cargo` by which evcxr builds cells: cargo is asked once for all of them.
//!
//! From one cell to the next nothing changes for cargo but the source. Yet it takes as long as
//! the compiler's front end to find that out, and longer with every crate. So the [`call`]
//! of rustc that came of a build is written down, and made again for the next cell, as long as
//! all is as it was: arguments, environment, and [what cargo would look at](inputs). Where it is
//! not, or such a call fails for a reason that is not in the cell's code, cargo builds the cell.
//!
//! `cargo check` and all other commands go to cargo. So does every build where another program
//! is to be put in front of rustc, as by evcxr's `:sccache`.

mod call;
mod inputs;
mod messages;

pub(crate) use call::note;

use crate::environment::cells_folder;
use crate::tools::{self, Tool};
use call::{Call, Made};
use inputs::Known;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};
use std::time::SystemTime;

/// With this, and nobody else in a kernel does so, evcxr asks cargo to build a cell.
pub(crate) const MESSAGES: &str = "--message-format=json";

/// Variables by which others put themselves in front of rustc.
const WRAPPERS: [&str; 2] = ["RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER"];

/// Environment variable: `cargo` where it is to build each cell, as in evcxr.
const BUILDS_VAR: &str = "KERNEL_EXT_BUILDS";

/// The variable that says which rustc is meant.
const COMPILER_VAR: &str = "RUSTC";

/// Builds a cell, or does whatever else cargo is asked for.
pub(crate) fn run(arguments: &[OsString]) -> ExitCode {
    let Some(cargo) = cargo() else {
        return Tool::Cargo.pass_on(arguments);
    };
    match cells_folder().filter(|cells| is_for_a_cell(arguments, cells)) {
        Some(cells) => build(&cells, &cargo, arguments),
        None => tools::become_program(&cargo, arguments),
    }
}

/// The cargo that evcxr would call: of the toolchain whose rustc it has chosen.
fn cargo() -> Option<PathBuf> {
    let compiler = env::var_os(COMPILER_VAR).map(PathBuf::from);
    let beside = compiler.map(|compiler| compiler.with_file_name(Tool::Cargo.name()));
    let chosen = beside.filter(|cargo| cargo.is_absolute() && cargo.is_file());
    chosen.or_else(|| Tool::Cargo.other())
}

fn is_for_a_cell(arguments: &[OsString], cells: &Path) -> bool {
    let has = |word: &str| arguments.iter().any(|argument| argument == word);
    let is_here = || {
        let here = env::current_dir().and_then(std::fs::canonicalize);
        here.ok() == std::fs::canonicalize(cells).ok()
    };
    let is_wanted = env::var_os(BUILDS_VAR).is_none_or(|by| by != Tool::Cargo.name());
    let is_wrapped = WRAPPERS.iter().any(|name| is_set(name));
    has("build") && has(MESSAGES) && is_wanted && !is_wrapped && is_here()
}

fn is_set(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| !value.is_empty())
}

fn build(cells: &Path, cargo: &Path, arguments: &[OsString]) -> ExitCode {
    let compiler = env::var_os(COMPILER_VAR).map(PathBuf::from);
    // An update of the toolchain replaces these.
    let programs: Vec<PathBuf> = compiler.into_iter().chain([cargo.to_owned()]).collect();
    if Known::read(cells).is_some_and(|known| known.holds(cells, arguments, &programs))
        && let Some(call) = Call::read(cells)
        && let Made::Answered(status) = call.make(cells)
    {
        return status;
    }
    Call::forget(cells);
    let begun = SystemTime::now();
    let status = match Command::new(cargo).args(arguments).status() {
        Ok(status) => status,
        Err(error) => {
            eprintln!("cannot run {}: {error}", cargo.display());
            return ExitCode::FAILURE;
        }
    };
    if status.success() {
        Known::note(cells, arguments, &programs, begun);
    }
    status_of(status)
}

/// The code of a process that has ended; of a failure, if it was killed.
fn status_of(status: ExitStatus) -> ExitCode {
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    code.map_or(ExitCode::FAILURE, ExitCode::from)
}
