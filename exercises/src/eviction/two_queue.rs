//! 2Q: newcomers queue in a small FIFO of their own; only a key that is asked for again
//! *after* it has left that queue gets into the LRU list of the proven.
//!
//! So a scan passes through a quarter of the cache and leaves the rest alone. Being asked for
//! twice in a row does not count: such pairs are correlated (a read, then the write), and say
//! nothing about the future.
//!
//! Source: T. Johnson and D. Shasha, *2Q: a low overhead high performance buffer
//! management replacement algorithm*, VLDB 1994 (the "full version", with its recommended sizes).

use std::num::NonZeroUsize;

use super::kit::{Ghosts, Links, List};
use super::{Replacer, Slot};

/// Newcomers in a FIFO, proven keys in an LRU list.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, Policy, Simulated, TwoQueue};
///
/// let mut cache = Simulated::<TwoQueue>::new(NonZeroUsize::new(4).expect("4 is not 0"));
/// // 1 leaves the queue of newcomers, and comes back: it is proven.
/// for key in [1, 2, 3, 4, 5, 1] {
///     cache.access(key);
/// }
/// for scanned in 10..100 {
///     cache.access(scanned);
/// }
/// assert_eq!(cache.access(1), Access::Hit);
/// ```
///
/// # Time complexity
///
/// O(1) expected an access.
// ANCHOR: two_queue
#[derive(Debug, Clone)]
pub struct TwoQueue {
    links: Links,
    /// By slot: is it one of the proven?
    proven: Box<[bool]>,
    /// By slot: the hash of its key, to remember it when it goes.
    hashes: Box<[u64]>,
    /// Newcomers by their arrival (the paper's `A1in`).
    newcomers: List,
    /// The proven by their last use (`Am`).
    by_use: List,
    /// Newcomers that have gone (`A1out`).
    gone: Ghosts,
    /// Newcomers beyond this number go first (`Kin`).
    max_newcomers: usize,
}

impl Replacer for TwoQueue {
    fn new(capacity: NonZeroUsize) -> Self {
        let capacity_slots = capacity.get();
        Self {
            links: Links::new(capacity),
            proven: vec![false; capacity_slots].into(),
            hashes: vec![0; capacity_slots].into(),
            newcomers: List::default(),
            by_use: List::default(),
            gone: Ghosts::new(capacity_slots / 2),
            max_newcomers: capacity_slots / 4,
        }
    }

    #[inline]
    fn used(&mut self, slot: Slot, _: u64) {
        if self.proven[slot as usize] {
            self.by_use.move_to_front(&mut self.links, slot);
        }
    }

    #[inline]
    fn admit(&mut self, hash: u64, free: Option<Slot>) -> Slot {
        let came_back = self.gone.take(hash);
        let slot = free.unwrap_or_else(|| self.victim());
        self.proven[slot as usize] = came_back;
        self.hashes[slot as usize] = hash;
        let list = if came_back {
            &mut self.by_use
        } else {
            &mut self.newcomers
        };
        list.push_front(&mut self.links, slot);
        slot
    }
    // ANCHOR_END: two_queue

    fn remove(&mut self, slot: Slot) {
        let list = if self.proven[slot as usize] {
            &mut self.by_use
        } else {
            &mut self.newcomers
        };
        list.unlink(&mut self.links, slot);
    }

    fn rename(&mut self, from: Slot, to: Slot) {
        let proven = self.proven[from as usize];
        self.proven[to as usize] = proven;
        self.hashes[to as usize] = self.hashes[from as usize];
        let list = if proven {
            &mut self.by_use
        } else {
            &mut self.newcomers
        };
        list.rename(&mut self.links, from, to);
    }

    fn validate(&self, held: usize) {
        self.gone.validate();
        for (list, proven) in [(&self.newcomers, false), (&self.by_use, true)] {
            list.validate(&self.links);
            let stray = list
                .iter(&self.links)
                .find(|slot| self.proven[*slot as usize] != proven);
            assert_eq!(stray, None, "slots in the wrong list");
        }
        assert_eq!(
            self.newcomers.len() + self.by_use.len(),
            held,
            "slots in lists"
        );
    }
}

// ANCHOR: two_queue_victim
impl TwoQueue {
    #[inline]
    fn victim(&mut self) -> Slot {
        if self.newcomers.len() <= self.max_newcomers
            && let Some(victim) = self.by_use.pop_back(&mut self.links)
        {
            return victim;
        }
        let victim = self.newcomers.pop_back(&mut self.links);
        let victim = victim.expect("a full cache holds a slot");
        self.gone.push(self.hashes[victim as usize]);
        victim
    }
}
// ANCHOR_END: two_queue_victim
