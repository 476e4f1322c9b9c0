//! The processes under a process, from `/proc`.
//!
//! For Linux, like the kernel. A process whose parent has died belongs to another one and is
//! not found.

use rustix::process::{Pid, Signal, kill_process};
use std::path::Path;

/// The processes that a process has started and that are not waited for yet.
///
/// Empty if there is no such process.
pub fn children(pid: u32) -> Vec<u32> {
    // Every thread has its own list of the processes that it has started.
    let threads = std::fs::read_dir(Path::new("/proc").join(pid.to_string()).join("task"));
    let mut found = Vec::new();
    for thread in threads.into_iter().flatten().flatten() {
        let list = std::fs::read_to_string(thread.path().join("children"));
        found.extend(
            list.iter()
                .flat_map(|list| list.split_whitespace())
                .flat_map(str::parse::<u32>),
        );
    }
    found
}

/// The process itself, its children, theirs, and so on.
///
/// # Examples
///
/// ```
/// let me = std::process::id();
/// let mut child = std::process::Command::new("sleep").arg("60").spawn()?;
/// assert_eq!(kernel_client::descendants(me), [me, child.id()]);
/// child.kill()?;
/// child.wait()?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn descendants(pid: u32) -> Vec<u32> {
    let mut found = vec![pid];
    let mut next = 0;
    while next < found.len() {
        found.extend(children(found[next]));
        next += 1;
    }
    found
}

/// Kills a kernel and whatever is under it: the processes of a kernel that does not look
/// after them would live on, a busy loop for ever.
pub(crate) fn kill_all(pid: u32) {
    for pid in descendants(pid) {
        // One that has ended meanwhile is no matter.
        let _ = signal(pid, Signal::KILL);
    }
}

/// Sends a signal to one process.
pub(crate) fn signal(pid: u32, signal: Signal) -> rustix::io::Result<()> {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
    kill_process(pid.ok_or(rustix::io::Errno::SRCH)?, signal)
}
