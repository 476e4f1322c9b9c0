//! The graded side: one check, in a process of its own.
//!
//! The grader writes one line of JSON to standard input: which check, the seed, a
//! random nonce, and the file that takes the answer. The answer is written after
//! the check has returned, so an answer with the right nonce means that the check
//! *finished*. None of this passes through arguments or the environment, which a
//! solution could read, nor through standard output, where it prints.
//!
//! Safe code cannot learn the nonce; code that reads the process's own memory
//! could. Grading strangers needs the stronger walls of a submission's grader.

use std::io::{self, BufRead, Read};
use std::path::PathBuf;
use std::process::ExitCode;
use std::{fs, thread};

use serde::{Deserialize, Serialize};

use super::check::{Check, Seed};
use super::limits::limit_this_process;
use super::panics::{HookGuard, outcome_of};
use super::report::{Outcome, Reason};

/// The argument that turns a program into the graded side.
pub const CHILD_FLAG: &str = "--answer-one-check";

/// What the grader asks for.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) check: String,
    pub(super) seed: Seed,
    pub(super) nonce: String,
    pub(super) answer_to: PathBuf,
    pub(super) memory_bytes: u64,
}

/// What the graded side writes when its check has finished.
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
    end_with_the_grader(request.answer_to.clone());
    limit_this_process(request.memory_bytes)?;

    let hook = HookGuard::set();
    let outcome = match checks().iter().find(|check| check.name == request.check) {
        Some(check) => outcome_of(check, request.seed),
        None => Reason::NoSuchCheck.into(),
    };
    drop(hook);
    let answer = Answer {
        nonce: request.nonce,
        outcome,
    };
    fs::write(&request.answer_to, serde_json::to_vec(&answer)?)
}

/// Ends this process when the grader is gone.
///
/// The grader keeps standard input open for as long as it lives. Without this,
/// Ctrl-C on the grader would leave an endless loop running: graded processes
/// have a process group of their own, so the terminal does not reach them. The
/// folder made for the answer would stay behind, too.
fn end_with_the_grader(answer_to: PathBuf) {
    thread::spawn(move || {
        let mut rest = [0; 64];
        while io::stdin().lock().read(&mut rest).is_ok_and(|n| n > 0) {}
        if let Some(folder) = answer_to.parent() {
            // Best effort: whoever could be told of a failure is gone.
            let _ = fs::remove_dir_all(folder);
        }
        // Not `exit`, which runs exit handlers that the solution may hold up.
        std::process::abort();
    });
}
