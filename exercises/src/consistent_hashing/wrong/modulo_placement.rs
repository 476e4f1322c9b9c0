//! Wrong solutions of the exercise `modulo_placement`.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;

use crate::catalog::Wrong;
use crate::consistent_hashing::{ModuloPlacement, checks, key_position};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::consistent_hashing) const ALL: [Wrong; 10] = [
    of::<SumOfBytes>(
        "SumOfBytes",
        "It adds up the key's bytes instead of hashing: keys with the same letters crowd one server.",
        "remainder",
    ),
    of::<RandomHash>(
        "RandomHash",
        "It hashes with `RandomState`, which differs in every process: no two clients agree.",
        "remainder",
    ),
    of::<CountsFromOne>(
        "CountsFromOne",
        "Servers are numbered from 1, so server 0 holds nothing and server n does not exist.",
        "remainder",
    ),
    of::<HalfHash>(
        "HalfHash",
        "The hash is cut to 32 bits before the division.",
        "whole-hash",
    ),
    of::<SignedHash>(
        "SignedHash",
        "The hash is taken as a signed number, so half of the remainders are others.",
        "whole-hash",
    ),
    of::<DividesByZero>(
        "DividesByZero",
        "With 0 servers the remainder panics.",
        "no-servers",
    ),
    of::<ServerZeroOfNone>(
        "ServerZeroOfNone",
        "With 0 servers it names server 0, which does not exist.",
        "no-servers",
    ),
    of::<CountsKept>("CountsKept", "It counts the keys that stay.", "moved"),
    of::<Estimates>(
        "Estimates",
        "It computes what is expected, n/(n + 1) of the keys, instead of counting.",
        "moved",
    ),
    of::<CountsDistinct>(
        "CountsDistinct",
        "A key that is in the list twice counts once.",
        "moved",
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
        checks: checks::modulo_placement::all::<Flawed<F>>,
    }
}

/// What a wrong solution does otherwise; every default is right.
trait Flaw: Sized {
    fn owner(key: &[u8], servers: usize) -> Option<usize> {
        key_position(key)
            .checked_rem(servers as u64)
            .map(|server| server as usize)
    }

    fn moved(keys: &[&[u8]], before: usize, after: usize) -> usize {
        keys.iter()
            .filter(|key| Self::owner(key, before) != Self::owner(key, after))
            .count()
    }
}

/// A placement with this flaw.
struct Flawed<F>(std::marker::PhantomData<F>);

impl<F: Flaw> ModuloPlacement for Flawed<F> {
    fn owner(key: &[u8], servers: usize) -> Option<usize> {
        F::owner(key, servers)
    }

    fn moved(keys: &[&[u8]], before: usize, after: usize) -> usize {
        F::moved(keys, before, after)
    }
}

struct SumOfBytes;
impl Flaw for SumOfBytes {
    fn owner(key: &[u8], servers: usize) -> Option<usize> {
        let sum: usize = key.iter().map(|byte| usize::from(*byte)).sum();
        sum.checked_rem(servers)
    }
}

static RANDOM: OnceLock<RandomState> = OnceLock::new();

struct RandomHash;
impl Flaw for RandomHash {
    fn owner(key: &[u8], servers: usize) -> Option<usize> {
        let hash = RANDOM.get_or_init(RandomState::new).hash_one(key);
        hash.checked_rem(servers as u64)
            .map(|server| server as usize)
    }
}

struct CountsFromOne;
impl Flaw for CountsFromOne {
    fn owner(key: &[u8], servers: usize) -> Option<usize> {
        key_position(key)
            .checked_rem(servers as u64)
            .map(|server| server as usize + 1)
    }
}

struct HalfHash;
impl Flaw for HalfHash {
    fn owner(key: &[u8], servers: usize) -> Option<usize> {
        (key_position(key) as u32 as usize).checked_rem(servers)
    }
}

struct SignedHash;
impl Flaw for SignedHash {
    fn owner(key: &[u8], servers: usize) -> Option<usize> {
        let hash = key_position(key) as i64;
        hash.checked_rem_euclid(servers as i64)
            .map(|server| server as usize)
    }
}

struct DividesByZero;
impl Flaw for DividesByZero {
    fn owner(key: &[u8], servers: usize) -> Option<usize> {
        Some((key_position(key) % servers as u64) as usize)
    }
}

struct ServerZeroOfNone;
impl Flaw for ServerZeroOfNone {
    fn owner(key: &[u8], servers: usize) -> Option<usize> {
        Some((key_position(key) % servers.max(1) as u64) as usize)
    }
}

struct CountsKept;
impl Flaw for CountsKept {
    fn moved(keys: &[&[u8]], before: usize, after: usize) -> usize {
        keys.iter()
            .filter(|key| Self::owner(key, before) == Self::owner(key, after))
            .count()
    }
}

struct Estimates;
impl Flaw for Estimates {
    fn moved(keys: &[&[u8]], before: usize, after: usize) -> usize {
        if before == after {
            0
        } else {
            keys.len() * before / before.max(after).max(1)
        }
    }
}

struct CountsDistinct;
impl Flaw for CountsDistinct {
    fn moved(keys: &[&[u8]], before: usize, after: usize) -> usize {
        let distinct: BTreeSet<&&[u8]> = keys.iter().collect();
        distinct
            .iter()
            .filter(|key| Self::owner(key, before) != Self::owner(key, after))
            .count()
    }
}
