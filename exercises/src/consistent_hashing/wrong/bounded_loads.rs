//! Wrong solutions of the exercise `bounded_loads`.

mod parts;

use crate::catalog::Wrong;
use crate::consistent_hashing::checks;

use parts::{Flaw, Flawed, Parts, RIGHT};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::consistent_hashing) const ALL: [Wrong; 16] = [
    of::<BalancesAlways>(
        "BalancesAlways",
        "Every key goes to the least loaded server, whether its successor has room or not.",
        "first-choice",
    ),
    of::<NeverSpills>(
        "NeverSpills",
        "Every key goes to its successor, full or not.",
        "spill-clockwise",
    ),
    of::<SpillsOnce>(
        "SpillsOnce",
        "It looks at the next point only, and if that is full too, overloads it.",
        "spill-clockwise",
    ),
    of::<SpillsBackwards>(
        "SpillsBackwards",
        "Behind a full successor it goes on counter-clockwise.",
        "spill-clockwise",
    ),
    of::<SpillsToLeastLoaded>(
        "SpillsToLeastLoaded",
        "A key that does not fit goes to the least loaded server; a key's place then depends on all loads, and many move.",
        "spill-clockwise",
    ),
    of::<RoundsDown>(
        "RoundsDown",
        "The capacity is rounded down; with ε = 0 there may be no room for the last key.",
        "exact-capacity",
    ),
    of::<FloatCapacity>(
        "FloatCapacity",
        "The capacity is computed in floating point: ⌈1.1 × 50 / 5⌉ becomes 12.",
        "exact-capacity",
    ),
    of::<OneTooMany>(
        "OneTooMany",
        "A server with a load equal to the capacity still takes a key (`<=` for `<`).",
        "exact-capacity",
    ),
    of::<ForgetsNewKey>(
        "ForgetsNewKey",
        "m does not count the key that is being placed, so the first key finds every server full.",
        "exact-capacity",
    ),
    of::<KeepsLoad>(
        "KeepsLoad",
        "A released key is forgotten, but its server's load is not lowered.",
        "release",
    ),
    of::<KeepsCounting>(
        "KeepsCounting",
        "Released keys still count towards m, so the capacity never falls.",
        "release",
    ),
    of::<CountsTwice>(
        "CountsTwice",
        "A key that is assigned again counts twice.",
        "placed-already",
    ),
    of::<PlacesAgain>(
        "PlacesAgain",
        "A key that is assigned again is placed again, and may move although nothing changed for it.",
        "placed-already",
    ),
    of::<AcceptsTwice>(
        "AcceptsTwice",
        "A name that comes twice is taken once instead of being refused.",
        "bad-requests",
    ),
    of::<InventsServers>(
        "InventsServers",
        "The load of a server that does not exist is 0.",
        "bad-requests",
    ),
    of::<IgnoresUnknownKeys>(
        "IgnoresUnknownKeys",
        "Releasing a key that is not placed is answered with `Ok`.",
        "bad-requests",
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
        checks: checks::bounded_loads::all::<Flawed<F>>,
    }
}

struct BalancesAlways;
impl Flaw for BalancesAlways {
    const PARTS: Parts = Parts {
        choose: |walk, loads, _| {
            let servers = walk.iter().copied();
            servers.min_by_key(|server| (loads[*server], *server))
        },
        ..RIGHT
    };
}

struct NeverSpills;
impl Flaw for NeverSpills {
    const PARTS: Parts = Parts {
        choose: |walk, _, _| walk.first().copied(),
        ..RIGHT
    };
}

struct SpillsOnce;
impl Flaw for SpillsOnce {
    const PARTS: Parts = Parts {
        choose: |walk, loads, capacity| {
            let next = usize::from(walk.len() > 1 && loads[walk[0]] >= capacity);
            walk.get(next).copied()
        },
        ..RIGHT
    };
}

struct SpillsBackwards;
impl Flaw for SpillsBackwards {
    const PARTS: Parts = Parts {
        choose: |walk, loads, capacity| {
            let (first, rest) = walk.split_first()?;
            let order = [first].into_iter().chain(rest.iter().rev());
            order.copied().find(|server| loads[*server] < capacity)
        },
        ..RIGHT
    };
}

struct SpillsToLeastLoaded;
impl Flaw for SpillsToLeastLoaded {
    const PARTS: Parts = Parts {
        choose: |walk, loads, capacity| {
            let first = walk
                .first()
                .copied()
                .filter(|server| loads[*server] < capacity);
            first.or_else(|| {
                walk.iter()
                    .copied()
                    .min_by_key(|server| (loads[*server], *server))
            })
        },
        ..RIGHT
    };
}

struct RoundsDown;
impl Flaw for RoundsDown {
    const PARTS: Parts = Parts {
        capacity: |percent, keys, servers| (100 + percent) * keys / (100 * servers),
        ..RIGHT
    };
}

struct FloatCapacity;
impl Flaw for FloatCapacity {
    const PARTS: Parts = Parts {
        capacity: |percent, keys, servers| {
            let factor = 1.0 + percent as f64 / 100.0;
            (factor * keys as f64 / servers as f64).ceil() as usize
        },
        ..RIGHT
    };
}

struct OneTooMany;
impl Flaw for OneTooMany {
    const PARTS: Parts = Parts {
        choose: |walk, loads, capacity| {
            walk.iter()
                .copied()
                .find(|server| loads[*server] <= capacity)
        },
        ..RIGHT
    };
}

struct ForgetsNewKey;
impl Flaw for ForgetsNewKey {
    const PARTS: Parts = Parts {
        capacity: |percent, keys, servers| ((100 + percent) * (keys - 1)).div_ceil(100 * servers),
        ..RIGHT
    };
}

struct KeepsLoad;
impl Flaw for KeepsLoad {
    const PARTS: Parts = Parts {
        lowers_load: false,
        ..RIGHT
    };
}

struct KeepsCounting;
impl Flaw for KeepsCounting {
    const PARTS: Parts = Parts {
        stops_counting: false,
        ..RIGHT
    };
}

struct CountsTwice;
impl Flaw for CountsTwice {
    const PARTS: Parts = Parts {
        knows_placed_keys: false,
        ..RIGHT
    };
}

struct PlacesAgain;
impl Flaw for PlacesAgain {
    const PARTS: Parts = Parts {
        places_again: true,
        ..RIGHT
    };
}

struct AcceptsTwice;
impl Flaw for AcceptsTwice {
    const PARTS: Parts = Parts {
        refuses_twice: false,
        ..RIGHT
    };
}

struct InventsServers;
impl Flaw for InventsServers {
    const PARTS: Parts = Parts {
        knows_servers: false,
        ..RIGHT
    };
}

struct IgnoresUnknownKeys;
impl Flaw for IgnoresUnknownKeys {
    const PARTS: Parts = Parts {
        refuses_unknown_keys: false,
        ..RIGHT
    };
}
