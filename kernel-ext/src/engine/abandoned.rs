//! A cell that is answered as interrupted while evcxr is still busy with it.
//!
//! evcxr cannot be stopped while rust-analyzer loads crates, which takes seconds after a
//! start or a `:dep`. The user does not wait for that: the cell is given up, and a thread
//! sees to it that it never runs. The next cell waits for evcxr, and can be interrupted
//! meanwhile like any other.

use super::claim::Claim;
use super::side::Side;
use super::{INSIST_EVERY, compiling};
use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

/// How long an interrupted cell that does not run yet may take to end by itself.
pub(super) const PATIENCE: Duration = Duration::from_millis(150);

/// A given-up cell, and the thread that stops it.
pub(super) struct Abandoned {
    claim: Arc<Claim>,
    stopper: JoinHandle<()>,
    /// Whether variables have been set back meanwhile, and nothing repaired yet.
    pub(super) is_restored: bool,
}

impl Abandoned {
    /// Gives a cell up: stops its compilation and its start, until evcxr has done with it.
    ///
    /// # Errors
    ///
    /// If the system has no thread for it.
    pub(super) fn new(claim: Arc<Claim>, side: Side) -> io::Result<Self> {
        let watched = Arc::clone(&claim);
        let stopper = std::thread::Builder::new()
            .name("stopper".to_owned())
            .spawn(move || {
                while !watched.is_done() {
                    side.interrupt();
                    compiling::stop();
                    std::thread::park_timeout(INSIST_EVERY);
                }
            })?;
        Ok(Self {
            claim,
            stopper,
            is_restored: false,
        })
    }

    /// Whether evcxr is still at it.
    pub(super) fn is_busy(&self) -> bool {
        !self.claim.is_done()
    }

    /// To be called when evcxr has done with the cell: nothing more is stopped afterwards.
    pub(super) fn end(self) {
        if self.stopper.join().is_err() {
            tracing::error!("the thread that stops a cell ended by a panic");
        }
    }
}
