//! LFU: the key that was asked for least often since it came in goes; of several, the one
//! that has had its count longest.
//!
//! Right where popularity lasts. A key that was hot last month keeps its count, and its
//! place, for ever: LFU needs ageing, which [`TinyLfu`](super::TinyLfu) adds. A key that
//! goes loses its count and begins again at 1.
//!
//! Constant time by keeping keys of the same count together, in a list of lists. A heap would
//! cost O(log n) on every hit.
//!
//! Source: K. Shah, A. Mitra and D. Matani, *An O(1) algorithm for implementing the LFU
//! cache eviction scheme*, 2010.

use std::num::NonZeroUsize;

use super::kit::{Links, List};
use super::{Replacer, Slot};

/// Slots that were asked for equally often.
#[derive(Debug, Clone)]
struct Group {
    /// Accesses since the keys came in, the first one included.
    count: u64,
    /// By when they reached this count, the latest in front.
    slots: List,
}

/// The least frequently used key goes, of several the one that has had its count longest.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, Lfu, Policy, Simulated};
///
/// let mut cache = Simulated::<Lfu>::new(NonZeroUsize::new(3).expect("3 is not 0"));
/// for key in [1, 1, 2, 3] {
///     cache.access(key);
/// }
/// assert_eq!(cache.access(4), Access::Miss { evicted: Some(2) });
/// ```
///
/// # Time complexity
///
/// O(1) an access.
#[derive(Debug, Clone)]
pub struct Lfu {
    links: Links,
    /// By slot: its place in `groups`.
    group_of: Box<[u32]>,
    /// Groups in use, and free places among them.
    groups: Vec<Group>,
    free_groups: Vec<u32>,
    group_links: Links,
    /// The groups by count, the largest in front.
    by_count: List,
}

impl Replacer for Lfu {
    fn new(capacity: NonZeroUsize) -> Self {
        Self {
            links: Links::new(capacity),
            group_of: vec![0; capacity.get()].into(),
            groups: Vec::with_capacity(capacity.get()),
            free_groups: Vec::with_capacity(capacity.get()),
            group_links: Links::new(capacity),
            by_count: List::default(),
        }
    }

    // ANCHOR: lfu
    #[inline]
    fn used(&mut self, slot: Slot, _: u64) {
        let group = self.group_of[slot as usize];
        let count = self.groups[group as usize].count + 1;
        let next = self.group_links.newer(group);
        match next.filter(|next| self.groups[*next as usize].count == count) {
            Some(next) => self.move_to(slot, next),
            // Alone: the whole group has one more.
            None if self.groups[group as usize].slots.len() == 1 => {
                self.groups[group as usize].count = count;
            }
            None => {
                let next = self.new_group(count);
                self.by_count
                    .insert_newer(&mut self.group_links, group, next);
                self.move_to(slot, next);
            }
        }
    }

    #[inline]
    fn admit(&mut self, _: u64, free: Option<Slot>) -> Slot {
        let slot = free.unwrap_or_else(|| {
            let fewest = self.by_count.back().expect("a full cache holds a slot");
            let victim = self.groups[fewest as usize].slots.back();
            let victim = victim.expect("a group is not empty");
            self.remove(victim);
            victim
        });
        let ones = self.group_of_ones();
        self.enter(slot, ones);
        slot
    }
    // ANCHOR_END: lfu

    fn remove(&mut self, slot: Slot) {
        let group = self.group_of[slot as usize];
        let slots = &mut self.groups[group as usize].slots;
        slots.unlink(&mut self.links, slot);
        if slots.is_empty() {
            self.by_count.unlink(&mut self.group_links, group);
            self.free_groups.push(group);
        }
    }

    fn rename(&mut self, from: Slot, to: Slot) {
        let group = self.group_of[from as usize];
        self.group_of[to as usize] = group;
        let slots = &mut self.groups[group as usize].slots;
        slots.rename(&mut self.links, from, to);
    }

    fn validate(&self, held: usize) {
        self.by_count.validate(&self.group_links);
        let in_use: Vec<u32> = self.by_count.iter(&self.group_links).collect();
        let counts = in_use
            .iter()
            .map(|group| self.groups[*group as usize].count);
        assert!(
            counts.is_sorted_by(|more, fewer| more > fewer),
            "groups are in the order of their counts, each of which comes once"
        );
        let mut n_slots = 0;
        for group in &in_use {
            let slots = &self.groups[*group as usize].slots;
            slots.validate(&self.links);
            assert!(!slots.is_empty(), "group {group} is empty");
            for slot in slots.iter(&self.links) {
                assert_eq!(self.group_of[slot as usize], *group, "group of slot {slot}");
            }
            n_slots += slots.len();
        }
        assert_eq!(n_slots, held, "slots in groups");
    }
}

impl Lfu {
    #[inline]
    fn move_to(&mut self, slot: Slot, group: u32) {
        self.remove(slot);
        self.enter(slot, group);
    }

    #[inline]
    fn enter(&mut self, slot: Slot, group: u32) {
        self.group_of[slot as usize] = group;
        let slots = &mut self.groups[group as usize].slots;
        slots.push_front(&mut self.links, slot);
    }

    /// The group of those that were asked for once.
    #[inline]
    fn group_of_ones(&mut self) -> u32 {
        let fewest = self.by_count.back();
        fewest
            .filter(|group| self.groups[*group as usize].count == 1)
            .unwrap_or_else(|| {
                let ones = self.new_group(1);
                self.by_count.push_back(&mut self.group_links, ones);
                ones
            })
    }

    /// An empty group, not yet in the order of counts.
    #[inline]
    fn new_group(&mut self, count: u64) -> u32 {
        let group = Group {
            count,
            slots: List::default(),
        };
        match self.free_groups.pop() {
            Some(place) => {
                self.groups[place as usize] = group;
                place
            }
            None => {
                self.groups.push(group);
                (self.groups.len() - 1) as u32
            }
        }
    }
}
