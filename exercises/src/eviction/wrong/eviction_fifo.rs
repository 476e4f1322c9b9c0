//! Wrong solutions of the exercise `eviction_fifo`.

use super::around::{OneTooFew, OneTooMany, RemembersTheGone, Silent};
use super::listed::{FIFO, Flaw, Flawed, MakesRoom, Parts, to_end};
use crate::catalog::Wrong;
use crate::eviction::{Fifo, Policy, Simulated, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::eviction) const ALL: [Wrong; 10] = [
    of::<OneTooFew<Simulated<Fifo>>>(
        "OneTooFew",
        "It evicts when one place is still free: the cache is full when it holds as many keys as its capacity says.",
        "room",
    ),
    of::<OneTooMany<Simulated<Fifo>>>(
        "OneTooMany",
        "It evicts only when there are more keys than places, and so holds one key too many.",
        "oldest-goes",
    ),
    of::<Silent<Simulated<Fifo>>>(
        "Silent",
        "It evicts, but answers `evicted: None`; whoever owns the entry has to learn that it is gone.",
        "oldest-goes",
    ),
    of::<Flawed<LastIn>>(
        "LastIn",
        "The youngest key goes, as from a stack: that is LIFO.",
        "oldest-goes",
    ),
    of::<Flawed<Smallest>>(
        "Smallest",
        "The smallest key goes: a tree is in the order of its keys, not in that of their arrival.",
        "oldest-goes",
    ),
    of::<Flawed<MovesOnHit>>(
        "MovesOnHit",
        "A hit moves its key to the end of the queue: that is LRU, which goes by the last use.",
        "hits-change-nothing",
    ),
    of::<Flawed<EvictsBeforeLooking>>(
        "EvictsBeforeLooking",
        "It makes room before it looks whether the key is there, so a hit in a full cache costs a key.",
        "hits-change-nothing",
    ),
    of::<Flawed<QueuesAgain>>(
        "QueuesAgain",
        "A hit puts the key into the queue once more, so it stands there twice and others go too early.",
        "hits-change-nothing",
    ),
    of::<Flawed<HitsRemove>>(
        "HitsRemove",
        "A hit takes the key out, as if it had been fetched for good.",
        "room",
    ),
    of::<RemembersTheGone<Simulated<Fifo>>>(
        "RemembersTheGone",
        "An evicted key leaves the queue, but not the set beside it, and `contains` still says that it is there.",
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
        checks: checks::eviction_fifo::all::<T>,
    }
}

struct LastIn;
impl Flaw for LastIn {
    const PARTS: Parts = Parts {
        victim: |keys| keys.len() - 1,
        ..FIFO
    };
}

struct Smallest;
impl Flaw for Smallest {
    const PARTS: Parts = Parts {
        victim: |keys| {
            let smallest = (0..keys.len()).min_by_key(|place| keys[*place]);
            smallest.expect("a victim is asked of a list that is not empty")
        },
        ..FIFO
    };
}

struct MovesOnHit;
impl Flaw for MovesOnHit {
    const PARTS: Parts = Parts {
        hit: to_end,
        ..FIFO
    };
}

struct EvictsBeforeLooking;
impl Flaw for EvictsBeforeLooking {
    const PARTS: Parts = Parts {
        makes_room: MakesRoom::BeforeLooking,
        ..FIFO
    };
}

struct QueuesAgain;
impl Flaw for QueuesAgain {
    const PARTS: Parts = Parts {
        hit: |keys, place| keys.push(keys[place]),
        ..FIFO
    };
}

struct HitsRemove;
impl Flaw for HitsRemove {
    const PARTS: Parts = Parts {
        hit: |keys, place| {
            keys.remove(place);
        },
        ..FIFO
    };
}
