//! How a check ended: what the graded side answers and the grading side reports.

use serde::{Deserialize, Serialize};

use super::check::Counterexample;

/// Whether a rule held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum Outcome {
    /// The check ran to its end and found nothing wrong.
    Passed,
    /// It did not, for this reason.
    Failed {
        /// Why.
        reason: Reason,
    },
}

/// Why a check did not pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Reason {
    /// The rule does not hold on this input.
    RuleBroken {
        /// The smallest input found.
        counterexample: Counterexample,
    },
    /// The solution ran into a `todo!`.
    NotWritten {
        /// What the `todo!` says; the first hint in a fresh stub.
        hint: String,
        /// `file:line:column`, where known.
        location: Option<String>,
    },
    /// The solution panicked.
    Panicked {
        /// What the panic says.
        message: String,
        /// `file:line:column`, where known.
        location: Option<String>,
    },
    /// The check was still running when its time was up.
    TimedOut {
        /// The limit, in milliseconds.
        limit_ms: u64,
    },
    /// The solution asked for more memory than it may use.
    OutOfMemory {
        /// The limit, in bytes.
        limit_bytes: u64,
    },
    /// The solution called itself, or kept local data, beyond the end of the stack.
    StackOverflow,
    /// The system ended the process.
    Killed {
        /// The signal's name, with what it means.
        signal: String,
    },
    /// The process ended before the check did: the solution ended it.
    ProcessEnded {
        /// Its exit status, where it had one.
        code: Option<i32>,
    },
    /// The solution printed more than anyone reads.
    TooMuchOutput {
        /// The limit, in bytes.
        limit_bytes: u64,
    },
    /// The solution wrote more than it may.
    TooMuchDisk {
        /// The limit, in bytes.
        limit_bytes: u64,
    },
    /// The solution tried to start a process or to open a connection.
    Forbidden,
    /// The program that was graded has no check of this name.
    NoSuchCheck,
    /// The check could not be started; this says nothing about the solution.
    NotStarted {
        /// What the system said.
        error: String,
    },
}

impl From<Reason> for Outcome {
    fn from(reason: Reason) -> Self {
        Self::Failed { reason }
    }
}
