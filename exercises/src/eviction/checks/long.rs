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

/// How often every key is asked for again.
const N_ROUNDS: u64 = 8;

/// Far from the order of arrival: it jumps by 0.618 of the keys, so that neither end of a list is near.
const STEP: u64 = 81_007;

/// The keys in the order in which they are asked for again.
pub(super) fn scattered(place: u64) -> u64 {
    place * STEP % CAPACITY
}

/// Which key the newcomer at this place evicts, counting newcomers from 0.
pub(super) type Victim = fn(newcomer: u64) -> u64;

/// The key of a newcomer.
pub(super) fn newcomer(place: u64) -> u64 {
    CAPACITY + place
}

/// Fills the cache, asks for all keys several times in a scattered order, and lets newcomers
/// in.
pub(super) fn run(build: Build, victim: Victim) -> Verdict {
    let capacity = NonZeroUsize::new(CAPACITY as usize).expect("there are places");
    let mut cache = build(capacity);
    let room = Access::Miss { evicted: None };
    let mut ask = |key, expected| {
        let actual = cache.access(key);
        match actual == expected {
            true => Ok(()),
            false => Err(wrong(key, expected, actual)),
        }
    };
    (0..CAPACITY).try_for_each(|key| ask(key, room))?;
    for _ in 0..N_ROUNDS {
        (0..CAPACITY).try_for_each(|place| ask(scattered(place), Access::Hit))?;
    }
    (0..CAPACITY).try_for_each(|place| {
        let evicted = Some(victim(place));
        ask(newcomer(place), Access::Miss { evicted })
    })
}

fn wrong(key: u64, expected: Access, actual: Access) -> Counterexample {
    let input = format!(
        "a cache for {CAPACITY} keys: 0 to {} come in, {N_ROUNDS} times all of them are asked for, \
         by key = n * {STEP} % {CAPACITY} for n from 0 on, then {CAPACITY} more come in; here access({key})",
        CAPACITY - 1
    );
    Counterexample::new(input, format!("{expected:?}"), format!("{actual:?}"))
}
