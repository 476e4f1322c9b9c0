//! Wrong solutions of the exercise `eviction_lfu`.
//!
//! All but those around a right policy are one list of counts, with one of the mistakes that are
//! named by constants.

use std::collections::BTreeMap;

use super::around::{AskingIsUse, OneTooFew, OneTooMany, RemembersTheGone, Silent};
use crate::catalog::Wrong;
use crate::eviction::checks::model::{Model, Slow};
use crate::eviction::{Lfu, Policy, Simulated, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::eviction) const ALL: [Wrong; 14] = [
    of::<OneTooFew<Simulated<Lfu>>>(
        "OneTooFew",
        "It evicts when one place is still free: the cache is full when it holds as many keys as its capacity says.",
        "room",
    ),
    of::<OneTooMany<Simulated<Lfu>>>(
        "OneTooMany",
        "It evicts only when there are more keys than places, and so holds one key too many.",
        "ties",
    ),
    of::<Silent<Simulated<Lfu>>>(
        "Silent",
        "It evicts, but answers `evicted: None`; whoever owns the entry has to learn that it is gone.",
        "ties",
    ),
    of::<Model<Counts<NEWEST_OF_TIES>>>(
        "NewestOfTies",
        "Of keys with equal counts the newest goes, so newcomers drive each other out and what came first stays for ever.",
        "ties",
    ),
    of::<Model<Counts<SMALLEST_OF_TIES>>>(
        "SmallestOfTies",
        "Of keys with equal counts the smallest key goes: a tree of pairs (count, key) breaks ties by the key.",
        "ties",
    ),
    of::<Model<Counts<TIES_BY_ARRIVAL>>>(
        "TiesByArrival",
        "Of keys with equal counts the one goes that came in first, whenever it reached its count.",
        "fewest-goes",
    ),
    of::<Model<Counts<FORGETS_NEWCOMERS>>>(
        "ForgetsToResetTheLeast",
        "After a newcomer has come in, the smallest count is 1 again; it stays where it was, and the newcomer is not found.",
        "fewest-goes",
    ),
    of::<Model<Counts<LEAST_STAYS_BEHIND>>>(
        "LeastStaysBehind",
        "When the last key of the smallest count moves up, the smallest count has to follow; here it points to an empty list, and taking a victim from it panics.",
        "fewest-goes",
    ),
    of::<Model<Counts<REMEMBERS>>>(
        "RemembersCounts",
        "A key that was evicted comes back with its old count; the contract lets it begin with 1.",
        "fewest-goes",
    ),
    of::<Model<Counts<IGNORES_COUNTS>>>(
        "IgnoresCounts",
        "The least recently used key goes, whatever its count: that is LRU.",
        "fewest-goes",
    ),
    of::<Model<Counts<HALF_COUNTS>>>(
        "CountsTheFirstHitOnly",
        "It tells only whether a key was ever asked for again, not how often.",
        "fewest-goes",
    ),
    of::<AskingIsUse<Simulated<Lfu>>>(
        "AskingIsUse",
        "`contains` counts as a use, as an access does; asking is not a use.",
        "questions",
    ),
    of::<RemembersTheGone<Simulated<Lfu>>>(
        "RemembersTheGone",
        "An evicted key leaves the order, but not the map beside it, and `contains` still says that it is there.",
        "questions",
    ),
    of::<Model<Counts<RIGHT>>>(
        "WalksThroughAll",
        "Each miss looks at the counts of all keys: right, but too slow for a large cache.",
        "many-accesses",
    ),
];

const fn of<T: Policy + 'static>(
    name: &'static str,
    diagnosis: &'static str,
    rejected_by: &'static str,
) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::eviction_lfu::all::<T>,
    }
}

/// Nothing is wrong but the time it takes.
const RIGHT: u8 = 0;
/// Of ties the last goes.
const NEWEST_OF_TIES: u8 = 1;
/// Of ties the smallest key goes.
const SMALLEST_OF_TIES: u8 = 2;
/// Of ties the first comer goes.
const TIES_BY_ARRIVAL: u8 = 3;
/// The smallest count is not set back to 1 for a newcomer.
const FORGETS_NEWCOMERS: u8 = 4;
/// The smallest count does not follow the last key that has it.
const LEAST_STAYS_BEHIND: u8 = 5;
/// Counts outlive their keys.
const REMEMBERS: u8 = 6;
/// Counts are not asked.
const IGNORES_COUNTS: u8 = 7;
/// Counts end at 2.
const HALF_COUNTS: u8 = 8;

struct Entry {
    key: u64,
    count: u64,
    came_at: u64,
}

/// Entries by when they reached their count, and a mistake.
struct Counts<const MISTAKE: u8> {
    entries: Vec<Entry>,
    /// What it takes for the smallest count.
    least: u64,
    now: u64,
    gone: BTreeMap<u64, u64>,
}

impl<const MISTAKE: u8> Counts<MISTAKE> {
    fn position(&self, key: u64) -> usize {
        let place = self.entries.iter().position(|entry| entry.key == key);
        place.expect("hits and victims are held")
    }

    fn has(&self, count: u64) -> bool {
        self.entries.iter().any(|entry| entry.count == count)
    }

    /// What distinguishes the victim: it is the first with the smallest of this.
    fn rank(&self, place: usize) -> (u64, u64) {
        let Entry {
            key,
            count,
            came_at,
        } = self.entries[place];
        match MISTAKE {
            NEWEST_OF_TIES => (count, (self.entries.len() - place) as u64),
            SMALLEST_OF_TIES => (count, key),
            TIES_BY_ARRIVAL => (count, came_at),
            IGNORES_COUNTS => (0, 0),
            FORGETS_NEWCOMERS if count < self.least => (u64::MAX, 0),
            HALF_COUNTS => (count.min(2), 0),
            _ => (count, 0),
        }
    }
}

impl<const MISTAKE: u8> Slow for Counts<MISTAKE> {
    fn new(_: usize) -> Self {
        Self {
            entries: Vec::new(),
            least: 1,
            now: 0,
            gone: BTreeMap::new(),
        }
    }

    fn held(&self) -> Vec<u64> {
        self.entries.iter().map(|entry| entry.key).collect()
    }

    fn hit(&mut self, key: u64) {
        let mut entry = self.entries.remove(self.position(key));
        let old = entry.count;
        entry.count += 1;
        self.entries.push(entry);
        if self.least == old && !self.has(old) && MISTAKE != LEAST_STAYS_BEHIND {
            self.least += 1;
        }
    }

    fn miss(&mut self, key: u64, full: bool) -> Option<u64> {
        self.now += 1;
        let evicted = full.then(|| {
            assert!(
                MISTAKE != LEAST_STAYS_BEHIND || self.has(self.least),
                "no key was asked for {} times",
                self.least
            );
            let victim = (0..self.entries.len()).min_by_key(|place| self.rank(*place));
            let victim = victim.expect("a full cache holds a key");
            let Entry { key, count, .. } = self.entries.remove(victim);
            self.gone.insert(key, count);
            key
        });
        if MISTAKE != FORGETS_NEWCOMERS {
            self.least = 1;
        }
        let before = self.gone.get(&key).filter(|_| MISTAKE == REMEMBERS);
        self.entries.push(Entry {
            key,
            count: 1 + before.unwrap_or(&0),
            came_at: self.now,
        });
        evicted
    }
}
