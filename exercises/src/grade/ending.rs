//! Why a process that did not finish its check ended.
//!
//! Rust's runtime says on standard error why it aborts; the signal alone does not
//! tell a stack overflow from a failed allocation. A solution can print the same
//! words, but gains nothing by it: every answer from here is a failure.

use std::process::ExitStatus;

use super::limits::Limits;
use super::report::Reason;

/// The reason for an exit status other than success.
pub(super) fn reason_of_end(status: ExitStatus, output: &str, limits: Limits) -> Reason {
    if output.contains("has overflowed its stack") {
        return Reason::StackOverflow;
    }
    if output.contains("memory allocation of ") && output.contains(" bytes failed") {
        return Reason::OutOfMemory {
            limit_bytes: limits.memory_bytes,
        };
    }
    match signal_of(status) {
        Some(number) => Reason::Killed {
            signal: signal_name(number),
        },
        None => Reason::ProcessEnded {
            code: status.code(),
        },
    }
}

#[cfg(unix)]
fn signal_of(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal_of(_status: ExitStatus) -> Option<i32> {
    None
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
