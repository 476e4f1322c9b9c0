//! The graded side: one check, in a process of its own, behind walls.
//!
//! Standard input is a socket. The grader sends one line of JSON: which check, the
//! seed, the limits and a random nonce. The answer goes back with that nonce after the
//! check has returned, so an answer with the right nonce means that the check *finished*.
//!
//! A solution must not learn the nonce, or it could answer itself. It passes through
//! neither arguments nor environment; this process's memory, `/proc/self/mem`, is
//! behind the wall. A file or a pipe for the answer would not do: a thread that the
//! solution left running could read the answer from it, a pipe by opening
//! `/proc/self/fd/N` anew, and put another in its place. A socket cannot be opened
//! like that, and what is sent through it only the other end receives.

use std::io::{self, BufRead, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::ExitCode;
use std::{fs, thread};

use serde::{Deserialize, Serialize};

use super::check::{Check, Seed};
use super::limits::{Limits, limit_this_process};
use super::loopback::{self, Network};
use super::outcome::{Outcome, Reason};
use super::panics::{HookGuard, outcome_of};
use super::shortened::shortened;
use super::walls::{self, Grounds};

/// The argument that turns a program into the graded side.
pub const CHILD_FLAG: &str = "--answer-one-check";

/// What the grader asks for.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) check: String,
    pub(super) seed: Seed,
    pub(super) nonce: String,
    /// Where the process runs, and all that it may touch.
    pub(super) folder: PathBuf,
    pub(super) limits: Limits,
    /// What of the network the check needs. From the grader's catalog: the graded
    /// program's own list of checks is not asked before the walls are up.
    pub(super) network: Network,
}

/// What the graded side answers when its check has finished.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Answer {
    pub(super) nonce: String,
    pub(super) outcome: Outcome,
}

/// Serves as the graded side: reads a request from standard input, runs that
/// check of `checks`, and answers.
///
/// Programs that can be graded call this when [`CHILD_FLAG`] is among their
/// arguments; [`super::main`] does it for stubs. It does not return after a
/// request was served: threads that the solution left behind end with the process.
pub fn child(checks: fn() -> Vec<Check>) -> ExitCode {
    match serve(checks) {
        Ok(()) => std::process::exit(0),
        Err(error) => {
            eprintln!("error: {CHILD_FLAG} is for the grader: {error}");
            ExitCode::from(2)
        }
    }
}

fn serve(checks: fn() -> Vec<Check>) -> io::Result<()> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    let request: Request = serde_json::from_str(&line)?;
    // The line holds the nonce.
    drop(line);
    let mut answers = UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
    end_with_the_grader(request.folder.clone());
    limit_this_process(&request.limits)?;
    if request.network == Network::Loopback {
        loopback::open()?;
    }
    walls::confine(&Grounds {
        writable: vec![request.folder],
        ..Grounds::default()
    })?;

    let hook = HookGuard::set();
    let outcome = match checks().iter().find(|check| check.name == request.check) {
        Some(check) => shortened(outcome_of(check, request.seed)),
        None => Reason::NoSuchCheck.into(),
    };
    drop(hook);
    let answer = Answer {
        nonce: request.nonce,
        outcome,
    };
    let mut line = serde_json::to_vec(&answer)?;
    line.push(b'\n');
    answers.write_all(&line)
}

/// Ends this process when the grader is gone.
///
/// The grader keeps standard input open for as long as it lives. Without this,
/// Ctrl-C on the grader would leave an endless loop running: graded processes
/// have a process group of their own, so the terminal does not reach them. The
/// folder that the process works in would stay behind, too.
fn end_with_the_grader(folder: PathBuf) {
    thread::spawn(move || {
        let mut rest = [0; 64];
        while io::stdin().lock().read(&mut rest).is_ok_and(|n| n > 0) {}
        // Best effort: whoever could be told of a failure is gone.
        let _ = fs::remove_dir_all(folder);
        // Not `exit`, which runs exit handlers that the solution may hold up.
        std::process::abort();
    });
}
