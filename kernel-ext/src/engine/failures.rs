//! The words for every way in which a cell can fail.
//!
//! Each says what happened, and what is lost with it. The names are part of the kernel's
//! interface: graders and notebooks match on them.

use super::session::Repaired;
use crate::channel::{Death, Restored};
use kernel_protocol::Failure;
use rustix::process::Signal;

const ALL_LOST: &str = "there was no copy of the variables, so all are lost; functions, types, \
                        imports and dependencies of earlier cells are kept";
const ALL_KEPT: &str = "all variables are as they were before it";

/// The cell reads standard input where nobody can be asked.
pub(super) const NO_INPUT: &str = "note: the cell reads standard input, but whoever runs it \
                                   cannot be asked; it finds the end of the input\n";

pub(super) fn interrupted_early() -> Failure {
    let evalue = "the cell was stopped before its code ran; nothing has changed";
    Failure::new("Interrupted", evalue, Vec::new())
}

/// The worker has died while the cell ran. `stderr` is the end of what it printed.
pub(super) fn died(
    cause: Death,
    stderr: &str,
    mut details: Vec<String>,
    restored: Option<&Restored>,
) -> Failure {
    let (name, what) = match cause {
        Death::Interrupted => ("Interrupted", "the cell was stopped".to_owned()),
        Death::Exited(code) => (
            "ProcessExited",
            format!("the cell ended its process with exit code {code}"),
        ),
        Death::Signalled(_) if stderr.contains("has overflowed its stack") => (
            "StackOverflow",
            "the cell's calls nest too deeply for the stack".to_owned(),
        ),
        Death::Signalled(signal) => match failed_allocation(stderr) {
            Some(bytes) => (
                "OutOfMemory",
                format!(
                    "the cell could not get {bytes} bytes of memory; \
                     `:memory_limit` shows how much it may use"
                ),
            ),
            None => (
                "ProcessCrashed",
                format!("the cell's process was killed by {}", signal_name(signal)),
            ),
        },
    };
    details.extend(restored.into_iter().flat_map(notes));
    let variables = restored.map_or(ALL_LOST, |_| ALL_KEPT);
    Failure::new(name, format!("{what}; {variables}"), details)
}

/// How many bytes an allocation had asked for whose failure has ended the process.
fn failed_allocation(stderr: &str) -> Option<&str> {
    // The standard library's words.
    let (_, rest) = stderr.rsplit_once("memory allocation of ")?;
    Some(rest.split_once(" bytes failed")?.0)
}

/// The worker has died before the cell was run, and everything with it.
pub(super) fn not_run(cause: Death, details: Vec<String>) -> Failure {
    let how = how(cause);
    let evalue = format!(
        "the process with the variables {how} between two cells, so this cell was not run; {ALL_LOST}"
    );
    Failure::new("ProcessDied", evalue, details)
}

/// The worker has died between two cells, and its snapshot is there.
pub(super) fn died_between_cells(cause: Death, restored: &Restored) -> String {
    let how = how(cause);
    let mut text = format!(
        "note: something that an earlier cell has left running took the process along: it {how}; \
         all variables are as they were after the cell before\n"
    );
    for note in notes(restored) {
        text += &note;
        text.push('\n');
    }
    text
}

/// No snapshot could be taken.
pub(super) fn unprotected(message: &str) -> String {
    format!(
        "note: no copy of the variables could be made ({message}); \
         if the next cell crashes, they are lost\n"
    )
}

fn how(cause: Death) -> String {
    match cause {
        Death::Interrupted => "was stopped".to_owned(),
        Death::Exited(code) => format!("exited with code {code}"),
        Death::Signalled(signal) => format!("was killed by {}", signal_name(signal)),
    }
}

/// What a snapshot cannot bring back.
fn notes(restored: &Restored) -> Vec<String> {
    let mut notes = Vec::new();
    match restored.threads {
        0 => {}
        1 => notes.push("note: a thread that an earlier cell had started is gone".to_owned()),
        n => notes.push(format!(
            "note: {n} threads that earlier cells had started are gone"
        )),
    }
    match restored.connections {
        0 => {}
        1 => notes.push("note: a connection or pipe of an earlier cell is closed".to_owned()),
        n => notes.push(format!(
            "note: {n} connections or pipes of earlier cells are closed"
        )),
    }
    let listeners = restored.listeners.iter();
    notes.extend(listeners.map(|reason| format!("note: nothing listens any more at {reason}")));
    if !restored.processes.is_empty() {
        let pids: Vec<_> = restored.processes.iter().map(i32::to_string).collect();
        notes.push(format!(
            "note: processes of earlier cells go on, but cannot be waited for any more: {}",
            pids.join(", ")
        ));
    }
    notes
}

/// The worker has died, and its supervisor could not say why.
pub(super) fn process_gone(message: &str) -> Failure {
    let evalue = format!("the process with the variables is gone; {ALL_LOST}");
    Failure::new("ProcessDied", evalue, vec![message.to_owned()])
}

/// What the user has to know of the runtime that a restored worker has.
pub(super) fn repaired(repaired: Repaired) -> Option<String> {
    let text = match repaired {
        Repaired::Nothing => return None,
        Repaired::Runtime => {
            "note: the runtime behind `.await` is a new one; tasks of earlier cells are gone"
        }
        Repaired::Failed => {
            "note: the runtime behind `.await` has lost its threads and could not be \
             replaced; an `.await` that has to wait will not end, until the kernel is restarted"
        }
    };
    Some(text.to_owned())
}

pub(super) fn panicked(
    message: &str,
    mut details: Vec<String>,
    rolled_back: Option<&(Vec<String>, Restored)>,
) -> Failure {
    details.extend(rolled_back.into_iter().flat_map(rollback_notes));
    Failure::new("Panic", message, details)
}

/// A `?` has ended the cell; evcxr prints the error and nothing else.
pub(super) fn question_mark(
    stderr: &str,
    rolled_back: Option<&(Vec<String>, Restored)>,
) -> Failure {
    // An error of one line is the rule. One of several is on standard error in full;
    // where it starts there, nobody knows.
    let last = stderr.lines().rev().find(|line| !line.trim().is_empty());
    let evalue = last.unwrap_or("an error without a message");
    let mut details = vec!["the cell ended early, by a `?` on this error".to_owned()];
    details.extend(rolled_back.into_iter().flat_map(rollback_notes));
    Failure::new("Error", evalue, details)
}

/// Why a cell that failed in its own words has undone what it did before.
fn rollback_notes((moved, restored): &(Vec<String>, Restored)) -> Vec<String> {
    let names: Vec<_> = moved.iter().map(|name| format!("`{name}`")).collect();
    let names = names.join(", ");
    let mut lines = vec![format!("note: the cell had moved {names}; {ALL_KEPT}")];
    lines.extend(notes(restored));
    lines
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

/// Documentation was asked for that there is not.
pub(super) fn unknown(name: &str) -> Failure {
    let evalue = format!("nothing is known of `{name}`; is it spelled right, and imported?");
    Failure::new("CommandError", evalue, Vec::new())
}

/// In bytes; the limit is a whole number of MiB.
pub(super) fn too_long(length: usize, limit: usize) -> Failure {
    let limit = limit >> 20;
    let evalue = format!(
        "the cell has {length} bytes, and a cell may have {limit} MiB; nothing of it was run. \
         Put data into a file, and read it in the cell"
    );
    Failure::new("CellRefused", evalue, Vec::new())
}

pub(super) fn quit() -> Failure {
    let evalue = "`:quit` is for a terminal; shut the kernel down from the front end's menu";
    Failure::new("CellRefused", evalue, Vec::new())
}

fn signal_name(signal: i32) -> String {
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
    fn a_death_names_its_cause_and_what_is_left() {
        let kept = Restored::default();
        check(
            died(Death::Signalled(11), "", Vec::new(), Some(&kept)),
            expect![
                "ProcessCrashed: the cell's process was killed by signal 11 (SIGSEGV: an access to memory that is not its own); all variables are as they were before it"
            ],
        );
        check(
            died(Death::Exited(0), "", Vec::new(), None),
            expect![
                "ProcessExited: the cell ended its process with exit code 0; there was no copy of the variables, so all are lost; functions, types, imports and dependencies of earlier cells are kept"
            ],
        );
        check(
            died(Death::Interrupted, "", Vec::new(), Some(&kept)),
            expect!["Interrupted: the cell was stopped; all variables are as they were before it"],
        );
        check(
            not_run(Death::Signalled(6), Vec::new()),
            expect![
                "ProcessDied: the process with the variables was killed by signal 6 (SIGABRT: the process aborted itself) between two cells, so this cell was not run; there was no copy of the variables, so all are lost; functions, types, imports and dependencies of earlier cells are kept"
            ],
        );
    }

    #[test]
    fn an_abort_is_explained_by_what_the_standard_library_has_printed() {
        let kept = Restored::default();
        let abort = |stderr| died(Death::Signalled(6), stderr, Vec::new(), Some(&kept));
        check(
            abort("\nthread 'main' (7) has overflowed its stack\nfatal runtime error"),
            expect![
                "StackOverflow: the cell's calls nest too deeply for the stack; all variables are as they were before it"
            ],
        );
        check(
            abort("memory allocation of 8589934592 bytes failed\n"),
            expect![
                "OutOfMemory: the cell could not get 8589934592 bytes of memory; `:memory_limit` shows how much it may use; all variables are as they were before it"
            ],
        );
    }

    #[test]
    fn what_does_not_come_back_is_told() {
        let restored = Restored {
            threads: 2,
            connections: 1,
            listeners: vec!["127.0.0.1:80: permission denied".to_owned()],
            processes: vec![41, 42],
        };
        expect![[r#"
            note: something that an earlier cell has left running took the process along: it was killed by signal 6 (SIGABRT: the process aborted itself); all variables are as they were after the cell before
            note: 2 threads that earlier cells had started are gone
            note: a connection or pipe of an earlier cell is closed
            note: nothing listens any more at 127.0.0.1:80: permission denied
            note: processes of earlier cells go on, but cannot be waited for any more: 41, 42
        "#]].assert_eq(&died_between_cells(Death::Signalled(6), &restored));
    }

    #[test]
    fn an_early_return_is_named_by_the_last_line_of_standard_error() {
        check(
            question_mark("before\ninvalid digit\n\n", None),
            expect!["Error: invalid digit"],
        );
        check(
            question_mark("", None),
            expect!["Error: an error without a message"],
        );
    }

    #[test]
    fn moved_variables_are_named() {
        let moved = ["v".to_owned(), "w".to_owned()].to_vec();
        let rolled_back = (moved, Restored::default());
        let failure = panicked("boom", Vec::new(), Some(&rolled_back));
        expect!["note: the cell had moved `v`, `w`; all variables are as they were before it"]
            .assert_eq(failure.traceback.last().unwrap());
    }
}
