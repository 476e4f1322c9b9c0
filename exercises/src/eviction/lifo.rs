//! LIFO, also FILO: the key that came in last goes.
//!
//! It keeps what came first, for ever: right for a loop that is larger than the
//! cache, and wrong for nearly everything else. Often confused with [MRU](super::Mru),
//! which goes by the last *use*.

use std::num::NonZeroUsize;

use super::kit::{Links, List};
use super::{Replacer, Slot};

/// The key that came in last goes.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, Lifo, Policy, Simulated};
///
/// let mut cache = Simulated::<Lifo>::new(NonZeroUsize::new(2).expect("2 is not 0"));
/// for key in [1, 2, 1] {
///     cache.access(key);
/// }
/// assert_eq!(cache.access(3), Access::Miss { evicted: Some(2) });
/// ```
///
/// # Time complexity
///
/// O(1) an access.
// ANCHOR: lifo
#[derive(Debug, Clone)]
pub struct Lifo {
    links: Links,
    /// The slots by their arrival, the latest in front.
    by_arrival: List,
}

impl Replacer for Lifo {
    fn new(capacity: NonZeroUsize) -> Self {
        Self {
            links: Links::new(capacity),
            by_arrival: List::default(),
        }
    }

    #[inline]
    fn used(&mut self, _: Slot, _: u64) {}

    #[inline]
    fn admit(&mut self, _: u64, free: Option<Slot>) -> Slot {
        match free {
            Some(slot) => {
                self.by_arrival.push_front(&mut self.links, slot);
                slot
            }
            // The newcomer is the latest in the place of the latest: nothing moves.
            None => self.by_arrival.front().expect("a full cache holds a slot"),
        }
    }
    // ANCHOR_END: lifo

    fn remove(&mut self, slot: Slot) {
        self.by_arrival.unlink(&mut self.links, slot);
    }

    fn rename(&mut self, from: Slot, to: Slot) {
        self.by_arrival.rename(&mut self.links, from, to);
    }

    fn validate(&self, held: usize) {
        self.by_arrival.validate(&self.links);
        assert_eq!(self.by_arrival.len(), held, "slots in the order of arrival");
    }
}
