//! ARC: LRU among keys asked for once, LRU among keys asked for again, and a border between the
//! two that moves by itself.
//!
//! Ghosts tell which way. A request for a key that has just left the list of the once-asked
//! says that this list is too short; a ghost of the other list says the opposite. So a scan
//! shrinks the one and a change of favourites the other, and no parameter is to be set. IBM's
//! patent on it, now expired, is why PostgreSQL had it in release 8.0 only.
//!
//! Source: N. Megiddo and D. Modha, *ARC: a self-tuning, low overhead replacement cache*,
//! FAST 2003, figure 4.

use std::num::NonZeroUsize;

use super::kit::{Ghosts, Links, List};
use super::{Replacer, Slot};

/// Once-asked and often-asked keys, with a border that adapts.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, Arc, Policy, Simulated};
///
/// let mut cache = Simulated::<Arc>::new(NonZeroUsize::new(4).expect("4 is not 0"));
/// for key in [1, 1, 2, 2] {
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
// ANCHOR: arc
#[derive(Debug, Clone)]
pub struct Arc {
    links: Links,
    /// By slot: was its key asked for again?
    again: Box<[bool]>,
    /// By slot: the hash of its key, to remember it when it goes.
    hashes: Box<[u64]>,
    /// The paper's `T1` and `T2`, each by last use, and `B1` and `B2`, their ghosts.
    once: List,
    often: List,
    once_gone: Ghosts,
    often_gone: Ghosts,
    /// Length that `once` should have, the paper's `p`.
    target: f64,
    capacity: usize,
}

// ANCHOR_END: arc

impl Replacer for Arc {
    fn new(capacity: NonZeroUsize) -> Self {
        let capacity_slots = capacity.get();
        Self {
            links: Links::new(capacity),
            again: vec![false; capacity_slots].into(),
            hashes: vec![0; capacity_slots].into(),
            once: List::default(),
            often: List::default(),
            once_gone: Ghosts::new(capacity_slots),
            often_gone: Ghosts::new(capacity_slots),
            target: 0.0,
            capacity: capacity_slots,
        }
    }

    // ANCHOR: arc_admit
    #[inline]
    fn used(&mut self, slot: Slot, _: u64) {
        if self.again[slot as usize] {
            self.often.move_to_front(&mut self.links, slot);
        } else {
            self.once.unlink(&mut self.links, slot);
            self.enter(slot, true);
        }
    }

    #[inline]
    fn admit(&mut self, hash: u64, free: Option<Slot>) -> Slot {
        let (once_gone, often_gone) = (self.once_gone.len() as f64, self.often_gone.len() as f64);
        let (slot, again);
        if self.once_gone.take(hash) {
            let step = (often_gone / once_gone).max(1.0);
            self.target = (self.target + step).min(self.capacity as f64);
            slot = free.unwrap_or_else(|| self.victim(false));
            again = true;
        } else if self.often_gone.take(hash) {
            let step = (once_gone / often_gone).max(1.0);
            self.target = (self.target - step).max(0.0);
            slot = free.unwrap_or_else(|| self.victim(true));
            again = true;
        } else {
            slot = self.room_for_stranger(free);
            again = false;
        }
        self.hashes[slot as usize] = hash;
        self.enter(slot, again);
        slot
    }
    // ANCHOR_END: arc_admit

    fn remove(&mut self, slot: Slot) {
        let list = if self.again[slot as usize] {
            &mut self.often
        } else {
            &mut self.once
        };
        list.unlink(&mut self.links, slot);
    }

    fn rename(&mut self, from: Slot, to: Slot) {
        let again = self.again[from as usize];
        self.again[to as usize] = again;
        self.hashes[to as usize] = self.hashes[from as usize];
        let list = if again {
            &mut self.often
        } else {
            &mut self.once
        };
        list.rename(&mut self.links, from, to);
    }

    fn validate(&self, held: usize) {
        for (list, again) in [(&self.once, false), (&self.often, true)] {
            list.validate(&self.links);
            let stray = list
                .iter(&self.links)
                .find(|slot| self.again[*slot as usize] != again);
            assert_eq!(stray, None, "slots in the wrong list");
        }
        self.once_gone.validate();
        self.often_gone.validate();
        assert_eq!(self.once.len() + self.often.len(), held, "slots in lists");
        let known_once = self.once.len() + self.once_gone.len();
        assert!(
            known_once <= self.capacity,
            "{known_once} known as asked for once"
        );
        let known = known_once + self.often.len() + self.often_gone.len();
        assert!(known <= 2 * self.capacity, "{known} known in all");
        let bounds = 0.0..=self.capacity as f64;
        assert!(
            bounds.contains(&self.target),
            "the target is {}",
            self.target
        );
    }
}

// ANCHOR: arc_victim
impl Arc {
    /// Room for a key that no list and no ghost knows. At most `capacity` keys are known as asked
    /// for once, gone or not, and twice as many keys in all; ghosts go for that.
    #[inline]
    fn room_for_stranger(&mut self, free: Option<Slot>) -> Slot {
        let known_once = self.once.len() + self.once_gone.len();
        if known_once >= self.capacity {
            if self.once_gone.is_empty() {
                let victim = self.once.pop_back(&mut self.links);
                return victim.expect("as many as fit were asked for once");
            }
            self.once_gone.forget_oldest();
        } else if known_once + self.often.len() + self.often_gone.len() >= 2 * self.capacity {
            self.often_gone.forget_oldest();
        }
        free.unwrap_or_else(|| self.victim(false))
    }

    /// The oldest of the list that is longer than it should be; its hash is remembered.
    #[inline]
    fn victim(&mut self, back_to_often: bool) -> Slot {
        let length = self.once.len() as f64;
        let too_long = length > self.target || back_to_often && length == self.target;
        let from_once = !self.once.is_empty() && too_long || self.often.is_empty();
        let (list, gone) = if from_once {
            (&mut self.once, &mut self.once_gone)
        } else {
            (&mut self.often, &mut self.often_gone)
        };
        let victim = list.pop_back(&mut self.links);
        let victim = victim.expect("a full cache holds a slot");
        gone.push(self.hashes[victim as usize]);
        victim
    }

    #[inline]
    fn enter(&mut self, slot: Slot, again: bool) {
        self.again[slot as usize] = again;
        let list = if again {
            &mut self.often
        } else {
            &mut self.once
        };
        list.push_front(&mut self.links, slot);
    }
}
// ANCHOR_END: arc_victim
