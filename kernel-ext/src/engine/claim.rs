//! What both sides know of a queued cell: who gets it, and whether it is still wanted.

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

/// Decides a race: the engine takes a cell, or an interrupt cancels it before.
#[derive(Debug, Default)]
pub(super) struct Claim {
    decided: AtomicU8,
    is_done: AtomicBool,
    is_unwanted: AtomicBool,
    is_waiting: AtomicBool,
}

impl Claim {
    const OPEN: u8 = 0;
    const TAKEN: u8 = 1;
    const CANCELLED: u8 = 2;

    /// Whether the cell will not be run. If it will, its engine knows that nobody wants it.
    pub(super) fn cancel(&self) -> bool {
        self.is_unwanted.store(true, Ordering::SeqCst);
        self.decide(Self::CANCELLED)
    }

    /// Whether somebody still wants it.
    pub(super) fn is_wanted(&self) -> bool {
        !self.is_unwanted.load(Ordering::SeqCst)
    }

    /// The engine waits for another kernel, or does so no more.
    pub(super) fn wait(&self, is_waiting: bool) {
        self.is_waiting.store(is_waiting, Ordering::SeqCst);
    }

    /// Whether it does.
    pub(super) fn is_waiting(&self) -> bool {
        self.is_waiting.load(Ordering::SeqCst)
    }

    /// Whether the cell may be run.
    pub(super) fn take(&self) -> bool {
        self.decide(Self::TAKEN)
    }

    /// The engine has done with the cell.
    pub(super) fn finish(&self) {
        self.is_done.store(true, Ordering::SeqCst);
    }

    /// Whether it has.
    pub(super) fn is_done(&self) -> bool {
        self.is_done.load(Ordering::SeqCst)
    }

    fn decide(&self, to: u8) -> bool {
        let order = Ordering::SeqCst;
        match self.decided.compare_exchange(Self::OPEN, to, order, order) {
            Ok(_) => true,
            Err(decided) => decided == to,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_decided_once() {
        let claim = Claim::default();
        assert!(claim.take());
        assert!(claim.is_wanted());
        assert!(!claim.cancel());
        assert!(!claim.is_wanted());
        let claim = Claim::default();
        assert!(claim.cancel());
        assert!(!claim.take());
        assert!(claim.cancel());
    }
}
