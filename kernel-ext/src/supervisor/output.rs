//! From the worker's output to reports: text, content blocks, and where panics belong.
//!
//! Part of [`Supervisor`]; the cutting itself is the [`scanner`](super::scanner)'s.

use super::scanner::Piece;
use super::{Supervisor, tell_evcxr};
use crate::channel::{Panic, Report, Stream};

impl Supervisor {
    /// Reports all output that the worker has written so far.
    pub(super) fn take_output(&mut self) -> anyhow::Result<()> {
        // What the cell writes elsewhere, it does not buffer. Read last and reported first,
        // nothing comes behind what was written after it.
        let stdout = self.worker.stdout.drain();
        let stderr = self.worker.stderr.drain();
        self.take_panics()?;
        let text = self.stderr.push(&stderr);
        self.report_text(Stream::Stderr, text)?;
        let pieces = self.scanner.push(&stdout);
        self.report_pieces(pieces)
    }

    /// The same, and what was held back to see how it goes on.
    pub(super) fn finish_output(&mut self) -> anyhow::Result<()> {
        self.take_output()?;
        let pieces = self.scanner.finish();
        self.report_pieces(pieces)?;
        let text = self.stdout.finish();
        self.report_text(Stream::Stdout, text)?;
        let text = self.stderr.finish();
        self.report_text(Stream::Stderr, text)
    }

    fn report_pieces(&mut self, pieces: Vec<Piece>) -> anyhow::Result<()> {
        for piece in pieces {
            match piece {
                Piece::Text(bytes) => {
                    let text = self.stdout.push(&bytes);
                    self.report_text(Stream::Stdout, text)?;
                }
                Piece::Block { mime, data } => {
                    self.report_caught_before_output()?;
                    if let Some(cell) = &mut self.cell {
                        cell.ends_in_block = true;
                    }
                    self.report(&Report::Block { mime, data })?;
                }
                Piece::Panics(line) => {
                    self.report_caught_before_output()?;
                    if let Some(cell) = &mut self.cell {
                        cell.panics.push(Panic::from_line(&line));
                    }
                }
                Piece::Panicked => {
                    if let Some(cell) = &mut self.cell {
                        cell.has_panicked = true;
                    }
                    tell_evcxr(b"EVCXR_PANIC_NOTIFICATION\n")?;
                }
                Piece::QuestionMark => {
                    if let Some(cell) = &mut self.cell {
                        cell.by_question_mark = true;
                    }
                    tell_evcxr(b"EVCXR_ERROR_OCCURRED\n")?;
                }
                Piece::Prompt { text, is_secret } => self.input.prompt(text, is_secret),
                Piece::ForEvcxr(line) => tell_evcxr(format!("{line}\n").as_bytes())?,
            }
        }
        Ok(())
    }

    pub(super) fn report_text(&mut self, stream: Stream, text: String) -> anyhow::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        self.report_caught_before_output()?;
        if let Some(cell) = &mut self.cell {
            cell.ends_in_block = false;
        }
        self.report(&Report::Text { stream, text })
    }

    /// Reports a panic that has not ended the cell.
    pub(super) fn report_caught(&self, panic: Panic) -> anyhow::Result<()> {
        self.report(&Report::Caught { panic })
    }

    /// A cell that goes on to print has caught its panics: their place is before that.
    fn report_caught_before_output(&mut self) -> anyhow::Result<()> {
        let Some(cell) = &mut self.cell else {
            return Ok(());
        };
        let caught = cell.take_caught();
        caught
            .into_iter()
            .try_for_each(|panic| self.report_caught(panic))
    }
}
