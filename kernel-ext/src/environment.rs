//! The environment that cells are compiled and run in.
//!
//! A kernel may be started by `cargo run` or `cargo test`, which set dozens of variables
//! for their own build. Passed on to the cargo that compiles cells, they would change
//! what it does. Also here: whether the toolchain is complete.

use crate::engine::{LINK, SOURCE_VAR};
use crate::tools;
use anyhow::{Context as _, bail};
use std::ffi::OsString;
use std::os::unix::process::{CommandExt as _, parent_id};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Variables under `CARGO_` that are the user's own configuration.
const KEPT: [&str; 7] = [
    "CARGO_HOME",
    "CARGO_HTTP_",
    "CARGO_NET_",
    "CARGO_REGISTRIES_",
    "CARGO_REGISTRY_",
    "CARGO_TERM_",
    "CARGO_SOURCE_",
];

/// Variables that cargo sets for, or reads from, the build around the kernel, and those
/// of a kernel from one of whose cells this one may be started.
const DROPPED: [&str; 15] = [
    "CARGO",
    "EVCXR_IS_RUNTIME",
    "EVCXR_RUSTC_WRAPPER",
    crate::channel::HOOKS_VAR,
    crate::channel::SOCKET_VAR,
    crate::channel::WORKER_VAR,
    "MAKEFLAGS",
    "MFLAGS",
    "OUT_DIR",
    "RUSTC",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTC_WRAPPER",
    "RUSTDOC",
    "RUSTDOCFLAGS",
    "RUSTFLAGS",
];

/// Environment variable: `process id:path` of a kernel's own temporary directory.
const DIRECTORY_VAR: &str = "KERNEL_EXT_DIRECTORY";
/// Environment variable: where evcxr compiles cells.
pub(crate) const EVCXR_DIRECTORY_VAR: &str = "EVCXR_TMPDIR";

/// Environment variable: where programs are looked for.
pub(crate) const PATH_VAR: &str = "PATH";

/// Environment variable: the notebook's path; jupyter_server sets it for each kernel.
const SESSION_VAR: &str = "JPY_SESSION_NAME";
/// Environment variable: what the former said. Cells do not see it, because a kernel may have
/// started before it is known for which notebook.
pub(crate) const NOTEBOOK_VAR: &str = "KERNEL_EXT_NOTEBOOK";

/// The kernel's temporary directory, removed when this is dropped.
///
/// evcxr compiles in a directory under it: evcxr's own would stay behind where the
/// kernel is shut down while evcxr is still starting, which cannot be aborted.
#[derive(Debug)]
pub(crate) struct Directory(PathBuf);

impl Directory {
    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        // A compiler that is being killed may still write its last file.
        for _ in 0..10 {
            if std::fs::remove_dir_all(&self.0).is_ok() || !self.0.exists() {
                return;
            }
            std::thread::yield_now();
        }
        tracing::warn!(directory = %self.0.display(), "a temporary directory is left");
    }
}

/// Starts this program again in a clean environment, with a temporary directory of its
/// own; returns the directory when it runs in that environment.
///
/// Replacing the process, rather than changing variables in it, keeps its id, which
/// Jupyter knows, and is sound however many threads there are.
///
/// # Errors
///
/// If the directory cannot be made or the program cannot be started again.
pub(crate) fn settle() -> anyhow::Result<Directory> {
    let own = format!("{}:", std::process::id());
    let named = std::env::var(DIRECTORY_VAR).ok();
    if let Some(path) = named.as_deref().and_then(|named| named.strip_prefix(&own)) {
        return Ok(Directory(PathBuf::from(path)));
    }
    let directory = tempfile::Builder::new().prefix("kernel-ext-").tempdir();
    let directory = directory
        .context("cannot make a temporary directory")?
        .keep();
    let program = std::env::current_exe().context("cannot find the kernel's own binary")?;
    let mut again = Command::new(program);
    again.args(std::env::args_os().skip(1));
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(is_of_a_build) {
            again.env_remove(name);
        }
    }
    // Set by the user it is kept, but not where a cell of another kernel started this one.
    if named.is_some() || std::env::var_os(EVCXR_DIRECTORY_VAR).is_none() {
        again.env(EVCXR_DIRECTORY_VAR, directory.join("evcxr"));
    }
    // As long as nothing is there, rust-analyzer reads the toolchain's own.
    if named.is_some() || std::env::var_os(SOURCE_VAR).is_none() {
        again.env(SOURCE_VAR, directory.join(LINK));
    }
    again.env_remove(SESSION_VAR).env_remove(NOTEBOOK_VAR);
    if let Some(notebook) = std::env::var_os(SESSION_VAR) {
        again.env(NOTEBOOK_VAR, notebook);
    }
    let path = tools::search_path(&directory).context("cannot make links for the compiler")?;
    again.env(PATH_VAR, path);
    again.env(DIRECTORY_VAR, format!("{own}{}", directory.display()));
    Err(again.exec()).context("cannot start the kernel in a clean environment")
}

/// The variables that a kernel has set for itself, with what they are to be in cells: as the user
/// has them.
pub(crate) fn for_cells() -> [(&'static str, Option<OsString>); 2] {
    [
        (NOTEBOOK_VAR, None),
        (PATH_VAR, tools::search_path_of_user()),
    ]
}

/// The temporary directory of the kernel that this process belongs to.
pub(crate) fn directory() -> Option<PathBuf> {
    Some(owner()?.1)
}

/// Whether the kernel itself has started this process.
pub(crate) fn is_child_of_kernel() -> bool {
    owner().is_some_and(|(pid, _)| pid == parent_id())
}

/// The process of the kernel, and its directory.
fn owner() -> Option<(u32, PathBuf)> {
    let named = std::env::var(DIRECTORY_VAR).ok()?;
    let (pid, path) = named.split_once(':')?;
    Some((pid.parse().ok()?, PathBuf::from(path)))
}

/// Where evcxr compiles cells.
pub(crate) fn cells_folder() -> Option<PathBuf> {
    std::env::var_os(EVCXR_DIRECTORY_VAR).map(PathBuf::from)
}

/// The notebook that the kernel was started for, where the front end says which.
pub(crate) fn notebook() -> Option<PathBuf> {
    std::env::var_os(NOTEBOOK_VAR).map(PathBuf::from)
}

/// Whether all folders that a kernel writes into are in `directory`, its own: not where the
/// user has chosen others.
pub(crate) fn is_own(directory: &Path) -> bool {
    let is_within =
        |name| std::env::var_os(name).is_some_and(|path| Path::new(&path).starts_with(directory));
    is_within(EVCXR_DIRECTORY_VAR) && is_within(SOURCE_VAR)
}

/// Whether a variable differs from one kernel to the next; the search path begins with a folder
/// that is the kernel's own.
pub(crate) fn is_of_one_kernel(name: &str) -> bool {
    [
        DIRECTORY_VAR,
        EVCXR_DIRECTORY_VAR,
        NOTEBOOK_VAR,
        PATH_VAR,
        SOURCE_VAR,
    ]
    .contains(&name)
}

fn is_of_a_build(name: &str) -> bool {
    let is_kept = KEPT.iter().any(|kept| name.starts_with(kept));
    DROPPED.contains(&name) || (name.starts_with("CARGO_") && !is_kept)
}

/// The version of the compiler of cells, such as `1.95.0`; `unknown` without a compiler.
pub(crate) fn rustc_version() -> String {
    let version = run_rustc(&["--version"]).unwrap_or_default();
    let word = version.split_whitespace().nth(1);
    word.unwrap_or("unknown").to_owned()
}

/// All that the compiler of cells says of itself; empty without a compiler.
pub(crate) fn rustc_identity() -> String {
    run_rustc(&["-vV"]).unwrap_or_default()
}

/// What cells are compiled with.
#[derive(Debug)]
pub(crate) struct Toolchain {
    /// The folder of all that belongs to it.
    pub(crate) sysroot: PathBuf,
    /// Where the source of the standard library is.
    pub(crate) library: PathBuf,
}

impl Toolchain {
    /// Its cargo; what the search path has, where it brings none.
    pub(crate) fn cargo(&self) -> PathBuf {
        let own = self.sysroot.join("bin/cargo");
        if own.is_file() { own } else { "cargo".into() }
    }
}

/// Checks that cells can be compiled and understood.
///
/// # Errors
///
/// If there is no compiler, or rust-analyzer would have no standard library to read:
/// then the type of no variable could be inferred. The message says what to run.
pub(crate) fn check_toolchain() -> anyhow::Result<Toolchain> {
    let sysroot = PathBuf::from(run_rustc(&["--print", "sysroot"])?.trim());
    let library = sysroot.join("lib/rustlib/src/rust/library");
    if !library.is_dir() {
        bail!(
            "the source of the standard library is missing ({} does not exist); \
             run `rustup component add rust-src` and run the cell again",
            library.display()
        );
    }
    Ok(Toolchain { sysroot, library })
}

/// Whether the compiler of cells links with the lld that comes with it, as it does on Linux
/// on x86-64 since Rust 1.90.
pub(crate) fn compiler_brings_lld() -> bool {
    const LLD: &str = "lib/rustlib/x86_64-unknown-linux-gnu/bin/gcc-ld/ld.lld";
    let is_default = cfg!(all(
        target_os = "linux",
        target_arch = "x86_64",
        target_env = "gnu"
    ));
    let sysroot = || run_rustc(&["--print", "sysroot"]).ok();
    is_default && sysroot().is_some_and(|root| Path::new(root.trim()).join(LLD).is_file())
}

fn run_rustc(args: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("rustc").args(args).output().context(
        "cannot run rustc; install Rust from https://rustup.rs, then start Jupyter from a \
         terminal in which `rustc --version` works",
    )?;
    if !output.status.success() {
        bail!(
            "`rustc {}` failed: {}",
            args.join(" "),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_of_a_build_are_told_from_the_users_own() {
        for name in ["CARGO", "CARGO_PKG_NAME", "CARGO_TARGET_DIR", "RUSTFLAGS"] {
            assert!(is_of_a_build(name), "{name}");
        }
        for name in [
            "CARGO_HOME",
            "CARGO_NET_OFFLINE",
            "PATH",
            "RUSTUP_TOOLCHAIN",
        ] {
            assert!(!is_of_a_build(name), "{name}");
        }
    }
}
