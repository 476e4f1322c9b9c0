//! The words for every way in which a cell can fail.
//!
//! Each says what happened, and what is lost with it. The names are part of the kernel's
//! interface: graders and notebooks match on them.

use crate::channel::Death;
use kernel_protocol::Failure;
use rustix::process::Signal;

const ALL_LOST: &str =
    "all variables are lost; functions, types, imports and dependencies of earlier cells are kept";

pub(super) fn interrupted_early() -> Failure {
    let evalue = "the cell was stopped before its code ran; nothing has changed";
    Failure::new("Interrupted", evalue, Vec::new())
}

/// The worker has died, during the cell or before it.
pub(super) fn died(cause: Death, during_cell: bool, details: Vec<String>) -> Failure {
    if !during_cell {
        let how = match cause {
            Death::Interrupted => "was stopped".to_owned(),
            Death::Exited(code) => format!("exited with code {code}"),
            Death::Signalled(signal) => format!("was killed by {}", name(signal)),
        };
        let evalue = format!(
            "the process with the variables {how} between two cells, so this cell was not run; {ALL_LOST}"
        );
        return Failure::new("ProcessDied", evalue, details);
    }
    match cause {
        Death::Interrupted => {
            let evalue =
                format!("the cell was stopped, and the process that it ran in with it; {ALL_LOST}");
            Failure::new("Interrupted", evalue, details)
        }
        Death::Exited(code) => {
            let evalue = format!("the cell ended its process with exit code {code}; {ALL_LOST}");
            Failure::new("ProcessExited", evalue, details)
        }
        Death::Signalled(signal) => {
            let signal = name(signal);
            let evalue = format!("the cell's process was killed by {signal}; {ALL_LOST}");
            Failure::new("ProcessCrashed", evalue, details)
        }
    }
}

/// The worker has died, and its supervisor could not say why.
pub(super) fn process_gone(message: &str) -> Failure {
    let evalue = format!("the process with the variables is gone; {ALL_LOST}");
    Failure::new("ProcessDied", evalue, vec![message.to_owned()])
}

pub(super) fn panicked(message: &str, mut details: Vec<String>, lost: &[String]) -> Failure {
    details.extend(lost_note(lost));
    Failure::new("Panic", message, details)
}

/// A `?` has ended the cell; evcxr prints the error and nothing else.
pub(super) fn question_mark(stderr: &str, lost: &[String]) -> Failure {
    // An error of one line is the rule. One of several is on standard error in full;
    // where it starts there, nobody knows.
    let last = stderr.lines().rev().find(|line| !line.trim().is_empty());
    let evalue = last.unwrap_or("an error without a message");
    let mut details = vec!["the cell ended early, by a `?` on this error".to_owned()];
    details.extend(lost_note(lost));
    Failure::new("Error", evalue, details)
}

/// Variables that the cell had moved before it ended early.
fn lost_note(lost: &[String]) -> Option<String> {
    if lost.is_empty() {
        return None;
    }
    let names: Vec<_> = lost.iter().map(|name| format!("`{name}`")).collect();
    let names = names.join(", ");
    Some(format!("note: the cell had moved {names}, which is lost"))
}

pub(super) fn not_loaded(message: &str) -> Failure {
    let evalue = "the compiled cell could not be loaded; nothing has changed";
    Failure::new("NotLoaded", evalue, vec![message.to_owned()])
}

pub(super) fn refused(message: &str) -> Failure {
    let mut lines = message.trim_end().lines();
    let evalue = lines
        .next()
        .unwrap_or("evcxr refused the cell without a reason");
    let details = lines.map(str::to_owned).collect();
    Failure::new("CellRefused", evalue, details)
}

pub(super) fn engine_panicked(message: &str) -> Failure {
    let evalue =
        "evcxr itself panicked and is started anew; all variables and definitions are lost";
    Failure::new("EnginePanic", evalue, vec![message.to_owned()])
}

pub(super) fn not_started(message: &str) -> Failure {
    Failure::new("EngineNotStarted", message, Vec::new())
}

pub(super) fn engine_gone() -> Failure {
    let evalue = "evcxr's thread has ended; restart the kernel";
    Failure::new("EnginePanic", evalue, Vec::new())
}

pub(super) fn quit() -> Failure {
    let evalue = "`:quit` is for a terminal; shut the kernel down from the front end's menu";
    Failure::new("CellRefused", evalue, Vec::new())
}

fn name(signal: i32) -> String {
    let (name, meaning) = match Signal::from_named_raw(signal) {
        Some(Signal::ABORT) => ("SIGABRT", "the process aborted itself"),
        Some(Signal::SEGV) => ("SIGSEGV", "an access to memory that is not its own"),
        Some(Signal::BUS) => ("SIGBUS", "an access to memory that does not exist"),
        Some(Signal::ILL) => ("SIGILL", "an illegal instruction"),
        Some(Signal::FPE) => ("SIGFPE", "an arithmetic error"),
        Some(Signal::TRAP) => ("SIGTRAP", "a trap"),
        Some(Signal::KILL) => ("SIGKILL", "killed from outside, or out of memory"),
        Some(Signal::TERM) => ("SIGTERM", "asked to end from outside"),
        _ => return format!("signal {signal}"),
    };
    format!("signal {signal} ({name}: {meaning})")
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(failure: Failure, expected: Expect) {
        let Failure { ename, evalue, .. } = failure;
        expected.assert_eq(&format!("{ename}: {evalue}"));
    }

    #[test]
    fn a_death_names_its_signal_and_what_is_lost() {
        check(
            died(Death::Signalled(11), true, Vec::new()),
            expect![
                "ProcessCrashed: the cell's process was killed by signal 11 (SIGSEGV: an access to memory that is not its own); all variables are lost; functions, types, imports and dependencies of earlier cells are kept"
            ],
        );
        check(
            died(Death::Exited(0), true, Vec::new()),
            expect![
                "ProcessExited: the cell ended its process with exit code 0; all variables are lost; functions, types, imports and dependencies of earlier cells are kept"
            ],
        );
        check(
            died(Death::Interrupted, true, Vec::new()),
            expect![
                "Interrupted: the cell was stopped, and the process that it ran in with it; all variables are lost; functions, types, imports and dependencies of earlier cells are kept"
            ],
        );
        check(
            died(Death::Signalled(6), false, Vec::new()),
            expect![
                "ProcessDied: the process with the variables was killed by signal 6 (SIGABRT: the process aborted itself) between two cells, so this cell was not run; all variables are lost; functions, types, imports and dependencies of earlier cells are kept"
            ],
        );
    }

    #[test]
    fn an_early_return_is_named_by_the_last_line_of_standard_error() {
        check(
            question_mark("before\ninvalid digit\n\n", &[]),
            expect!["Error: invalid digit"],
        );
        check(
            question_mark("", &[]),
            expect!["Error: an error without a message"],
        );
    }

    #[test]
    fn moved_variables_are_named() {
        let lost = ["v".to_owned(), "w".to_owned()];
        let failure = panicked("boom", Vec::new(), &lost);
        expect!["note: the cell had moved `v`, `w`, which is lost"]
            .assert_eq(failure.traceback.last().unwrap());
    }
}
