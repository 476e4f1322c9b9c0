//! Why a kernel did not do what was asked of it.

use jupyter_zmq_client::RuntimeError;
use std::process::ExitStatus;
use std::time::Duration;

/// What went wrong between this front end and the kernel.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The kernel's program could not be run, or its files could not be made.
    #[error("cannot start `{program}`: {source}; is it installed, and is the disk full?")]
    NotStarted {
        /// The program that was to be run.
        program: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// Nothing came within the limit.
    #[error("the kernel did not send {awaited} within {limit:?}; see its log")]
    Silent {
        /// What was awaited, in words.
        awaited: &'static str,
        /// How long.
        limit: Duration,
    },
    /// The kernel's process has ended, and everything that it had sent is read.
    #[error("the kernel ended ({status}) when {awaited} was awaited; see its log")]
    Ended {
        /// What was awaited, in words.
        awaited: &'static str,
        /// How it ended.
        status: ExitStatus,
    },
    /// A message cannot be sent, or is not what Jupyter's protocol says.
    #[error("no message of Jupyter's protocol: {0}")]
    Message(#[from] RuntimeError),
    /// The kernel answered another request than the one that was asked.
    #[error("the kernel answered with `{0}`, which answers another request")]
    Unexpected(String),
    /// The system refused something: a process, a signal, a file.
    #[error("the system refused: {0}")]
    System(#[from] std::io::Error),
}
