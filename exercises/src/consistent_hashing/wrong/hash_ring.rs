//! Wrong solutions of the exercise `hash_ring`.

use std::hash::{BuildHasher, DefaultHasher, Hash, Hasher, RandomState};
use std::sync::OnceLock;

use super::flawed::{Flaw, Flawed, Points, overwrite};
use crate::catalog::Wrong;
use crate::consistent_hashing::{RingHash, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::consistent_hashing) fn all() -> Vec<Wrong> {
    vec![
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
    ]
}

fn of<F: Flaw>(name: &'static str, diagnosis: &'static str, rejected_by: &'static str) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::hash_ring::all::<Flawed<F>>,
    }
}

struct NoWrapAround;
impl Flaw for NoWrapAround {
    fn successor(points: &Points, position: u64) -> Option<usize> {
        points.iter().position(|(point, _)| *point >= position)
    }
}

struct StrictSuccessor;
impl Flaw for StrictSuccessor {
    fn successor(points: &Points, position: u64) -> Option<usize> {
        let found = points.iter().position(|(point, _)| *point > position);
        found.or((!points.is_empty()).then_some(0))
    }
}

struct CounterClockwise;
impl Flaw for CounterClockwise {
    fn successor(points: &Points, position: u64) -> Option<usize> {
        let found = points.iter().rposition(|(point, _)| *point <= position);
        found.or(points.len().checked_sub(1))
    }
}

struct Nearest;
impl Flaw for Nearest {
    fn successor(points: &Points, position: u64) -> Option<usize> {
        let distance = |point: u64| {
            point
                .wrapping_sub(position)
                .min(position.wrapping_sub(point))
        };
        (0..points.len()).min_by_key(|index| distance(points[*index].0))
    }
}

struct ModuloAfterAll;
impl Flaw for ModuloAfterAll {
    fn successor(points: &Points, position: u64) -> Option<usize> {
        Some(position.checked_rem(points.len() as u64)? as usize)
    }
}

/// One random key a process, as a ring kept in a `static` would have it.
static RANDOM: OnceLock<RandomState> = OnceLock::new();

struct RandomHash;
impl Flaw for RandomHash {
    fn positions(_: RingHash, server: &str, count: u32) -> Vec<u64> {
        let random = RANDOM.get_or_init(RandomState::new);
        (0..count)
            .map(|index| random.hash_one((server, index)))
            .collect()
    }

    fn key(_: RingHash, key: &[u8]) -> u64 {
        RANDOM.get_or_init(RandomState::new).hash_one(key)
    }
}

fn standard(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

struct StandardHash;
impl Flaw for StandardHash {
    fn positions(_: RingHash, server: &str, count: u32) -> Vec<u64> {
        (0..count).map(|index| standard((server, index))).collect()
    }

    fn key(_: RingHash, key: &[u8]) -> u64 {
        standard(key)
    }
}

struct HalfPositions;
impl Flaw for HalfPositions {
    fn positions(hash: RingHash, server: &str, count: u32) -> Vec<u64> {
        (0..count)
            .map(|index| u64::from(hash.point(server, index) as u32))
            .collect()
    }

    fn key(hash: RingHash, key: &[u8]) -> u64 {
        u64::from(hash.key(key) as u32)
    }
}

struct Unsorted;
impl Flaw for Unsorted {
    fn join(points: &mut Points, server: &str, positions: &[u64]) {
        points.extend(
            positions
                .iter()
                .map(|position| (*position, server.to_owned())),
        );
    }
}

struct SwapRemove;
impl Flaw for SwapRemove {
    fn leave(points: &mut Points, server: &str) {
        if let Some(place) = points.iter().position(|(_, name)| name == server) {
            points.swap_remove(place);
        }
    }
}

struct NeverLeaves;
impl Flaw for NeverLeaves {
    fn leave(_: &mut Points, _: &str) {}
}

struct Overwrites;
impl Flaw for Overwrites {
    fn join(points: &mut Points, server: &str, positions: &[u64]) {
        overwrite(points, server, positions);
    }
}

struct FirstComeWins;
impl Flaw for FirstComeWins {
    fn join(points: &mut Points, server: &str, positions: &[u64]) {
        points.extend(
            positions
                .iter()
                .map(|position| (*position, server.to_owned())),
        );
        // Stable: who came first stays first.
        points.sort_by_key(|(position, _)| *position);
    }
}

struct AcceptsTwice;
impl Flaw for AcceptsTwice {
    const REFUSES_TWICE: bool = false;
}

struct IgnoresUnknown;
impl Flaw for IgnoresUnknown {
    const REFUSES_UNKNOWN: bool = false;
}

struct PanicsWhenEmpty;
impl Flaw for PanicsWhenEmpty {
    fn successor(points: &Points, position: u64) -> Option<usize> {
        Some(points.partition_point(|(point, _)| *point < position) % points.len())
    }
}
