//! LRU: the key that was not asked for longest goes.
//!
//! The default of most caches, because what was just used is often used again. Not for
//! scans and loops: a cyclic pass over one key more than fits misses every time.
//! Every hit writes to the list, which is why CLOCK and SIEVE exist.
//!
//! Source: L. Belady, *A study of replacement algorithms for a virtual-storage
//! computer*, IBM Systems Journal 5 (2), 1966, and textbooks since.

use std::num::NonZeroUsize;

use super::kit::{Links, List};
use super::{Replacer, Slot};

/// The least recently used key goes.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, Lru, Policy, Simulated};
///
/// let mut cache = Simulated::<Lru>::new(NonZeroUsize::new(2).expect("2 is not 0"));
/// for key in [1, 2, 1] {
///     cache.access(key);
/// }
/// assert_eq!(cache.access(3), Access::Miss { evicted: Some(2) });
/// ```
///
/// # Time complexity
///
/// O(1) an access.
// ANCHOR: lru
#[derive(Debug, Clone)]
pub struct Lru {
    links: Links,
    /// The slots by their last use, the latest in front.
    by_use: List,
}

impl Replacer for Lru {
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
        let slot = free
            .or_else(|| self.by_use.pop_back(&mut self.links))
            .expect("a full cache holds a slot");
        self.by_use.push_front(&mut self.links, slot);
        slot
    }
    // ANCHOR_END: lru

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
