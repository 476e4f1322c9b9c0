//! A kernel that has started before it is asked for.
//!
//! evcxr's start and rust-analyzer's reading of the standard library take seconds, which a
//! person waits for at each restart. So a kernel that is idle has one more process started,
//! the *spare*, which does both and then waits. The next kernel that Jupyter starts in the
//! same environment gives its connection file to the spare, and stays as the process that
//! Jupyter knows: it passes signals on and ends when the spare does ([`stand_in`]).
//!
//! A spare has read no crate and no notebook, so it cannot be out of date about them. There is
//! one for each user, and none where it would take memory that others need. It ends with Jupyter,
//! and when no kernel has been there for [half a minute](wait).
//!
//! Not a fork of a kernel that has started: its threads would be missing in the copy. Not a
//! server of all kernels either: what one cell does to its kernel stays with it.

mod keeper;
mod place;
mod room;
mod stand_in;
mod wait;

pub(crate) use keeper::Keeper;
pub(crate) use stand_in::take_over;
pub(crate) use wait::run;

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// From the process that Jupyter has started to the spare.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "order", rename_all = "snake_case")]
enum ToSpare {
    /// Be the kernel of this connection file. It carries the stream for what it logs.
    TakeOver {
        connection_file: PathBuf,
        /// For which it is, where that is known.
        notebook: Option<PathBuf>,
    },
    /// This kernel needs no spare any more: nobody restarts it.
    Leave,
    /// Stop the running cell.
    Interrupt,
    /// End as if Jupyter had said so.
    End,
}

/// The answers.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
enum FromSpare {
    /// It is the kernel from now on.
    Taken,
    /// It has ended, and this way.
    Ended {
        /// Why it could not go on; `None` if it was told to end.
        error: Option<String>,
    },
}
