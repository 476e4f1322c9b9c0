//! Between kernel and supervisor: JSON lines over a Unix socket.

use super::{Panic, Restored};
use serde::{Deserialize, Serialize};
use std::io::{self, Write};

/// From the supervisor to the kernel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "report", rename_all = "snake_case")]
pub(crate) enum Report {
    /// The supervisor is there.
    Hello {
        /// Its process id.
        pid: u32,
    },
    /// A cell's code starts to run.
    Started {
        /// The path of the library that it has been compiled to.
        library: String,
    },
    /// The cell printed.
    Text {
        /// Where.
        stream: Stream,
        /// What; invalid UTF-8 replaced.
        text: String,
    },
    /// A panic that did not end the cell: it was caught, or on another thread.
    Caught {
        /// The panic.
        panic: Panic,
    },
    /// The cell printed one of evcxr's content blocks.
    Block {
        /// Its MIME type.
        mime: String,
        /// Its data.
        data: String,
    },
    /// Nothing has followed the last block for a while: it is complete.
    Quiet,
    /// The cell's code has ended, and its output has been reported.
    Finished {
        /// The panic that ended it.
        panic: Option<Panic>,
        /// Whether a `?` ended it.
        by_question_mark: bool,
        /// How long its library took to be loaded, in microseconds.
        loading_us: u64,
    },
    /// The cell's code could not be loaded.
    NotLoaded {
        /// What the loader says.
        message: String,
    },
    /// The cell was not run, because it had been interrupted before.
    Refused,
    /// A panic or a `?` ended the cell after it had moved variables away, so all
    /// variables were set back to what they were before it.
    RolledBack {
        /// The panic that ended it.
        panic: Option<Panic>,
        /// Whether a `?` ended it.
        by_question_mark: bool,
        /// The variables that it had moved.
        moved: Vec<String>,
        /// What was set back, and what could not be.
        restored: Restored,
    },
    /// The worker is gone.
    Died {
        /// Why.
        cause: Death,
        /// Whether a cell was running.
        during_cell: bool,
        /// Panics of that cell: an abort has usually one.
        panics: Vec<Panic>,
        /// What was set back; `None` if there was no copy of the variables, and
        /// the supervisor ends too.
        restored: Option<Restored>,
    },
    /// No copy of the variables could be made.
    Unprotected {
        /// What the system says.
        message: String,
    },
    /// The cell reads standard input, and waits for [`Order::Input`].
    InputWanted {
        /// What to ask; often empty, because the cell has printed its question.
        prompt: String,
        /// Whether what is typed must not be seen.
        is_secret: bool,
    },
    /// Everything before [`Order::Sync`] has been reported.
    Synced {
        /// The number of the order.
        number: u64,
    },
}

/// A standard stream of the worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stream {
    Stdout,
    Stderr,
}

/// Why the worker is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Death {
    /// The kernel asked for it.
    Interrupted,
    /// It exited with a code.
    Exited(i32),
    /// A signal killed it.
    Signalled(i32),
}

/// From the kernel to the supervisor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "order", rename_all = "snake_case")]
pub(crate) enum Order {
    /// Stop the running cell, or do not start the one that is coming.
    Interrupt,
    /// How many bytes of memory the worker may use from the next cell on.
    MemoryLimit {
        /// `None` for as many as there are.
        bytes: Option<u64>,
    },
    /// What the cell's input is.
    Input {
        /// Without a line break; `None` for the end of the input.
        line: Option<String>,
    },
    /// The cell is over: report what is left, then [`Report::Synced`].
    Sync {
        /// To tell the answers apart.
        number: u64,
    },
}

/// Writes one JSON line.
pub(crate) fn write_line(mut to: impl Write, message: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    to.write_all(&line)
}
