//! Reads the history's file: what earlier sessions ran.
//!
//! Use it under the lock of [`super::store`], once, when the kernel starts. A line that
//! is no record, such as one that a full disk has cut short, costs itself and no other.
//! It changes nothing in the file; it says from where on to keep it.

use super::inputs::Inputs;
use super::record::Record;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader};

/// A file larger than this is cut to its newest half when a kernel opens it: reading it
/// delays the start, and what it holds stays in memory.
pub(super) const MAX_BYTES: u64 = 10 << 20;

/// What the file says.
#[derive(Debug, Default)]
pub(super) struct Past {
    /// The inputs that are kept.
    pub(super) inputs: Inputs,
    /// The highest number that a session has had; 0 if there was none.
    pub(super) last_session: usize,
    /// Lines that are no record.
    pub(super) n_invalid: usize,
    /// In bytes, where the first line that is kept starts.
    pub(super) kept_from: u64,
}

impl Past {
    /// Reads the file from its start. Of one above [`MAX_BYTES`] it keeps the end, at
    /// most half of that many bytes.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    ///
    /// # Time complexity
    ///
    /// O(n log n) for n lines.
    pub(super) fn read(file: &File) -> io::Result<Self> {
        let n_bytes = file.metadata()?.len();
        let is_large = n_bytes > MAX_BYTES;
        let keep_from = if is_large { n_bytes - MAX_BYTES / 2 } else { 0 };
        let mut past = Self::default();
        let mut reader = BufReader::new(file);
        let (mut line, mut at) = (Vec::new(), 0);
        while reader.read_until(b'\n', &mut line)? > 0 {
            let is_kept = at >= keep_from;
            at += line.len() as u64;
            if !is_kept {
                past.kept_from = at;
            }
            past.take(&line, is_kept);
            line.clear();
        }
        Ok(past)
    }

    /// A dropped line counts, too: its session may still be running.
    fn take(&mut self, line: &[u8], is_kept: bool) {
        let Ok(record) = serde_json::from_slice::<Record>(line) else {
            self.n_invalid += 1;
            return;
        };
        self.last_session = self.last_session.max(record.session());
        if !is_kept {
            return;
        }
        match record {
            Record::Session { .. } => {}
            Record::Input {
                session,
                line,
                text,
            } => self.inputs.insert((session, line), text),
            Record::Output {
                session,
                line,
                text,
            } => self.inputs.set_output((session, line), text),
        }
    }
}
