//! Wrong solutions of the exercise `eviction_lru`.

use super::around::{AskingIsUse, OneTooFew, OneTooMany, RemembersTheGone, Silent};
use super::listed::{Flaw, Flawed, LRU, MakesRoom, Parts};
use crate::catalog::Wrong;
use crate::eviction::{Lru, Policy, Simulated, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::eviction) const ALL: [Wrong; 11] = [
    of::<OneTooFew<Simulated<Lru>>>(
        "OneTooFew",
        "It evicts when one place is still free: the cache is full when it holds as many keys as its capacity says.",
        "room",
    ),
    of::<OneTooMany<Simulated<Lru>>>(
        "OneTooMany",
        "It evicts only when there are more keys than places, and so holds one key too many.",
        "misses-in-order",
    ),
    of::<Silent<Simulated<Lru>>>(
        "Silent",
        "It evicts, but answers `evicted: None`; whoever owns the entry has to learn that it is gone.",
        "misses-in-order",
    ),
    of::<Flawed<MostRecent>>(
        "MostRecent",
        "The most recently used key goes instead of the least recently used: victims are taken from the wrong end of the list.",
        "misses-in-order",
    ),
    of::<Flawed<ForgetsToMove>>(
        "ForgetsToMove",
        "A hit leaves the order as it is: that is FIFO. A hit has to make its key the most recently used.",
        "hits-refresh",
    ),
    of::<Flawed<EvictsBeforeLooking>>(
        "EvictsBeforeLooking",
        "It makes room before it looks whether the key is there, so a hit in a full cache costs a key.",
        "hits-refresh",
    ),
    of::<Flawed<SwapsWithLast>>(
        "SwapsWithLast",
        "A hit swaps its key with the most recent one, which then stands in the key's old place; the others must keep their order.",
        "hits-refresh",
    ),
    of::<Flawed<OneStep>>(
        "OneStep",
        "A hit moves its key one step towards the front only, not all the way.",
        "hits-refresh",
    ),
    of::<AskingIsUse<Simulated<Lru>>>(
        "AskingIsUse",
        "`contains` moves the key to the front as an access does; asking is not a use.",
        "questions",
    ),
    of::<RemembersTheGone<Simulated<Lru>>>(
        "RemembersTheGone",
        "An evicted key leaves the list, but not the map, and `contains` still says that it is there.",
        "questions",
    ),
    of::<Flawed<WalksThroughAll>>(
        "WalksThroughAll",
        "Each access walks through a list of all keys: right, but too slow for a large cache.",
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
        checks: checks::eviction_lru::all::<T>,
    }
}

struct MostRecent;
impl Flaw for MostRecent {
    const PARTS: Parts = Parts {
        victim: |keys| keys.len() - 1,
        ..LRU
    };
}

struct ForgetsToMove;
impl Flaw for ForgetsToMove {
    const PARTS: Parts = Parts {
        hit: |_, _| {},
        ..LRU
    };
}

struct EvictsBeforeLooking;
impl Flaw for EvictsBeforeLooking {
    const PARTS: Parts = Parts {
        makes_room: MakesRoom::BeforeLooking,
        ..LRU
    };
}

struct SwapsWithLast;
impl Flaw for SwapsWithLast {
    const PARTS: Parts = Parts {
        hit: |keys, place| {
            let last = keys.len() - 1;
            keys.swap(place, last);
        },
        ..LRU
    };
}

struct OneStep;
impl Flaw for OneStep {
    const PARTS: Parts = Parts {
        hit: |keys, place| {
            let next = (place + 1).min(keys.len() - 1);
            keys.swap(place, next);
        },
        ..LRU
    };
}

/// The rule is kept; only the time is wrong.
struct WalksThroughAll;
impl Flaw for WalksThroughAll {
    const PARTS: Parts = LRU;
}
