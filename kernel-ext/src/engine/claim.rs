//! Who gets a queued cell: evcxr's thread, or the interrupt that comes before it.

use std::sync::atomic::{AtomicU8, Ordering};

/// Decides a race: the engine takes a cell, or an interrupt cancels it before.
#[derive(Debug, Default)]
pub(super) struct Claim(AtomicU8);

impl Claim {
    const OPEN: u8 = 0;
    const TAKEN: u8 = 1;
    const CANCELLED: u8 = 2;

    /// Whether the cell will not be run.
    pub(super) fn cancel(&self) -> bool {
        self.decide(Self::CANCELLED)
    }

    /// Whether the cell may be run.
    pub(super) fn take(&self) -> bool {
        self.decide(Self::TAKEN)
    }

    fn decide(&self, to: u8) -> bool {
        let order = Ordering::SeqCst;
        match self.0.compare_exchange(Self::OPEN, to, order, order) {
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
        assert!(!claim.cancel());
        let claim = Claim::default();
        assert!(claim.cancel());
        assert!(!claim.take());
        assert!(claim.cancel());
    }
}
