//! Questions for input, from the cells' process to the kernel, and the answers.
//!
//! Part of [`Supervisor`]. The hooks in the worker stand in for `read`; they send a number
//! over a socket of packets and wait for an answer with the same number. A worker that
//! has died meanwhile leaves an answer behind, which the next one skips by that number.

use super::Supervisor;
use crate::channel::Report;
use rustix::net::{RecvFlags, SendFlags, recv, send};
use std::os::fd::OwnedFd;

/// Shorter than the hooks' `MAX_PACKET`.
const MAX_PART: usize = 1 << 15;

/// The numbers of questions, as they are.
type Question = [u8; 8];

/// The worker's questions.
pub(super) struct Input {
    pub(super) socket: OwnedFd,
    /// The question that waits for an answer.
    asked: Option<Question>,
    /// What to show with the next one, and whether the answer is a secret.
    prompt: (String, bool),
}

impl Input {
    pub(super) fn new(socket: OwnedFd) -> Self {
        Self {
            socket,
            asked: None,
            prompt: Default::default(),
        }
    }

    pub(super) fn prompt(&mut self, text: String, is_secret: bool) {
        self.prompt = (text, is_secret);
    }

    /// Takes a question, without waiting for one.
    fn take_question(&mut self) -> bool {
        let mut question = Question::default();
        let received = recv(&self.socket, &mut question, RecvFlags::DONTWAIT);
        let is_whole = matches!(received, Ok((_, length)) if length == question.len());
        if is_whole {
            self.asked = Some(question);
        }
        is_whole
    }

    /// Answers the question, if there is one; `None` is the end of the input.
    pub(super) fn answer(&mut self, line: Option<String>) {
        let Some(question) = self.asked.take() else {
            return;
        };
        let line = line.map(|line| line + "\n").unwrap_or_default();
        let mut parts = line.as_bytes().chunks(MAX_PART).peekable();
        loop {
            let part = parts.next().unwrap_or_default();
            let goes_on = u8::from(parts.peek().is_some());
            let packet = [&question[..], &[goes_on], part].concat();
            if let Err(error) = send(&self.socket, &packet, SendFlags::NOSIGNAL) {
                tracing::debug!(%error, "nobody reads the input");
            }
            if goes_on == 0 {
                return;
            }
        }
    }

    /// The worker is dead, and its questions with it.
    pub(super) fn forget(&mut self) {
        while self.take_question() {}
        self.asked = None;
        self.prompt = Default::default();
    }
}

impl Supervisor {
    /// Passes a question on. Only a cell can ask: between cells, input is at its end.
    pub(super) fn take_question(&mut self) -> anyhow::Result<()> {
        if !self.input.take_question() {
            return Ok(());
        }
        if self.cell.is_none() {
            self.input.answer(None);
            return Ok(());
        }
        // The question that the cell has printed comes first, and the prompt with it.
        self.finish_output()?;
        let (prompt, is_secret) = std::mem::take(&mut self.input.prompt);
        self.report(&Report::InputWanted { prompt, is_secret })
    }
}
