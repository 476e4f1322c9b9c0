//! Stops a compilation: ends cargo, rustc and the linker under this process.
//!
//! evcxr starts cargo and waits for it, with no way to be told to stop. So an interrupt
//! during compilation kills that cargo and what is under it. rust-analyzer's own calls
//! of cargo are let run: they are short, and without their answers it would go on with
//! wrong assumptions. Reads `/proc`, hence Linux only; elsewhere the compilation runs to
//! its end and the cell is not started.

use crate::builder::MESSAGES;
use crate::processes::{children, descendants};
use rustix::process::{Signal, getpid, kill_process};
use std::fs;

/// Kills the compilation of a cell, if one is going on.
pub(super) fn stop() {
    // Parents before their children, so that no parent starts another meanwhile.
    let mut found = Vec::new();
    for child in children(getpid()) {
        let command =
            fs::read(format!("/proc/{}/cmdline", child.as_raw_nonzero())).unwrap_or_default();
        if command
            .split(|&byte| byte == 0)
            .any(|word| word == MESSAGES.as_bytes())
        {
            found.push(child);
            found.extend(descendants(child));
        }
    }
    for pid in found {
        // An error means that it has ended by itself.
        let _ = kill_process(pid, Signal::KILL);
    }
}
