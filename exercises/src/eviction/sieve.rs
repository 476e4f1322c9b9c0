//! SIEVE: a hand goes from the oldest key to the newest, and takes the first that was not
//! used since it came by; keys that were stay *where they are*.
//!
//! The difference to [CLOCK](super::Clock) is that newcomers always go to the front of the
//! list, not to where the hand is. The hand soon passes them again, so a key that is asked for
//! only once is gone quickly, while proven keys gather at the back. A few lines, and on skewed
//! requests it misses less than LRU. Not for workloads whose favourites change all the time.
//!
//! Source: Y. Zhang et al., *SIEVE is simpler than LRU*, NSDI 2024.

use std::num::NonZeroUsize;

use super::kit::{Links, List};
use super::{Replacer, Slot};

/// The next key, from old to new, that was not used since the hand last passed goes.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, Policy, Sieve, Simulated};
///
/// let mut cache = Simulated::<Sieve>::new(NonZeroUsize::new(3).expect("3 is not 0"));
/// for key in [1, 2, 3, 1] {
///     cache.access(key);
/// }
/// assert_eq!(cache.access(4), Access::Miss { evicted: Some(2) });
/// assert_eq!(cache.access(5), Access::Miss { evicted: Some(3) });
/// assert_eq!(cache.access(6), Access::Miss { evicted: Some(4) });
/// ```
///
/// # Time complexity
///
/// O(1) a hit, O(1) amortised a miss: the hand passes a slot only if a hit has marked it.
// ANCHOR: sieve
#[derive(Debug, Clone)]
pub struct Sieve {
    links: Links,
    /// The slots by their arrival, the latest in front.
    by_arrival: List,
    /// By slot: was it used since the hand passed?
    used: Box<[bool]>,
    /// The slot to look at next; `None` stands for the oldest.
    hand: Option<Slot>,
}

impl Replacer for Sieve {
    fn new(capacity: NonZeroUsize) -> Self {
        Self {
            links: Links::new(capacity),
            by_arrival: List::default(),
            used: vec![false; capacity.get()].into(),
            hand: None,
        }
    }

    #[inline]
    fn used(&mut self, slot: Slot, _: u64) {
        self.used[slot as usize] = true;
    }

    #[inline]
    fn admit(&mut self, _: u64, free: Option<Slot>) -> Slot {
        let slot = free.unwrap_or_else(|| self.victim());
        self.by_arrival.push_front(&mut self.links, slot);
        slot
    }
    // ANCHOR_END: sieve

    fn remove(&mut self, slot: Slot) {
        if self.hand == Some(slot) {
            self.hand = self.links.newer(slot);
        }
        self.used[slot as usize] = false;
        self.by_arrival.unlink(&mut self.links, slot);
    }

    fn rename(&mut self, from: Slot, to: Slot) {
        if self.hand == Some(from) {
            self.hand = Some(to);
        }
        self.used[to as usize] = std::mem::take(&mut self.used[from as usize]);
        self.by_arrival.rename(&mut self.links, from, to);
    }

    fn validate(&self, held: usize) {
        self.by_arrival.validate(&self.links);
        assert_eq!(self.by_arrival.len(), held, "slots in the order of arrival");
        let marked = self.used[held..].iter().position(|used| *used);
        assert_eq!(marked, None, "free slots that are marked as used");
        let on_held = self.hand.is_none_or(|hand| (hand as usize) < held);
        assert!(on_held, "the hand is on {:?} of {held} slots", self.hand);
    }
}

// ANCHOR: sieve_victim
impl Sieve {
    #[inline]
    fn victim(&mut self) -> Slot {
        loop {
            let slot = self
                .hand
                .or(self.by_arrival.back())
                .expect("a full cache holds a slot");
            self.hand = self.links.newer(slot);
            if !std::mem::take(&mut self.used[slot as usize]) {
                self.by_arrival.unlink(&mut self.links, slot);
                return slot;
            }
        }
    }
}
// ANCHOR_END: sieve_victim
