//! Wrong solutions of the exercise `hash_ring`.

use std::hash::{BuildHasher, DefaultHasher, Hash, Hasher, RandomState};
use std::sync::OnceLock;

use super::flawed::{Flaw, Flawed, Parts, RIGHT, overwrite, push};
use crate::catalog::Wrong;
use crate::consistent_hashing::checks;

/// The wrong solutions, each with the check that must reject it.
pub(in crate::consistent_hashing) const ALL: [Wrong; 16] = [
    of::<NoWrapAround>(
        "NoWrapAround",
        "The search ends at the last server, so keys behind it have no owner; the circle goes on at the first.",
        "wrap-around",
    ),
    of::<StrictSuccessor>(
        "StrictSuccessor",
        "A key exactly on a server's point goes to the next server: the comparison is strict.",
        "successor",
    ),
    of::<CounterClockwise>(
        "CounterClockwise",
        "It takes the last server before the key instead of the first at or after it.",
        "successor",
    ),
    of::<Nearest>(
        "Nearest",
        "It takes the nearest server in either direction; a new server would then take keys from two neighbours.",
        "successor",
    ),
    of::<ModuloAfterAll>(
        "ModuloAfterAll",
        "The servers are sorted, but the owner is chosen by `% n`, so nearly all keys move when n changes.",
        "successor",
    ),
    of::<RandomHash>(
        "RandomHash",
        "It hashes with `RandomState`, which differs in every process: no two clients agree.",
        "successor",
    ),
    of::<StandardHash>(
        "StandardHash",
        "It hashes with `DefaultHasher` instead of the given hash; std may change that one in any release.",
        "successor",
    ),
    of::<HalfPositions>(
        "HalfPositions",
        "Positions are cut to 32 bits, so the order on the circle is that of their low halves.",
        "successor",
    ),
    of::<Unsorted>(
        "Unsorted",
        "A new server is put at the end of the list, and the binary search assumes order.",
        "join",
    ),
    of::<SwapRemove>(
        "SwapRemove",
        "`swap_remove` puts the last server into the gap, and the list is no longer sorted.",
        "leave",
    ),
    of::<NeverLeaves>(
        "NeverLeaves",
        "The server is taken off some list, but its point stays on the ring and keeps its keys.",
        "leave",
    ),
    of::<Overwrites>(
        "Overwrites",
        "A map from position to server forgets the first of two servers on one position.",
        "shared-position",
    ),
    of::<FirstComeWins>(
        "FirstComeWins",
        "Of two servers on one position the one that came first wins, so two clients that saw different orders disagree.",
        "shared-position",
    ),
    of::<AcceptsTwice>(
        "AcceptsTwice",
        "Adding a server that is there is answered with `Ok`.",
        "bad-requests",
    ),
    of::<IgnoresUnknown>(
        "IgnoresUnknown",
        "Removing a server that is not there is answered with `Ok`.",
        "bad-requests",
    ),
    of::<PanicsWhenEmpty>(
        "PanicsWhenEmpty",
        "It wraps round with `% points.len()`, which divides by zero on an empty ring.",
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
        checks: checks::hash_ring::all::<Flawed<F>>,
    }
}

/// One random key a process, as a ring kept in a `static` would have it.
fn random(value: impl Hash) -> u64 {
    static RANDOM: OnceLock<RandomState> = OnceLock::new();
    RANDOM.get_or_init(RandomState::new).hash_one(value)
}

fn standard(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn half(position: u64) -> u64 {
    u64::from(position as u32)
}

struct NoWrapAround;
impl Flaw for NoWrapAround {
    const PARTS: Parts = Parts {
        successor: |points, position| points.iter().position(|(point, _)| *point >= position),
        ..RIGHT
    };
}

struct StrictSuccessor;
impl Flaw for StrictSuccessor {
    const PARTS: Parts = Parts {
        successor: |points, position| {
            let found = points.iter().position(|(point, _)| *point > position);
            found.or((!points.is_empty()).then_some(0))
        },
        ..RIGHT
    };
}

struct CounterClockwise;
impl Flaw for CounterClockwise {
    const PARTS: Parts = Parts {
        successor: |points, position| {
            let found = points.iter().rposition(|(point, _)| *point <= position);
            found.or(points.len().checked_sub(1))
        },
        ..RIGHT
    };
}

struct Nearest;
impl Flaw for Nearest {
    const PARTS: Parts = Parts {
        successor: |points, position| {
            let up = |point: u64| point.wrapping_sub(position);
            let distance = |point: u64| up(point).min(up(point).wrapping_neg());
            (0..points.len()).min_by_key(|index| distance(points[*index].0))
        },
        ..RIGHT
    };
}

struct ModuloAfterAll;
impl Flaw for ModuloAfterAll {
    const PARTS: Parts = Parts {
        successor: |points, position| Some(position.checked_rem(points.len() as u64)? as usize),
        ..RIGHT
    };
}

struct RandomHash;
impl Flaw for RandomHash {
    const PARTS: Parts = Parts {
        positions: |_, server, count| (0..count).map(|index| random((server, index))).collect(),
        key: |_, key| random(key),
        ..RIGHT
    };
}

struct StandardHash;
impl Flaw for StandardHash {
    const PARTS: Parts = Parts {
        positions: |_, server, count| (0..count).map(|index| standard((server, index))).collect(),
        key: |_, key| standard(key),
        ..RIGHT
    };
}

struct HalfPositions;
impl Flaw for HalfPositions {
    const PARTS: Parts = Parts {
        positions: |hash, server, count| {
            (0..count)
                .map(|index| half(hash.point(server, index)))
                .collect()
        },
        key: |hash, key| half(hash.key(key)),
        ..RIGHT
    };
}

struct Unsorted;
impl Flaw for Unsorted {
    const PARTS: Parts = Parts {
        join: push,
        ..RIGHT
    };
}

struct SwapRemove;
impl Flaw for SwapRemove {
    const PARTS: Parts = Parts {
        leave: |points, server| {
            if let Some(place) = points.iter().position(|(_, name)| name == server) {
                points.swap_remove(place);
            }
        },
        ..RIGHT
    };
}

struct NeverLeaves;
impl Flaw for NeverLeaves {
    const PARTS: Parts = Parts {
        leave: |_, _| (),
        ..RIGHT
    };
}

struct Overwrites;
impl Flaw for Overwrites {
    const PARTS: Parts = Parts {
        join: overwrite,
        ..RIGHT
    };
}

struct FirstComeWins;
impl Flaw for FirstComeWins {
    const PARTS: Parts = Parts {
        join: |points, server, positions| {
            push(points, server, positions);
            // Stable: who came first stays first.
            points.sort_by_key(|(position, _)| *position);
        },
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

struct IgnoresUnknown;
impl Flaw for IgnoresUnknown {
    const PARTS: Parts = Parts {
        refuses_unknown: false,
        ..RIGHT
    };
}

struct PanicsWhenEmpty;
impl Flaw for PanicsWhenEmpty {
    const PARTS: Parts = Parts {
        successor: |points, position| {
            Some(points.partition_point(|(point, _)| *point < position) % points.len())
        },
        ..RIGHT
    };
}
