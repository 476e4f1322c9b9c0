//! A long run in a large cache, which ends within a check's time limit only if an access
//! takes about constant time.
//!
//! No time is measured: the grader's limit of ten seconds ends what takes too long. With
//! 131,072 places and 1.3 million accesses, a solution that walks through its keys at each
//! access looks at some hundred thousand million of them, which takes minutes. One with a
//! hash map or a tree needs a second or two at most. What lies between the two cannot be
//! graded so, and is let pass.

use std::num::NonZeroUsize;

use super::play::Build;
use crate::eviction::Access;
use crate::grade::{Counterexample, Verdict};

/// A power of two, so that an odd factor makes an order of all keys.
const CAPACITY: u64 = 1 << 17;

/// The same is tried with few keys first, so that wrong answers are not waited for.
const FEW: u64 = 1 << 4;

/// How often every key is asked for again.
const N_ROUNDS: u64 = 8;

/// Far from the order of arrival: it jumps by 0.618 of the keys, so that neither end of a list is near.
const STEP: u64 = 81_007;

/// The keys in the order in which they are asked for again.
pub(super) fn scattered(place: u64, capacity: u64) -> u64 {
    (place + 1) * STEP % capacity
}

/// The key of a newcomer.
pub(super) fn newcomer(place: u64, capacity: u64) -> u64 {
    capacity + place
}

/// Which key a newcomer evicts: from its place among newcomers, from 0 on, and the capacity.
pub(super) type Victim = fn(u64, u64) -> u64;

/// Fills the cache, asks for all keys several times in a scattered order, and lets newcomers
/// in.
pub(super) fn run(build: Build, victim: Victim) -> Verdict {
    run_with(build, victim, FEW)?;
    run_with(build, victim, CAPACITY)
}

fn run_with(build: Build, victim: Victim, capacity: u64) -> Verdict {
    let mut cache = build(NonZeroUsize::new(capacity as usize).expect("there are places"));
    let room = Access::Miss { evicted: None };
    let mut ask = |key, expected| {
        let actual = cache.access(key);
        match actual == expected {
            true => Ok(()),
            false => Err(wrong(capacity, key, expected, actual)),
        }
    };
    (0..capacity).try_for_each(|key| ask(key, room))?;
    for _ in 0..N_ROUNDS {
        (0..capacity).try_for_each(|place| ask(scattered(place, capacity), Access::Hit))?;
    }
    (0..capacity).try_for_each(|place| {
        let evicted = Some(victim(place, capacity));
        ask(newcomer(place, capacity), Access::Miss { evicted })
    })
}

fn wrong(capacity: u64, key: u64, expected: Access, actual: Access) -> Counterexample {
    let input = format!(
        "a cache for {capacity} keys: 0 to {} come in; {N_ROUNDS} times all of them are asked for, \
         in the order of n * {STEP} % {capacity} for n from 1 on; then {capacity} more come in; here access({key})",
        capacity - 1
    );
    Counterexample::new(input, format!("{expected:?}"), format!("{actual:?}"))
}
