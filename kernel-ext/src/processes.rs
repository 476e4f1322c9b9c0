//! Which processes a process has started, as `/proc` tells.

use rustix::process::Pid;
use std::fs;

/// The children of a process; none if it is gone.
///
/// Exact for a process whose threads and children do not change meanwhile.
pub(crate) fn children(pid: Pid) -> Vec<Pid> {
    // Every thread has its own list of the processes that it has started.
    let Ok(threads) = fs::read_dir(format!("/proc/{}/task", pid.as_raw_nonzero())) else {
        return Vec::new();
    };
    let lists = threads
        .flatten()
        .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    lists
        .flat_map(|list| {
            let pids = list.split_whitespace().flat_map(str::parse);
            pids.filter_map(Pid::from_raw).collect::<Vec<_>>()
        })
        .collect()
}

/// Children, their children, and so on; parents come before their children.
pub(crate) fn descendants(pid: Pid) -> Vec<Pid> {
    let mut found = children(pid);
    let mut next = 0;
    while let Some(&pid) = found.get(next) {
        found.extend(children(pid));
        next += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::process::{Signal, kill_process};
    use std::io::{BufRead as _, BufReader};
    use std::process::{Command, Stdio};

    /// Of processes with one thread each: the system may leave out children of a process
    /// whose threads come and go, as those of this one do, while they are listed.
    #[test]
    fn a_grandchild_is_a_descendant_and_no_child() {
        let shell = Command::new("sh")
            .args(["-c", "sh -c 'sleep 1000 & echo $!; wait'; true"])
            .stdout(Stdio::piped())
            .spawn();
        let mut shell = shell.unwrap();
        let mut line = String::new();
        let stdout = BufReader::new(shell.stdout.take().unwrap());
        { stdout }.read_line(&mut line).unwrap();
        let grandchild = line.trim().parse().ok().and_then(Pid::from_raw).unwrap();
        let outer = Pid::from_child(&shell);
        assert!(!children(outer).contains(&grandchild));
        assert!(descendants(outer).contains(&grandchild));
        // Ends `sleep`, and with it the shells.
        kill_process(grandchild, Signal::KILL).unwrap();
        shell.wait().unwrap();
    }
}
