//! CLOCK, second chance: a hand goes round the slots and takes the first one that was not
//! used since it last came by.
//!
//! Nearly LRU's choice for the price of one bit: a hit sets it, and moves nothing. So
//! page tables can do it in hardware. Not for scans, which sweep the bits away.
//!
//! Slots stand in a circle in the order of their numbers. A newcomer takes its victim's
//! place there, which is right behind the hand: it is looked at last.
//!
//! Source: F. Corbató, *A paging experiment with the Multics system*, MIT Project MAC,
//! 1968.

use std::num::NonZeroUsize;

use super::{Replacer, Slot};

/// The next key clockwise that was not used since the hand last passed goes.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, Clock, Policy, Simulated};
///
/// let mut cache = Simulated::<Clock>::new(NonZeroUsize::new(2).expect("2 is not 0"));
/// for key in [1, 2, 1] {
///     cache.access(key);
/// }
/// assert_eq!(cache.access(3), Access::Miss { evicted: Some(2) });
/// ```
///
/// # Time complexity
///
/// O(1) a hit, O(1) amortised a miss: the hand passes a slot only if a hit has marked it.
// ANCHOR: clock
#[derive(Debug, Clone)]
pub struct Clock {
    /// By slot: was it used since the hand passed?
    used: Box<[bool]>,
    /// The slot to look at next.
    hand: usize,
}

impl Replacer for Clock {
    fn new(capacity: NonZeroUsize) -> Self {
        Self {
            used: vec![false; capacity.get()].into(),
            hand: 0,
        }
    }

    #[inline]
    fn used(&mut self, slot: Slot, _: u64) {
        self.used[slot as usize] = true;
    }

    #[inline]
    fn admit(&mut self, _: u64, free: Option<Slot>) -> Slot {
        free.unwrap_or_else(|| {
            // A full circle clears every mark, so the search ends.
            while std::mem::take(&mut self.used[self.hand]) {
                self.advance();
            }
            let victim = self.hand as Slot;
            self.advance();
            victim
        })
    }
    // ANCHOR_END: clock

    fn remove(&mut self, slot: Slot) {
        self.used[slot as usize] = false;
    }

    /// The last slot's entry fills a gap, and stands in the gap's place from then on.
    fn rename(&mut self, from: Slot, to: Slot) {
        self.used[to as usize] = std::mem::take(&mut self.used[from as usize]);
    }

    fn validate(&self, held: usize) {
        assert!(self.hand < self.used.len(), "the hand is at {}", self.hand);
        let marked = self.used[held..].iter().position(|used| *used);
        assert_eq!(marked, None, "free slots that are marked as used");
    }
}

impl Clock {
    #[inline]
    fn advance(&mut self) {
        self.hand += 1;
        if self.hand == self.used.len() {
            self.hand = 0;
        }
    }
}
