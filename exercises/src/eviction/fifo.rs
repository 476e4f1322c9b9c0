//! FIFO: the key that came in first goes, whatever was asked for since.
//!
//! The cheapest policy: a hit changes nothing, so many threads can read at once. It
//! throws out its hottest key as soon as that is the oldest. More room may even make
//! it worse (*Belady's anomaly*).
//!
//! Source: L. Belady, R. Nelson and G. Shedler, *An anomaly in space-time characteristics of
//! certain programs running in a paging machine*, CACM 12 (6), 1969.

use std::num::NonZeroUsize;

use super::kit::{Links, List};
use super::{Replacer, Slot};

/// The key that came in first goes.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, Fifo, Policy, Simulated};
///
/// let mut cache = Simulated::<Fifo>::new(NonZeroUsize::new(2).expect("2 is not 0"));
/// for key in [1, 2, 1] {
///     cache.access(key);
/// }
/// assert_eq!(cache.access(3), Access::Miss { evicted: Some(1) });
/// ```
///
/// # Time complexity
///
/// O(1) an access.
// ANCHOR: fifo
#[derive(Debug, Clone)]
pub struct Fifo {
    links: Links,
    /// The slots by their arrival, the latest in front.
    by_arrival: List,
}

impl Replacer for Fifo {
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
        let slot = free
            .or_else(|| self.by_arrival.pop_back(&mut self.links))
            .expect("a full cache holds a slot");
        self.by_arrival.push_front(&mut self.links, slot);
        slot
    }
    // ANCHOR_END: fifo

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
