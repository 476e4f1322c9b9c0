//! What kernel, supervisor and worker say to each other.
//!
//! Kernel and supervisor: JSON lines over a Unix socket. Supervisor and worker: frames
//! of a kind byte, a length and bytes, which the hooks can write without a crate.

use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};

/// Environment variable: path of the kernel's socket, for the supervisor.
pub(crate) const SOCKET_VAR: &str = "KERNEL_EXT_SOCKET";
/// Environment variable: path of the compiled hooks, for the worker.
pub(crate) const HOOKS_VAR: &str = "KERNEL_EXT_HOOKS";
/// Environment variable: set in the worker, which has no other way to know what it is.
pub(crate) const WORKER_VAR: &str = "KERNEL_EXT_WORKER";

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
    Started,
    /// The cell printed.
    Text {
        /// Where.
        stream: Stream,
        /// What; invalid UTF-8 replaced.
        text: String,
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
    },
    /// The cell's code could not be loaded.
    NotLoaded {
        /// What the loader says.
        message: String,
    },
    /// The cell was not run, because it had been interrupted before.
    Refused,
    /// The worker is gone, and the supervisor with it.
    Died {
        /// Why.
        cause: Death,
        /// Whether a cell was running.
        during_cell: bool,
        /// Panics of that cell: an abort has usually one.
        panics: Vec<Panic>,
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

/// A panic on the thread that runs cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Panic {
    /// Its message.
    pub(crate) message: String,
    /// Source file; for a cell, the file that evcxr generated.
    pub(crate) file: String,
    /// Line in that file, from 1.
    pub(crate) line: usize,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "order", rename_all = "snake_case")]
pub(crate) enum Order {
    /// Stop the running cell, or do not start the one that is coming.
    Interrupt,
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

/// A frame between supervisor and worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) kind: u8,
    pub(crate) payload: Vec<u8>,
}

impl Frame {
    /// Supervisor → worker: run the function of the library (`library NUL function`).
    pub(crate) const RUN: u8 = b'R';
    /// Worker → supervisor: the cell has ended.
    pub(crate) const DONE: u8 = b'D';
    /// Worker → supervisor: the library could not be loaded (the reason).
    pub(crate) const NOT_LOADED: u8 = b'N';

    pub(crate) fn new(kind: u8, payload: impl Into<Vec<u8>>) -> Self {
        Self {
            kind,
            payload: payload.into(),
        }
    }

    pub(crate) fn write(&self, mut to: impl Write) -> io::Result<()> {
        let length = u32::try_from(self.payload.len()).map_err(io::Error::other)?;
        let mut bytes = vec![self.kind];
        bytes.extend(length.to_le_bytes());
        bytes.extend(&self.payload);
        to.write_all(&bytes)
    }

    pub(crate) fn read(mut from: impl Read) -> io::Result<Self> {
        let mut head = [0; 5];
        from.read_exact(&mut head)?;
        let length = u32::from_le_bytes([head[1], head[2], head[3], head[4]]);
        let mut payload = vec![0; length as usize];
        from.read_exact(&mut payload)?;
        Ok(Self::new(head[0], payload))
    }
}

impl Panic {
    /// From the line in which the hooks report it: `file NUL line NUL message`.
    pub(crate) fn from_line(line: &str) -> Self {
        let mut fields = line.splitn(3, '\0');
        let mut next = || fields.next().unwrap_or_default();
        let (file, line, message) = (next(), next(), next());
        Self {
            message: unescape(message),
            file: file.to_owned(),
            line: line.parse().unwrap_or(0),
        }
    }
}

/// Undoes the hooks' escaping of `\` and line breaks.
fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        plain.push(match c {
            '\\' if chars.next() == Some('n') => '\n',
            other => other,
        });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_comes_back_as_it_was() {
        let frame = Frame::new(Frame::RUN, "libcode_1.so\0run");
        let mut bytes = Vec::new();
        frame.write(&mut bytes).unwrap();
        assert_eq!(Frame::read(bytes.as_slice()).unwrap(), frame);
    }

    #[test]
    fn a_cut_frame_is_an_error() {
        let mut bytes = Vec::new();
        Frame::new(Frame::NOT_LOADED, "x")
            .write(&mut bytes)
            .unwrap();
        bytes.pop();
        assert!(Frame::read(bytes.as_slice()).is_err());
    }

    #[test]
    fn a_panic_keeps_a_message_with_line_breaks() {
        let panic = Panic::from_line("src/lib.rs\x007\0left\\nright \\\\n");
        assert_eq!(panic.message, "left\nright \\n");
        assert_eq!((panic.file.as_str(), panic.line), ("src/lib.rs", 7));
    }
}
