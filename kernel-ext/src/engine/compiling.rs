//! Stops a compilation: ends cargo, rustc and the linker under this process.
//!
//! evcxr starts cargo and waits for it, with no way to be told to stop. So an interrupt
//! during compilation kills that cargo and what is under it. rust-analyzer's own calls
//! of cargo are let run: they are short, and without their answers it would go on with
//! wrong assumptions. Reads `/proc`, hence Linux only; elsewhere the compilation runs to
//! its end and the cell is not started.

use rustix::process::{Pid, Signal, kill_process};
use std::fs;

/// With this, and nobody else here does so, evcxr starts the cargo that compiles a cell.
const MARK: &str = "--message-format=json";

/// Kills the compilation of a cell, if one is going on.
pub(super) fn stop() {
    let mut found = Vec::new();
    for child in children(std::process::id()) {
        let command = fs::read(format!("/proc/{child}/cmdline")).unwrap_or_default();
        if command
            .split(|&byte| byte == 0)
            .any(|word| word == MARK.as_bytes())
        {
            collect(child, &mut found);
        }
    }
    for pid in found {
        let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) else {
            continue;
        };
        // An error means that it has ended by itself.
        let _ = kill_process(pid, Signal::KILL);
    }
}

/// Parents before their children, so that no parent starts another meanwhile.
fn collect(pid: u32, into: &mut Vec<u32>) {
    into.push(pid);
    for child in children(pid) {
        collect(child, into);
    }
}

/// Every thread has its own list of the processes that it has started.
fn children(pid: u32) -> Vec<u32> {
    let Ok(threads) = fs::read_dir(format!("/proc/{pid}/task")) else {
        return Vec::new();
    };
    let lists = threads
        .flatten()
        .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    lists
        .flat_map(|list| {
            let pids: Vec<u32> = list.split_whitespace().flat_map(str::parse).collect();
            pids
        })
        .collect()
}
