//! MRU: the key that was asked for last goes.
//!
//! The opposite of LRU, for access patterns that are the opposite of what LRU hopes for: in
//! a loop, what was just used is what will be needed last. Database systems use it for
//! repeated scans.
//!
//! Source: H. Chou and D. DeWitt, *An evaluation of buffer management strategies for
//! relational database systems*, VLDB 1985.

use std::num::NonZeroUsize;

use super::kit::{Links, List};
use super::{Replacer, Slot};

/// The most recently used key goes.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, Mru, Policy, Simulated};
///
/// let mut cache = Simulated::<Mru>::new(NonZeroUsize::new(2).expect("2 is not 0"));
/// for key in [1, 2, 1] {
///     cache.access(key);
/// }
/// assert_eq!(cache.access(3), Access::Miss { evicted: Some(1) });
/// ```
///
/// # Time complexity
///
/// O(1) an access.
// ANCHOR: mru
#[derive(Debug, Clone)]
pub struct Mru {
    links: Links,
    /// The slots by their last use, the latest in front.
    by_use: List,
}

impl Replacer for Mru {
    fn new(capacity: NonZeroUsize) -> Self {
        Self {
            links: Links::new(capacity),
            by_use: List::default(),
        }
    }

    #[inline]
    fn used(&mut self, slot: Slot, _: u64) {
        self.by_use.move_to_front(&mut self.links, slot);
    }

    #[inline]
    fn admit(&mut self, _: u64, free: Option<Slot>) -> Slot {
        match free {
            Some(slot) => {
                self.by_use.push_front(&mut self.links, slot);
                slot
            }
            // The newcomer is the latest in the place of the latest: nothing moves.
            None => self.by_use.front().expect("a full cache holds a slot"),
        }
    }
    // ANCHOR_END: mru

    fn remove(&mut self, slot: Slot) {
        self.by_use.unlink(&mut self.links, slot);
    }

    fn rename(&mut self, from: Slot, to: Slot) {
        self.by_use.rename(&mut self.links, from, to);
    }

    fn validate(&self, held: usize) {
        self.by_use.validate(&self.links);
        assert_eq!(self.by_use.len(), held, "slots in the order of use");
    }
}
