//! S3-FIFO: three FIFO queues. Newcomers wait in a small one; most leave from there for good, and
//! only those that were asked for meanwhile, or come back soon, get into the main one.
//!
//! Most keys in real traces are asked for once within any window, so the best thing that a
//! cache can do is to let them go quickly. A hit only counts up to 3, and moves nothing. Not
//! for workloads in which a key's second request comes just after it has left the small queue
//! and the ghosts.
//!
//! How an empty cache fills, the paper leaves open. Here newcomers go to the main queue as
//! soon as the small one has its share, as in the authors' simulator.
//!
//! Source: J. Yang et al., *FIFO queues are all you need for cache eviction*, SOSP 2023. The
//! sizes are the paper's: a tenth for newcomers, and as many ghosts as the main queue has places.

use std::num::NonZeroUsize;

use super::kit::{Ghosts, Links, List};
use super::{Replacer, Slot};

/// Uses beyond this number do not count.
const MOST_USES: u8 = 3;

/// Hits, after it came in, that get a newcomer into the main queue.
const USES_TO_STAY: u8 = 2;

/// Newcomers in a small queue, those that have proven themselves in a main one.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, Policy, S3Fifo, Simulated};
///
/// let mut cache = Simulated::<S3Fifo>::new(NonZeroUsize::new(10).expect("10 is not 0"));
/// for key in [1, 1, 1] {
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
/// O(1) a hit, O(1) amortised and expected a miss: what it passes over was marked by hits.
// ANCHOR: s3_fifo
#[derive(Debug, Clone)]
pub struct S3Fifo {
    links: Links,
    /// By slot: uses, up to [`MOST_USES`].
    uses: Box<[u8]>,
    /// By slot: is it in the main queue?
    in_main: Box<[bool]>,
    /// By slot: the hash of its key, to remember it when it goes.
    hashes: Box<[u64]>,
    small: List,
    main: List,
    /// Keys that have left the small queue for good.
    ghosts: Ghosts,
    small_places: usize,
    main_places: usize,
    /// Has anybody ever had to go?
    was_full: bool,
}

impl Replacer for S3Fifo {
    fn new(capacity: NonZeroUsize) -> Self {
        let capacity_slots = capacity.get();
        let small_places = (capacity_slots / 10).max(1);
        Self {
            links: Links::new(capacity),
            uses: vec![0; capacity_slots].into(),
            in_main: vec![false; capacity_slots].into(),
            hashes: vec![0; capacity_slots].into(),
            small: List::default(),
            main: List::default(),
            ghosts: Ghosts::new(capacity_slots * 9 / 10),
            small_places,
            main_places: capacity_slots - small_places,
            was_full: false,
        }
    }

    #[inline]
    fn used(&mut self, slot: Slot, _: u64) {
        let uses = &mut self.uses[slot as usize];
        *uses = MOST_USES.min(*uses + 1);
    }

    #[inline]
    fn admit(&mut self, hash: u64, free: Option<Slot>) -> Slot {
        let came_back = self.ghosts.take(hash);
        self.was_full |= free.is_none();
        let slot = free.unwrap_or_else(|| self.victim());
        // Until the cache is first full, the main queue has room for whom the small one has not.
        let fills = !self.was_full && self.small.len() >= self.small_places;
        self.hashes[slot as usize] = hash;
        self.enter(slot, came_back || fills);
        slot
    }
    // ANCHOR_END: s3_fifo

    fn remove(&mut self, slot: Slot) {
        let list = if self.in_main[slot as usize] {
            &mut self.main
        } else {
            &mut self.small
        };
        list.unlink(&mut self.links, slot);
    }

    fn rename(&mut self, from: Slot, to: Slot) {
        let (from_index, to_index) = (from as usize, to as usize);
        self.uses[to_index] = self.uses[from_index];
        self.hashes[to_index] = self.hashes[from_index];
        self.in_main[to_index] = self.in_main[from_index];
        let list = if self.in_main[from_index] {
            &mut self.main
        } else {
            &mut self.small
        };
        list.rename(&mut self.links, from, to);
    }

    fn validate(&self, held: usize) {
        self.ghosts.validate();
        for (list, in_main) in [(&self.small, false), (&self.main, true)] {
            list.validate(&self.links);
            for slot in list.iter(&self.links) {
                assert_eq!(self.in_main[slot as usize], in_main, "queue of slot {slot}");
                let uses = self.uses[slot as usize];
                assert!(uses <= MOST_USES, "slot {slot} was used {uses} times");
            }
        }
        assert_eq!(self.small.len() + self.main.len(), held, "slots in queues");
    }
}

// ANCHOR: s3_fifo_victim
impl S3Fifo {
    /// Takes a slot from the queue that has more than its share.
    #[inline]
    fn victim(&mut self) -> Slot {
        loop {
            let from_main = self.main.len() > self.main_places || self.small.is_empty();
            let victim = if from_main {
                self.leave_main()
            } else {
                self.leave_small()
            };
            if let Some(victim) = victim {
                return victim;
            }
        }
    }

    /// Moves newcomers that were hit twice to the main queue, up to one that was not, which goes.
    #[inline]
    fn leave_small(&mut self) -> Option<Slot> {
        while let Some(slot) = self.small.pop_back(&mut self.links) {
            if self.uses[slot as usize] < USES_TO_STAY {
                self.ghosts.push(self.hashes[slot as usize]);
                return Some(slot);
            }
            self.enter(slot, true);
        }
        None
    }

    /// Sends what was used round again, at the price of one use, up to one that was not.
    #[inline]
    fn leave_main(&mut self) -> Option<Slot> {
        while let Some(slot) = self.main.pop_back(&mut self.links) {
            match self.uses[slot as usize].checked_sub(1) {
                Some(fewer) => {
                    self.uses[slot as usize] = fewer;
                    self.main.push_front(&mut self.links, slot);
                }
                None => return Some(slot),
            }
        }
        None
    }

    #[inline]
    fn enter(&mut self, slot: Slot, in_main: bool) {
        self.uses[slot as usize] = 0;
        self.in_main[slot as usize] = in_main;
        let queue = if in_main {
            &mut self.main
        } else {
            &mut self.small
        };
        queue.push_front(&mut self.links, slot);
    }
}
// ANCHOR_END: s3_fifo_victim
