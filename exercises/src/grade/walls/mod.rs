//! Walls: what a solution, and the compiler that reads it, may touch.
//!
//! A process confines itself, before it runs or reads a line of the solution: the
//! system calls for that have safe interfaces, where confining a child between
//! `fork` and `exec` needs `unsafe`. There is no way back, and whatever the process
//! starts inherits it.
//!
//! | wall | by | on |
//! |---|---|---|
//! | files | Landlock | Linux 5.13 and later, if the system has it switched on |
//! | network, processes | seccomp | Linux on x86-64, AArch64 and 64-bit RISC-V |
//! | memory, time, size of a file | rlimits, see [`Limits`](super::Limits) | Unix; memory not on macOS |
//!
//! A check of a server gets no gap in them, but a socket that was made before they
//! closed: see [`Loopback`](super::Loopback).
//!
//! Elsewhere there is less: [`missing`] says which walls this machine cannot put
//! up, and reports pass that on. `RLIMIT_NPROC` is not used: it counts all processes
//! of the user, and does not bind root. Cgroups and namespaces need rights or set-up
//! that a learner's machine rarely has.
//!
//! Sources: <https://docs.kernel.org/userspace-api/landlock.html>,
//! <https://docs.kernel.org/userspace-api/seccomp_filter.html>.

#[cfg(all(target_os = "linux", feature = "graded"))]
mod files;
#[cfg(all(target_os = "linux", feature = "graded"))]
mod system_calls;

use std::fmt;
use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::limits::MEMORY_IS_LIMITED;

/// Something that a solution is kept from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wall {
    /// Memory beyond the limit.
    Memory,
    /// Files outside its own folder: reading, writing, listing.
    Files,
    /// Connections, even to the same machine.
    Network,
    /// Starting other processes.
    Processes,
}

impl fmt::Display for Wall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Memory => "memory",
            Self::Files => "files",
            Self::Network => "network",
            Self::Processes => "processes",
        })
    }
}

/// What a confined process may still do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grounds {
    /// Files and folders that it may read, and programs in them that it may run.
    pub readable: Vec<PathBuf>,
    /// Files and folders that it may read and write.
    pub writable: Vec<PathBuf>,
    /// Whether it may start processes, as a compiler starts a linker.
    pub may_start_processes: bool,
}

/// The walls that this machine cannot put up; none on a current Linux.
pub fn missing() -> Vec<Wall> {
    let mut missing = Vec::new();
    if !MEMORY_IS_LIMITED {
        missing.push(Wall::Memory);
    }
    if !can_confine_files() {
        missing.push(Wall::Files);
    }
    if !can_confine_system_calls() {
        missing.extend([Wall::Network, Wall::Processes]);
    }
    missing
}

/// Confines the calling thread, and all threads and processes that it will start, to
/// these grounds; threads that run already are not bound.
///
/// Walls that are [`missing`] here are left out.
///
/// # Errors
///
/// When the system refuses a wall that it has.
#[cfg(all(target_os = "linux", feature = "graded"))]
pub fn confine(grounds: &Grounds) -> io::Result<()> {
    if can_confine_files() {
        files::confine(grounds)?;
    }
    if can_confine_system_calls() {
        system_calls::confine(grounds)?;
    }
    Ok(())
}

/// Does nothing: all walls of this kind are [`missing`] here.
///
/// # Errors
///
/// None.
#[cfg(not(all(target_os = "linux", feature = "graded")))]
pub fn confine(_grounds: &Grounds) -> io::Result<()> {
    Ok(())
}

#[cfg(all(target_os = "linux", feature = "graded"))]
fn can_confine_files() -> bool {
    files::is_supported()
}

#[cfg(all(target_os = "linux", feature = "graded"))]
fn can_confine_system_calls() -> bool {
    system_calls::is_supported()
}

#[cfg(not(all(target_os = "linux", feature = "graded")))]
fn can_confine_files() -> bool {
    false
}

#[cfg(not(all(target_os = "linux", feature = "graded")))]
fn can_confine_system_calls() -> bool {
    false
}
