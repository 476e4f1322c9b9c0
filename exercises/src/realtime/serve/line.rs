//! A connection as all four ways use it: every wait on it ends as well when the hub's
//! bell rings.
//!
//! So a client that does not read cannot keep the server from noticing that it falls
//! behind, that time passes, or that the server is to close.

use std::io;

use tokio::net::TcpStream;
use tokio::sync::watch;

use super::Limits;
use super::hub::{Bell, Phase};

/// Why a connection ends early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// The client went away.
    Gone,
    /// It did not take in what it was sent.
    Slow,
    /// The server has no time left.
    Closed,
}

/// A connection and the bell.
#[derive(Debug)]
pub(super) struct Line {
    stream: TcpStream,
    bell: watch::Receiver<Bell>,
}

impl Line {
    pub(super) fn new(stream: TcpStream, bell: watch::Receiver<Bell>) -> Self {
        Self { stream, bell }
    }

    /// What the bell says. Look at the log after this, and not before: what is published
    /// in between rings it again.
    pub(super) fn look(&mut self) -> Bell {
        *self.bell.borrow_and_update()
    }

    /// Waits until the client has sent something or the bell has rung, and adds what was
    /// sent to `bytes`, up to `at_most` at once.
    pub(super) async fn listen(
        &mut self,
        bytes: &mut Vec<u8>,
        at_most: usize,
    ) -> Result<(), Ended> {
        tokio::select! {
            ready = self.stream.readable() => {
                ready.map_err(|_| Ended::Gone)?;
                // On the stack: thousands of clients that are silent need no buffer.
                let mut buffer = [0; Limits::READ_BYTES];
                let room = at_most.min(buffer.len());
                match self.stream.try_read(&mut buffer[..room]) {
                    Ok(0) => return Err(Ended::Gone),
                    Ok(n_bytes) => bytes.extend_from_slice(&buffer[..n_bytes]),
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                    Err(_) => return Err(Ended::Gone),
                }
            }
            rung = self.bell.changed() => rung.map_err(|_| Ended::Closed)?,
        }
        match self.bell.borrow().phase {
            Phase::Closed => Err(Ended::Closed),
            _ => Ok(()),
        }
    }

    /// Sends all of `bytes`, as long as the newest event is not above `leash` and the client
    /// takes in something from one tick to the next but one.
    pub(super) async fn send(&mut self, bytes: &[u8], leash: u64) -> Result<(), Ended> {
        let mut rest = bytes;
        let mut tick = self.bell.borrow().tick;
        loop {
            match self.stream.try_write(rest) {
                Ok(n_bytes) => {
                    rest = &rest[n_bytes..];
                    tick = self.bell.borrow().tick;
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(_) => return Err(Ended::Gone),
            }
            if rest.is_empty() {
                return Ok(());
            }
            tokio::select! {
                ready = self.stream.writable() => ready.map_err(|_| Ended::Gone)?,
                rung = self.bell.changed() => rung.map_err(|_| Ended::Closed)?,
            }
            let bell = *self.bell.borrow();
            if bell.phase == Phase::Closed {
                return Err(Ended::Closed);
            }
            if bell.newest > leash || bell.tick >= tick + 2 {
                return Err(Ended::Slow);
            }
        }
    }
}
