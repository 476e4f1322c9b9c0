//! Wrong solutions of the exercise `maglev_table`.

use std::marker::PhantomData;

use crate::catalog::Wrong;
use crate::consistent_hashing::{MaglevTable, RingError, RingHash, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::consistent_hashing) const ALL: [Wrong; 13] = [
    of::<ListOrder>(
        "ListOrder",
        "Servers take turns in the order in which they are given, so two clients with the same servers in other orders disagree.",
        "turns",
    ),
    of::<TakesAll>(
        "TakesAll",
        "The first server takes every slot that it wants, which is all of them, before the second has a turn.",
        "turns",
    ),
    of::<LosesTurns>(
        "LosesTurns",
        "A server whose next preference is taken loses its turn, so that shares differ.",
        "turns",
    ),
    of::<NextFree>(
        "NextFree",
        "When a slot is taken it tries the one beside it, as a hash table does, instead of going on by `skip`.",
        "first-choice",
    ),
    of::<SkipNotAdded>(
        "SkipNotAdded",
        "`skip` lacks the plus 1: it can be 0, and is one too small for all others.",
        "first-choice",
    ),
    of::<SkipOfSlots>(
        "SkipOfSlots",
        "`skip` is taken modulo the slots instead of one less.",
        "first-choice",
    ),
    of::<SamePoint>(
        "SamePoint",
        "Offset and skip come from the same point, so that servers with one offset follow each other slot by slot.",
        "first-choice",
    ),
    of::<HalfKey>(
        "HalfKey",
        "The key's hash is cut to 32 bits before the division.",
        "whole-hash",
    ),
    of::<HalfPoint>(
        "HalfPoint",
        "The points are cut to 32 bits before the division.",
        "whole-hash",
    ),
    of::<FirstOfNone>(
        "FirstOfNone",
        "Without servers it asks for the first one, and panics.",
        "no-servers",
    ),
    of::<AnySize>(
        "AnySize",
        "It takes any number of slots; with one that is not prime a server may never come to the slots that are free.",
        "refused",
    ),
    of::<OddIsPrime>(
        "OddIsPrime",
        "It takes every odd number for a prime.",
        "refused",
    ),
    of::<DropsTwins>(
        "DropsTwins",
        "A name that comes twice is dropped in silence.",
        "refused",
    ),
];

const fn of<F: Flaw>(
    name: &'static str,
    diagnosis: &'static str,
    rejected_by: &'static str,
) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::maglev_table::all::<Flawed<F>>,
    }
}

/// The parts of a Maglev table.
struct Parts {
    sorts: bool,
    refuses_twins: bool,
    is_prime: fn(u32) -> bool,
    point: fn(RingHash, &str, u32) -> u64,
    /// From a server's second point and the number of slots.
    skip: fn(u64, u64) -> u64,
    /// Where to look when a slot is taken, given that slot and the server's skip.
    next: fn(u64, u64) -> u64,
    /// How many slots a server may take at a turn.
    at_once: usize,
    /// How many slots a server may try at a turn.
    tries: usize,
    key: fn(u64) -> u64,
    panics: bool,
}

const RIGHT: Parts = Parts {
    sorts: true,
    refuses_twins: true,
    is_prime: |slots| slots > 1 && (2..slots).all(|divisor| !slots.is_multiple_of(divisor)),
    point: |hash, server, index| hash.point(server, index),
    skip: |point, slots| point % (slots - 1).max(1) + 1,
    next: |slot, skip| slot + skip,
    at_once: 1,
    tries: usize::MAX,
    key: |position| position,
    panics: false,
};

trait Flaw: 'static {
    const PARTS: Parts;
}

struct Flawed<F> {
    hash: RingHash,
    slots: u64,
    owners: Vec<Option<String>>,
    flaw: PhantomData<F>,
}

/// One server's way through its preferences.
struct Seeker<'a> {
    name: &'a str,
    slot: u64,
    skip: u64,
}

impl Parts {
    fn fill(&self, hash: RingHash, slots: u64, names: &[String]) -> Vec<Option<String>> {
        let mut owners = vec![None; slots as usize];
        let mut seekers: Vec<Seeker<'_>> = names
            .iter()
            .map(|name| Seeker {
                name,
                slot: (self.point)(hash, name, 0) % slots,
                skip: (self.skip)((self.point)(hash, name, 1), slots),
            })
            .collect();
        // Some flaws never come to an end.
        for _ in 0..4 * slots {
            if !owners.contains(&None) {
                break;
            }
            for seeker in &mut seekers {
                for _ in 0..self.at_once {
                    self.seek(seeker, slots, &mut owners);
                }
            }
        }
        owners
    }

    fn seek(&self, seeker: &mut Seeker<'_>, slots: u64, owners: &mut [Option<String>]) {
        let tries = self.tries.min(owners.len());
        for _ in 0..tries {
            let slot = seeker.slot;
            let free = owners[slot as usize].is_none();
            let next = if free {
                slot + seeker.skip
            } else {
                (self.next)(slot, seeker.skip)
            };
            seeker.slot = next % slots;
            if free {
                owners[slot as usize] = Some(seeker.name.to_owned());
                return;
            }
        }
    }
}

impl<F: Flaw> MaglevTable for Flawed<F> {
    fn new(hash: RingHash, slots: u32, servers: &[&str]) -> Result<Self, RingError> {
        let parts = F::PARTS;
        if !(parts.is_prime)(slots) {
            return Err(RingError::SlotsNotPrime { slots });
        }
        let mut names: Vec<String> = servers.iter().map(|name| (*name).to_owned()).collect();
        let mut sorted = names.clone();
        sorted.sort_unstable();
        if let Some(twins) = sorted.windows(2).find(|pair| pair[0] == pair[1])
            && parts.refuses_twins
        {
            return Err(RingError::duplicate(&twins[0]));
        }
        if parts.sorts {
            names = sorted;
        }
        names.dedup();
        if parts.panics {
            assert!(!names.is_empty(), "somebody takes the first slot");
        }
        let slots = u64::from(slots);
        Ok(Self {
            hash,
            slots,
            owners: parts.fill(hash, slots, &names),
            flaw: PhantomData,
        })
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        let slot = (F::PARTS.key)(self.hash.key(key)).checked_rem(self.slots)?;
        self.owners[slot as usize].as_deref()
    }
}

struct ListOrder;
impl Flaw for ListOrder {
    const PARTS: Parts = Parts {
        sorts: false,
        ..RIGHT
    };
}

struct TakesAll;
impl Flaw for TakesAll {
    const PARTS: Parts = Parts {
        // More than any table here has.
        at_once: 2000,
        ..RIGHT
    };
}

struct LosesTurns;
impl Flaw for LosesTurns {
    const PARTS: Parts = Parts { tries: 1, ..RIGHT };
}

struct NextFree;
impl Flaw for NextFree {
    const PARTS: Parts = Parts {
        next: |slot, _| slot + 1,
        ..RIGHT
    };
}

struct SkipNotAdded;
impl Flaw for SkipNotAdded {
    const PARTS: Parts = Parts {
        skip: |point, slots| point % (slots - 1).max(1),
        ..RIGHT
    };
}

struct SkipOfSlots;
impl Flaw for SkipOfSlots {
    const PARTS: Parts = Parts {
        skip: |point, slots| point % slots + 1,
        ..RIGHT
    };
}

struct SamePoint;
impl Flaw for SamePoint {
    const PARTS: Parts = Parts {
        point: |hash, server, _| hash.point(server, 0),
        ..RIGHT
    };
}

struct HalfKey;
impl Flaw for HalfKey {
    const PARTS: Parts = Parts {
        key: |position| position & u64::from(u32::MAX),
        ..RIGHT
    };
}

struct HalfPoint;
impl Flaw for HalfPoint {
    const PARTS: Parts = Parts {
        point: |hash, server, index| hash.point(server, index) & u64::from(u32::MAX),
        ..RIGHT
    };
}

struct FirstOfNone;
impl Flaw for FirstOfNone {
    const PARTS: Parts = Parts {
        panics: true,
        ..RIGHT
    };
}

struct AnySize;
impl Flaw for AnySize {
    const PARTS: Parts = Parts {
        is_prime: |slots| slots > 1,
        ..RIGHT
    };
}

struct OddIsPrime;
impl Flaw for OddIsPrime {
    const PARTS: Parts = Parts {
        is_prime: |slots| slots == 2 || slots > 1 && !slots.is_multiple_of(2),
        ..RIGHT
    };
}

struct DropsTwins;
impl Flaw for DropsTwins {
    const PARTS: Parts = Parts {
        refuses_twins: false,
        ..RIGHT
    };
}
