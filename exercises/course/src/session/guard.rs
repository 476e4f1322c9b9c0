//! `cargo course guard -- PROGRAM ARGUMENTS`: runs a program and takes it, with
//! everything that came from it, away when standard input ends.
//!
//! Started by [`super::children`] only, hence hidden from the help. On Linux the
//! guard adopts orphans of its child (`PR_SET_CHILD_SUBREAPER`), so that a
//! kernel whose JupyterLab had to be killed is found and killed as well. Other
//! systems have no such thing: there the process group is killed, and a kernel
//! notices by itself that its server has gone.
//!
//! It does not survive a SIGKILL of its own: what it guards then goes on.

use std::io::Read;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process_group};

/// How long a program has to end by itself once asked. JupyterLab gives each of
/// its kernels five seconds; a person who has pressed Ctrl-C will not wait much
/// longer than twice that.
const GRACE: Duration = Duration::from_secs(10);

/// What to run.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The program and its arguments.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
    command: Vec<std::ffi::OsString>,
}

enum Event {
    LifelineCut,
    Ended(std::io::Result<ExitStatus>),
}

/// Runs the program; answers with its exit code, or 128 + N for signal N as shells do.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let (program, arguments) = options.command.split_first().context("no program given")?;
    orphans::adopt();
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .process_group(0)
        .spawn()
        .with_context(|| format!("could not start {}", program.display()))?;
    let group = Pid::from_child(&child);

    let (events, inbox) = channel();
    watch_lifeline(events.clone());
    std::thread::spawn(move || events.send(Event::Ended(child.wait())));

    let status = match inbox.recv()? {
        Event::Ended(status) => status?,
        Event::LifelineCut => end(group, &inbox)?,
    };
    // A program that a signal ended had no time to end its own children. One
    // that ended by itself may have left a daemon (a compiler cache) on purpose.
    if status.signal().is_some() {
        sweep(group);
    }
    Ok(exit_code(status))
}

fn watch_lifeline(events: Sender<Event>) {
    std::thread::spawn(move || {
        let mut nothing = [0; 1];
        // Nobody ever writes to the lifeline: anything but a retry is its end.
        while std::io::stdin()
            .read(&mut nothing)
            .is_ok_and(|read| read > 0)
        {}
        events.send(Event::LifelineCut)
    });
}

/// Asks the group to end, then makes it end, then does the same to orphans.
fn end(group: Pid, inbox: &Receiver<Event>) -> Result<ExitStatus> {
    // An error means that the group has gone already.
    let _ = kill_process_group(group, Signal::TERM);
    let status = match inbox.recv_timeout(GRACE) {
        Ok(Event::Ended(status)) => status,
        Ok(Event::LifelineCut) | Err(RecvTimeoutError::Disconnected) => {
            Ok(ExitStatus::from_raw(Signal::TERM.as_raw()))
        }
        Err(RecvTimeoutError::Timeout) => {
            let _ = kill_process_group(group, Signal::KILL);
            match inbox.recv()? {
                Event::Ended(status) => status,
                Event::LifelineCut => Ok(ExitStatus::from_raw(Signal::KILL.as_raw())),
            }
        }
    };
    sweep(group);
    status.context("could not learn how the program ended")
}

/// Kills what is left of the group, and orphans. Errors mean that there is nothing left.
fn sweep(group: Pid) {
    let _ = kill_process_group(group, Signal::KILL);
    orphans::kill_all();
}

fn exit_code(status: ExitStatus) -> ExitCode {
    let number = status
        .code()
        .or_else(|| status.signal().map(|signal| 128 + signal))
        .unwrap_or(1);
    ExitCode::from(u8::try_from(number).unwrap_or(1))
}

#[cfg(target_os = "linux")]
mod orphans {
    //! Descendants whose own parent has gone: Linux hands them to the guard.

    use rustix::process::{Pid, Signal, WaitOptions, getpid, kill_process, waitpid};

    /// Asks the system for orphans. Without them (a kernel before 3.4) only the
    /// process group is ended, which is what other systems do too.
    pub(super) fn adopt() {
        let _ = rustix::process::set_child_subreaper(Some(getpid()));
    }

    /// Kills children until there are none: each death may orphan the next ones.
    ///
    /// # Time complexity
    ///
    /// Linear in the number of descendants.
    pub(super) fn kill_all() {
        loop {
            let children = children();
            if children.is_empty() {
                return;
            }
            for child in children {
                let _ = kill_process(child, Signal::KILL);
                let _ = waitpid(Some(child), WaitOptions::empty());
            }
        }
    }

    fn children() -> Vec<Pid> {
        let Ok(threads) = std::fs::read_dir("/proc/self/task") else {
            return Vec::new();
        };
        threads
            .flatten()
            .filter_map(|thread| std::fs::read_to_string(thread.path().join("children")).ok())
            .flat_map(|list| pids(&list))
            .collect()
    }

    pub(super) fn pids(list: &str) -> Vec<Pid> {
        list.split_whitespace()
            .filter_map(|word| Pid::from_raw(word.parse().ok()?))
            .collect()
    }
}

#[cfg(not(target_os = "linux"))]
mod orphans {
    //! No way to adopt orphans here; see the top of the file.

    pub(super) fn adopt() {}
    pub(super) fn kill_all() {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exit_code_is_the_programs_own_or_its_signal_as_shells_tell_it() {
        let code = |raw| format!("{:?}", exit_code(ExitStatus::from_raw(raw)));
        assert_eq!(code(3 << 8), format!("{:?}", ExitCode::from(3)));
        assert_eq!(code(15), format!("{:?}", ExitCode::from(143)));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_systems_list_of_children_is_read() {
        let raw: Vec<i32> = orphans::pids("12 345 ")
            .iter()
            .map(|pid| pid.as_raw_nonzero().get())
            .collect();
        assert_eq!(raw, [12, 345]);
    }
}
