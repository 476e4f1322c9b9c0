//! The inputs of this session and of earlier ones, for `history_request`.
//!
//! Kept in memory, or in a file as well, where the next kernel finds them. [`inputs`]
//! answers, [`store`] keeps. What a kernel that runs beside this one adds to the file is
//! not seen before the next start. A file that cannot be used costs a line in the log
//! and what it would have held; the kernel works on.

mod glob;
mod inputs;
mod past;
mod record;
mod store;

use inputs::{Found, Inputs, Place};
use jupyter_protocol::messaging::{HistoryReply, HistoryRequest};
use record::Record;
use std::path::Path;
use store::Store;

/// A longer input or result, in bytes, is not kept: a single one of 10 MiB would push all
/// others out of the file.
const MAX_TEXT: usize = 1 << 20;

/// Inputs and their plain-text results, in the order in which they ran.
#[derive(Debug)]
pub(crate) struct History {
    /// The number of the session that is running, from 1.
    session: usize,
    /// The line of the last input, from 1.
    line: usize,
    inputs: Inputs,
    /// Where they are kept; without it, in memory only.
    store: Option<Store>,
}

impl Default for History {
    /// An empty one, in memory.
    fn default() -> Self {
        Self {
            session: 1,
            line: 0,
            inputs: Inputs::default(),
            store: None,
        }
    }
}

impl History {
    /// Starts a session in a file, which is created if there is none.
    ///
    /// # Time complexity
    ///
    /// O(n log n) for n lines in the file.
    pub(crate) fn open(path: &Path) -> Self {
        match Store::open(path) {
            Ok((store, session, past)) => {
                let n_skipped = past.n_invalid;
                if n_skipped > 0 {
                    tracing::warn!(n_skipped, file = %path.display(), "the history has lines that cannot be read");
                }
                Self {
                    session,
                    line: 0,
                    inputs: past.inputs,
                    store: Some(store),
                }
            }
            Err(error) => {
                tracing::warn!(%error, file = %path.display(), "the history is kept in memory only");
                Self::default()
            }
        }
    }

    /// Adds an input that is about to run, unless it is very long.
    pub(crate) fn push(&mut self, line: usize, input: &str) {
        self.line = line;
        if input.len() > MAX_TEXT {
            return;
        }
        self.inputs.insert(self.place(), input.to_owned());
        self.keep(&Record::Input {
            session: self.session,
            line,
            text: input.to_owned(),
        });
    }

    /// Adds the result of the input pushed last, unless it is very long.
    pub(crate) fn set_output(&mut self, text: &str) {
        if text.len() > MAX_TEXT {
            return;
        }
        self.inputs.set_output(self.place(), text.to_owned());
        self.keep(&Record::Output {
            session: self.session,
            line: self.line,
            text: text.to_owned(),
        });
    }

    fn place(&self) -> Place {
        (self.session, self.line)
    }

    /// Gives the file up when it fails, so that the log is told once and not by each cell.
    fn keep(&mut self, record: &Record) {
        let Some(store) = &self.store else { return };
        if let Err(error) = store.append(record) {
            tracing::warn!(%error, file = %store.path().display(), "the history is kept in memory only from here on");
            self.store = None;
        }
    }

    /// Answers a request.
    ///
    /// # Time complexity
    ///
    /// O(n · p · m) for a search, with n inputs of m characters and a pattern of p;
    /// O(n) otherwise.
    pub(crate) fn reply(&self, request: &HistoryRequest) -> HistoryReply {
        let (found, with_output) = match request {
            HistoryRequest::Range {
                session,
                start,
                stop,
                output,
                ..
            } => (self.range(session.unwrap_or(0), *start, *stop), *output),
            HistoryRequest::Tail { n, output, .. } => (self.inputs.tail(*n), *output),
            HistoryRequest::Search {
                pattern,
                unique,
                output,
                n,
                ..
            } => (self.inputs.search(pattern, *unique, *n), *output),
        };
        let found = found.iter().map(|found| found.to_message(with_output));
        HistoryReply::new(found.collect())
    }

    /// Session 0 is the current one, negative ones count back from it.
    fn range(&self, session: i32, start: i32, stop: i32) -> Vec<Found<'_>> {
        let session = match usize::try_from(session) {
            Ok(0) => Some(self.session),
            Ok(session) => Some(session),
            Err(_) => self.session.checked_sub(session.unsigned_abs() as usize),
        };
        session.map_or_else(Vec::new, |session| self.inputs.range(session, start, stop))
    }
}

#[cfg(test)]
mod tests;
