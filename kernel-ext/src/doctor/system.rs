//! What the kernel needs of the operating system and of the disk.

use super::finding::Finding;
use bytesize::ByteSize;
use rustix::process::{PidfdFlags, getpid, pidfd_open};
use std::path::Path;

/// A session that uses the course's crates compiles a few hundred megabytes.
const ENOUGH: ByteSize = ByteSize::gb(1);

pub(super) fn look(directory: &Path) -> Vec<Finding> {
    vec![kernel(), temporary(directory), memory(), history()]
}

/// Snapshots need to know when a process has ended, and what is open in it.
fn kernel() -> Finding {
    const NAME: &str = "Linux";
    const MEND: &str = "the kernel needs Linux 5.3 or later, and /proc";
    match pidfd_open(getpid(), PidfdFlags::empty()) {
        Err(error) => Finding::bad(NAME, format!("no process descriptors: {error}"), MEND),
        Ok(_) if !Path::new("/proc/self/fd").is_dir() => {
            Finding::bad(NAME, "/proc is not mounted", MEND)
        }
        Ok(_) => {
            let release = std::fs::read_to_string("/proc/sys/kernel/osrelease");
            Finding::good(NAME, release.unwrap_or_default().trim())
        }
    }
}

/// Where cells are compiled. That they can be loaded from there shows in the trial cell.
fn temporary(directory: &Path) -> Finding {
    const NAME: &str = "disk";
    let shown = std::env::temp_dir().display().to_string();
    match rustix::fs::statvfs(directory) {
        Ok(disk) => {
            let free = ByteSize::b(disk.f_bavail.saturating_mul(disk.f_frsize));
            let found = format!("{} free in {shown}", free.display().iec());
            if free < ENOUGH {
                let mend = "make room, or set TMPDIR to a folder on another disk";
                Finding::bad(NAME, found, mend)
            } else {
                Finding::good(NAME, found)
            }
        }
        Err(error) => Finding::bad(NAME, format!("{shown}: {error}"), "set TMPDIR"),
    }
}

fn memory() -> Finding {
    let limit = crate::engine::memory_limit();
    Finding::good("memory", limit.trim_end())
}

fn history() -> Finding {
    match crate::history::file() {
        Some(file) => Finding::good("history", format!("in {}", file.display())),
        None => Finding::good("history", "not kept"),
    }
}
