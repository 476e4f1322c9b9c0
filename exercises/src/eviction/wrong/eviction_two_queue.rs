//! Wrong solutions of the exercise `eviction_two_queue`.
//!
//! All but those around a right policy are three lists, with one of the mistakes that are
//! named by constants.

use super::around::{AskingIsUse, OneTooFew, OneTooMany, RemembersTheGone, Silent};
use crate::catalog::Wrong;
use crate::eviction::checks::model::{Model, Slow};
use crate::eviction::{Policy, Simulated, TwoQueue, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::eviction) const ALL: [Wrong; 15] = [
    of::<OneTooFew<Simulated<TwoQueue>>>(
        "OneTooFew",
        "It evicts when one place is still free: the cache is full when it holds as many keys as its capacity says.",
        "room",
    ),
    of::<OneTooMany<Simulated<TwoQueue>>>(
        "OneTooMany",
        "It evicts only when there are more keys than places, and so holds one key too many.",
        "newcomers",
    ),
    of::<Silent<Simulated<TwoQueue>>>(
        "Silent",
        "It evicts, but answers `evicted: None`; whoever owns the entry has to learn that it is gone.",
        "newcomers",
    ),
    of::<Model<Lists<PROMOTES_NEWCOMERS>>>(
        "PromotesNewcomers",
        "A hit on a newcomer makes it proven at once; only a key that comes back after it has left is proven.",
        "newcomers",
    ),
    of::<Model<Lists<REFRESHES_NEWCOMERS>>>(
        "RefreshesNewcomers",
        "A hit moves a newcomer to the end of its queue; that queue is FIFO.",
        "newcomers",
    ),
    of::<Model<Lists<NEVER_PROVEN>>>(
        "RemembersNobody",
        "Keys that went are not remembered, so none is ever proven: that is FIFO.",
        "proven",
    ),
    of::<Model<Lists<PROVEN_FIFO>>>(
        "ProvenInOrderOfArrival",
        "A hit on a proven key does not move it; the proven are kept in the order of their last use.",
        "proven",
    ),
    of::<Model<Lists<REMEMBERS_PROVEN>>>(
        "RemembersTheProven",
        "Proven keys that go are remembered as well; only newcomers are.",
        "proven",
    ),
    of::<Model<Lists<LOOKS_TOO_LATE>>>(
        "LooksTooLate",
        "It evicts before it looks among the gone, and the key that goes may push out the very one that comes back.",
        "proven",
    ),
    of::<Model<Lists<KEEPS_GHOSTS>>>(
        "NeverForgetsThoseThatReturn",
        "A key that has come back stays among the gone: it takes the place of another there, and is proven again when it should not be.",
        "limits",
    ),
    of::<Model<Lists<AT_LEAST>>>(
        "QuarterItself",
        "Newcomers go already when there are exactly a quarter of the capacity; the rule says more than that.",
        "limits",
    ),
    of::<Model<Lists<ROUNDS_UP>>>(
        "RoundsUp",
        "A quarter and a half of the capacity are rounded up.",
        "limits",
    ),
    of::<Model<Lists<REMEMBERS_ALL>>>(
        "RemembersForEver",
        "All keys that went are remembered, however many.",
        "limits",
    ),
    of::<AskingIsUse<Simulated<TwoQueue>>>(
        "AskingIsUse",
        "`contains` counts as a use, as an access does; asking is not a use.",
        "questions",
    ),
    of::<RemembersTheGone<Simulated<TwoQueue>>>(
        "RemembersTheGone",
        "An evicted key leaves the order, but not the map beside it, and `contains` still says that it is there.",
        "questions",
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
        checks: checks::eviction_two_queue::all::<T>,
    }
}

/// A hit proves.
const PROMOTES_NEWCOMERS: u8 = 1;
/// A hit makes young.
const REFRESHES_NEWCOMERS: u8 = 2;
/// Nobody is remembered.
const NEVER_PROVEN: u8 = 3;
/// Proven keys do not move.
const PROVEN_FIFO: u8 = 4;
/// Proven keys are remembered.
const REMEMBERS_PROVEN: u8 = 5;
/// The eviction comes first.
const LOOKS_TOO_LATE: u8 = 6;
/// What has come back stays remembered.
const KEEPS_GHOSTS: u8 = 7;
/// Newcomers go from a quarter on.
const AT_LEAST: u8 = 8;
/// Divisions round up.
const ROUNDS_UP: u8 = 9;
/// The memory has no limit.
const REMEMBERS_ALL: u8 = 10;

/// Three lists, and a mistake.
struct Lists<const MISTAKE: u8> {
    capacity: usize,
    newcomers: Vec<u64>,
    proven: Vec<u64>,
    gone: Vec<u64>,
}

/// Takes a key out of a list, if it is there.
fn take(list: &mut Vec<u64>, key: u64) -> bool {
    let place = list.iter().position(|other| *other == key);
    place.is_some_and(|place| list.remove(place) == key)
}

impl<const MISTAKE: u8> Lists<MISTAKE> {
    fn part(&self, divisor: usize) -> usize {
        match MISTAKE {
            ROUNDS_UP => self.capacity.div_ceil(divisor),
            _ => self.capacity / divisor,
        }
    }

    fn remember(&mut self, key: u64) {
        take(&mut self.gone, key);
        self.gone.push(key);
        let most = match MISTAKE {
            NEVER_PROVEN => 0,
            REMEMBERS_ALL => usize::MAX,
            _ => self.part(2),
        };
        if self.gone.len() > most {
            self.gone.remove(0);
        }
    }

    fn evict(&mut self) -> u64 {
        let quarter = self.part(4);
        let many = self.newcomers.len() > quarter
            || MISTAKE == AT_LEAST && self.newcomers.len() == quarter && quarter > 0;
        if many || self.proven.is_empty() {
            let victim = self.newcomers.remove(0);
            self.remember(victim);
            return victim;
        }
        let victim = self.proven.remove(0);
        if MISTAKE == REMEMBERS_PROVEN {
            self.remember(victim);
        }
        victim
    }
}

impl<const MISTAKE: u8> Slow for Lists<MISTAKE> {
    fn new(capacity: usize) -> Self {
        Self {
            capacity,
            newcomers: Vec::new(),
            proven: Vec::new(),
            gone: Vec::new(),
        }
    }

    fn held(&self) -> Vec<u64> {
        [self.newcomers.as_slice(), &self.proven].concat()
    }

    fn hit(&mut self, key: u64) {
        let moves = MISTAKE != PROVEN_FIFO && take(&mut self.proven, key)
            || MISTAKE == PROMOTES_NEWCOMERS && take(&mut self.newcomers, key);
        if moves {
            self.proven.push(key);
        } else if MISTAKE == REFRESHES_NEWCOMERS && take(&mut self.newcomers, key) {
            self.newcomers.push(key);
        }
    }

    fn miss(&mut self, key: u64, full: bool) -> Option<u64> {
        let early = (full && MISTAKE == LOOKS_TOO_LATE).then(|| self.evict());
        let came_back = match MISTAKE {
            KEEPS_GHOSTS => self.gone.contains(&key),
            _ => take(&mut self.gone, key),
        };
        let evicted = early.or_else(|| full.then(|| self.evict()));
        if came_back {
            self.proven.push(key);
        } else {
            self.newcomers.push(key);
        }
        evicted
    }
}
