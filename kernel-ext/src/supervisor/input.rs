//! What the hooks in the worker say: questions for input, and panics of other threads.
//!
//! Part of [`Supervisor`]. Packets over a socket; the first byte tells which of the two.
//! The hooks stand in for `read`; they send a number and wait for an answer with the same
//! number. A worker that has died meanwhile leaves an answer behind, which the next one
//! skips by that number.

use super::Supervisor;
use crate::channel::{Panic, Report};
use rustix::net::{RecvFlags, SendFlags, recv, send};
use std::os::fd::OwnedFd;

/// Shorter than the hooks' `MAX_PACKET`.
const MAX_PART: usize = 1 << 15;

/// The numbers of questions, as they are.
type Question = [u8; 8];

/// Longer than any packet of the hooks.
const MAX_PACKET: usize = 1 << 17;

/// First byte of a packet: the cell waits for input.
const QUESTION: u8 = b'?';
/// First byte of a packet: a thread has panicked.
const PANIC: u8 = b'!';

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

    /// Takes the next packet if it is of that kind, without waiting for one.
    ///
    /// What is of no kind is dropped: a cell can write to any descriptor of its process,
    /// and what stays unread would wake the supervisor again and again.
    fn take(&mut self, wanted: u8) -> Option<Vec<u8>> {
        loop {
            // Most of the time there is none, and no room has to be made.
            let mut first = [0];
            let peek = RecvFlags::DONTWAIT | RecvFlags::PEEK;
            let (_, length) = recv(&self.socket, &mut first[..], peek).ok()?;
            // An empty packet is of no kind either; the socket's end looks like one.
            let kind = first[..length].first().copied();
            let is_the_others = kind.is_some_and(|kind| [QUESTION, PANIC].contains(&kind));
            if is_the_others && kind != Some(wanted) {
                return None;
            }
            let mut packet = vec![0; MAX_PACKET];
            let (_, length) =
                recv(&self.socket, packet.as_mut_slice(), RecvFlags::DONTWAIT).ok()?;
            if kind == Some(wanted) {
                packet.truncate(length);
                return Some(packet.split_off(1));
            }
            if length == 0 {
                return None;
            }
            tracing::warn!(length, "a cell has written to a socket of the kernel's");
        }
    }

    fn take_question(&mut self) -> bool {
        let question = self.take(QUESTION).and_then(|it| it.try_into().ok());
        self.asked = question.or(self.asked);
        question.is_some()
    }

    fn take_panic(&mut self) -> Option<Panic> {
        let line = self.take(PANIC)?;
        Some(Panic::from_line(&String::from_utf8_lossy(&line)))
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
    fn forget(&mut self) {
        self.asked = None;
        self.prompt = Default::default();
    }
}

impl Supervisor {
    /// Takes what the hooks say.
    pub(super) fn take_said(&mut self) -> anyhow::Result<()> {
        // They are reported with the output, which is where they belong.
        self.take_output()?;
        self.take_question()
    }

    /// Reports the panics of other threads than the cell's, up to the next question.
    pub(super) fn take_panics(&mut self) -> anyhow::Result<()> {
        while let Some(panic) = self.input.take_panic() {
            self.report_caught(panic)?;
        }
        Ok(())
    }

    /// Takes the last words of a worker that is dead, and forgets its questions.
    pub(super) fn finish_said(&mut self) -> anyhow::Result<()> {
        self.take_panics()?;
        while self.input.take_question() {
            self.take_panics()?;
        }
        self.input.forget();
        Ok(())
    }

    /// Passes a question on. Only a cell can ask: between cells, input is at its end.
    fn take_question(&mut self) -> anyhow::Result<()> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::net::{AddressFamily, SocketFlags, SocketType, socketpair};

    #[test]
    fn what_is_no_packet_of_the_hooks_stands_in_nobodys_way() {
        let (flags, kind) = (SocketFlags::empty(), SocketType::SEQPACKET);
        let (socket, hooks) = socketpair(AddressFamily::UNIX, kind, flags, None).unwrap();
        let mut input = Input::new(socket);
        for packet in [
            &b"written by a cell"[..],
            b"",
            b"!t\0file\x001\0boom",
            b"?12345678",
        ] {
            send(&hooks, packet, SendFlags::empty()).unwrap();
        }
        // The empty one, which may be the end.
        assert!(!input.take_question());
        assert!(!input.take_question(), "the panic comes first");
        assert_eq!(input.take_panic().unwrap().message, "boom");
        assert!(input.take_panic().is_none());
        assert!(input.take_question());
        assert!(!input.take_question());
    }
}
