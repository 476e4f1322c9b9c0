//! Why a process that did not finish its check ended.
//!
//! Rust's runtime says on standard error why it aborts; the signal alone does not
//! tell a stack overflow from a failed allocation. A solution can print the same
//! words, but gains nothing by it: every answer from here is a failure.

use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;

use super::limits::Limits;
use super::outcome::Reason;

/// Linux's, sent for a system call behind the wall.
const SIGSYS: i32 = 31;
/// POSIX's: more processor time, and a larger file, than allowed.
const SIGXCPU: i32 = 24;
const SIGXFSZ: i32 = 25;

/// The reason for an exit status other than success.
pub(super) fn reason_of_end(status: ExitStatus, output: &str, limits: Limits) -> Reason {
    if output.contains("has overflowed its stack") {
        return Reason::StackOverflow;
    }
    let heap = output.contains("memory allocation of ") && output.contains(" bytes failed");
    // A thread that finds no room for the stack on which it would handle an overflow.
    let stack = output.contains("failed to allocate an alternative stack");
    if heap || stack {
        return Reason::OutOfMemory {
            limit_bytes: limits.memory_bytes,
        };
    }
    match status.signal() {
        Some(SIGSYS) if cfg!(target_os = "linux") => Reason::Forbidden,
        Some(SIGXFSZ) => Reason::TooMuchDisk {
            limit_bytes: limits.disk_bytes,
        },
        Some(SIGXCPU) => Reason::TimedOut {
            limit_ms: super::millis(limits.time),
        },
        Some(number) => Reason::Killed {
            signal: signal_name(number),
        },
        None => Reason::ProcessEnded {
            code: status.code(),
        },
    }
}

/// Name and meaning of a signal. Only those whose number POSIX fixes, and the two
/// memory faults, whose numbers Linux and macOS disagree about.
fn signal_name(number: i32) -> String {
    const SIGBUS: i32 = if cfg!(target_os = "linux") { 7 } else { 10 };
    match number {
        4 => "SIGILL, an illegal instruction".to_owned(),
        6 => "SIGABRT, it aborted itself".to_owned(),
        8 => "SIGFPE, an arithmetic fault".to_owned(),
        9 => "SIGKILL, perhaps by the system for want of memory".to_owned(),
        11 => "SIGSEGV, an invalid memory access".to_owned(),
        13 => "SIGPIPE, a write to a closed pipe".to_owned(),
        15 => "SIGTERM, a request to end".to_owned(),
        SIGBUS => "SIGBUS, an invalid memory access".to_owned(),
        other => format!("signal {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(wait_status: i32, output: &str, expected: &str) {
        let reason = reason_of_end(ExitStatus::from_raw(wait_status), output, Limits::default());
        assert_eq!(reason.to_string(), expected);
    }

    #[test]
    fn an_abort_says_what_the_runtime_said_about_it() {
        check(
            6,
            "thread 'main' has overflowed its stack",
            "it overflowed the stack (a recursion without an end?)",
        );
        check(
            6,
            "memory allocation of 107374182400 bytes failed",
            "it asked for more than the 1024 MiB of memory that a check may use",
        );
        check(
            6,
            "failed to allocate an alternative stack: Cannot allocate memory (os error 12)",
            "it asked for more than the 1024 MiB of memory that a check may use",
        );
        check(6, "", "the process was ended by SIGABRT, it aborted itself");
    }

    #[test]
    fn what_a_wall_stopped_is_named() {
        check(
            31,
            "",
            "it tried to start a process, to signal one, or to open a connection; a solution may do none of these",
        );
        check(
            25,
            "",
            "it wrote more than the 64 MiB of files that a check may keep",
        );
        check(24, "", "it did not finish within 10 s (an endless loop?)");
    }

    #[test]
    fn signals_and_exit_statuses_are_told_apart() {
        check(
            11,
            "",
            "the process was ended by SIGSEGV, an invalid memory access",
        );
        check(63, "", "the process was ended by signal 63");
        check(
            3 << 8,
            "",
            "the solution ended the process with exit status 3 before the check had finished",
        );
    }
}
