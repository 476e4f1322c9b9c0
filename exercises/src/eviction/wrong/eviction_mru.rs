//! Wrong solutions of the exercise `eviction_mru`.

use super::around::{AskingIsUse, OneTooFew, OneTooMany, RemembersTheGone, Silent};
use super::listed::{Flaw, Flawed, MRU, MakesRoom, Parts};
use crate::catalog::Wrong;
use crate::eviction::{Mru, Policy, Simulated, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::eviction) const ALL: [Wrong; 9] = [
    of::<OneTooFew<Simulated<Mru>>>(
        "OneTooFew",
        "It evicts when one place is still free: the cache is full when it holds as many keys as its capacity says.",
        "room",
    ),
    of::<OneTooMany<Simulated<Mru>>>(
        "OneTooMany",
        "It evicts only when there are more keys than places, and so holds one key too many.",
        "last-comer-goes",
    ),
    of::<Silent<Simulated<Mru>>>(
        "Silent",
        "It evicts, but answers `evicted: None`; whoever owns the entry has to learn that it is gone.",
        "last-comer-goes",
    ),
    of::<Flawed<LeastRecent>>(
        "LeastRecent",
        "The least recently used key goes: that is LRU, the opposite end of the same list.",
        "last-comer-goes",
    ),
    of::<Flawed<NewcomerGoes>>(
        "NewcomerGoes",
        "The newcomer goes in before the victim is chosen, and as the most recent key it is the victim: nothing ever changes.",
        "last-comer-goes",
    ),
    of::<Flawed<Lifo>>(
        "Lifo",
        "Hits leave the order alone: that is LIFO, which goes by when a key came in and not by when it was used.",
        "last-used-goes",
    ),
    of::<Flawed<EvictsBeforeLooking>>(
        "EvictsBeforeLooking",
        "It makes room before it looks whether the key is there, so a hit in a full cache costs a key.",
        "last-used-goes",
    ),
    of::<AskingIsUse<Simulated<Mru>>>(
        "AskingIsUse",
        "`contains` counts as a use, as an access does; asking is not a use.",
        "questions",
    ),
    of::<RemembersTheGone<Simulated<Mru>>>(
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
        checks: checks::eviction_mru::all::<T>,
    }
}

struct LeastRecent;
impl Flaw for LeastRecent {
    const PARTS: Parts = Parts {
        victim: |_| 0,
        ..MRU
    };
}

struct NewcomerGoes;
impl Flaw for NewcomerGoes {
    const PARTS: Parts = Parts {
        makes_room: MakesRoom::Afterwards,
        ..MRU
    };
}

struct Lifo;
impl Flaw for Lifo {
    const PARTS: Parts = Parts {
        hit: |_, _| {},
        ..MRU
    };
}

struct EvictsBeforeLooking;
impl Flaw for EvictsBeforeLooking {
    const PARTS: Parts = Parts {
        makes_room: MakesRoom::BeforeLooking,
        ..MRU
    };
}
