//! W-TinyLFU: a newcomer gets past a small window only if it was asked for more often, lately,
//! than the key that would have to go for it.
//!
//! A [sketch](super::CountMinSketch) remembers how often keys were asked for, in the cache or
//! not, and forgets with time: the ageing that plain LFU lacks. The window, a hundredth of the
//! cache, gives keys that are new and hot the chance to be counted. Behind it, the main part is
//! a *segmented* LRU: keys on probation, and four times as many protected ones, that were asked
//! for while on probation. The policy of the Java library Caffeine.
//!
//! Source: G. Einziger, R. Friedman and B. Manes, *TinyLFU: a highly efficient cache
//! admission policy*, ACM TOS 13 (4), 2017. Without Caffeine's adaptive window.

use std::num::NonZeroUsize;

use super::kit::{Links, List};
use super::{CountMinSketch, Replacer, Slot};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Window,
    Probation,
    Protected,
}

/// A newcomer stays if it is more popular than who would have to go.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, Policy, Simulated, TinyLfu};
///
/// let mut cache = Simulated::<TinyLfu>::new(NonZeroUsize::new(4).expect("4 is not 0"));
/// for key in [1, 2, 3, 1, 2, 3] {
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
/// O(1) an access, amortised over the sketch's ageing.
// ANCHOR: tiny_lfu
#[derive(Debug, Clone)]
pub struct TinyLfu {
    links: Links,
    /// By slot: in which list it is.
    part: Box<[Part]>,
    /// By slot: the hash of its key, to ask the sketch about it.
    hashes: Box<[u64]>,
    popularity: CountMinSketch,
    /// Each by last use.
    window: List,
    probation: List,
    protected: List,
    window_places: usize,
    protected_places: usize,
}

// ANCHOR_END: tiny_lfu

impl Replacer for TinyLfu {
    fn new(capacity: NonZeroUsize) -> Self {
        let capacity_slots = capacity.get();
        let window_places = (capacity_slots / 100).max(1);
        Self {
            links: Links::new(capacity),
            part: vec![Part::Window; capacity_slots].into(),
            hashes: vec![0; capacity_slots].into(),
            popularity: CountMinSketch::new(capacity),
            window: List::default(),
            probation: List::default(),
            protected: List::default(),
            window_places,
            protected_places: (capacity_slots - window_places) * 4 / 5,
        }
    }

    // ANCHOR: tiny_lfu_admit
    #[inline]
    fn used(&mut self, slot: Slot, hash: u64) {
        self.popularity.add(hash);
        match self.part[slot as usize] {
            Part::Window => self.window.move_to_front(&mut self.links, slot),
            Part::Protected => self.protected.move_to_front(&mut self.links, slot),
            Part::Probation => self.protect(slot),
        }
    }

    #[inline]
    fn admit(&mut self, hash: u64, free: Option<Slot>) -> Slot {
        self.popularity.add(hash);
        let slot = free.unwrap_or_else(|| self.victim());
        self.hashes[slot as usize] = hash;
        self.enter(slot, Part::Window);
        if self.window.len() > self.window_places {
            let leaves = self.window.pop_back(&mut self.links);
            self.enter(leaves.expect("the window is not empty"), Part::Probation);
        }
        slot
    }
    // ANCHOR_END: tiny_lfu_admit

    fn remove(&mut self, slot: Slot) {
        self.unlink(slot);
    }

    fn rename(&mut self, from: Slot, to: Slot) {
        let part = self.part[from as usize];
        self.part[to as usize] = part;
        self.hashes[to as usize] = self.hashes[from as usize];
        let list = match part {
            Part::Window => &mut self.window,
            Part::Probation => &mut self.probation,
            Part::Protected => &mut self.protected,
        };
        list.rename(&mut self.links, from, to);
    }

    fn validate(&self, held: usize) {
        let lists = [
            (&self.window, Part::Window),
            (&self.probation, Part::Probation),
            (&self.protected, Part::Protected),
        ];
        for (list, part) in lists {
            list.validate(&self.links);
            let stray = list
                .iter(&self.links)
                .find(|slot| self.part[*slot as usize] != part);
            assert_eq!(stray, None, "slots that are not in {part:?}");
        }
        let lengths = lists.map(|(list, _)| list.len());
        assert_eq!(lengths.iter().sum::<usize>(), held, "slots in lists");
        assert!(
            self.window.len() <= self.window_places,
            "lengths {lengths:?}"
        );
        assert!(
            self.protected.len() <= self.protected_places.max(1),
            "lengths {lengths:?}"
        );
    }
}

// ANCHOR: tiny_lfu_victim
impl TinyLfu {
    /// The key that leaves the window against the one that is next to go in the main part: the less
    /// popular of the two.
    #[inline]
    fn victim(&mut self) -> Slot {
        let candidate = self.window.back();
        let incumbent = self.probation.back().or(self.protected.back());
        let victim = match (candidate, incumbent) {
            (Some(candidate), Some(incumbent)) if self.window.len() >= self.window_places => {
                let [new, old] = [candidate, incumbent]
                    .map(|slot| self.popularity.estimate(self.hashes[slot as usize]));
                if new > old { incumbent } else { candidate }
            }
            (candidate, incumbent) => incumbent.or(candidate).expect("a full cache holds a slot"),
        };
        self.unlink(victim);
        victim
    }
    // ANCHOR_END: tiny_lfu_victim

    /// From probation into the protected part, whose oldest goes on probation if it is full.
    #[inline]
    fn protect(&mut self, slot: Slot) {
        self.probation.unlink(&mut self.links, slot);
        self.enter(slot, Part::Protected);
        if self.protected.len() > self.protected_places {
            let demoted = self.protected.pop_back(&mut self.links);
            self.enter(demoted.expect("it has too many"), Part::Probation);
        }
    }

    #[inline]
    fn enter(&mut self, slot: Slot, part: Part) {
        self.part[slot as usize] = part;
        match part {
            Part::Window => self.window.push_front(&mut self.links, slot),
            Part::Probation => self.probation.push_front(&mut self.links, slot),
            Part::Protected => self.protected.push_front(&mut self.links, slot),
        }
    }

    #[inline]
    fn unlink(&mut self, slot: Slot) {
        match self.part[slot as usize] {
            Part::Window => self.window.unlink(&mut self.links, slot),
            Part::Probation => self.probation.unlink(&mut self.links, slot),
            Part::Protected => self.protected.unlink(&mut self.links, slot),
        }
    }
}
