//! Wrong solutions of the exercise `eviction_belady`.

use std::num::NonZeroUsize;

use crate::catalog::Wrong;
use crate::eviction::{Access, EvictionBelady, belady, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::eviction) const ALL: [Wrong; 10] = [
    of::<OneTooFew>(
        "OneTooFew",
        "It evicts when one place is still free: the cache is full when it holds as many keys as its capacity says.",
        "room",
    ),
    of::<OnlyMisses>(
        "OnlyMisses",
        "It answers misses only; there is one answer for each request.",
        "room",
    ),
    of::<Chosen<NEAREST>>(
        "NearestGoes",
        "The key that is needed soonest goes: the comparison is the wrong way round.",
        "farthest",
    ),
    of::<Chosen<LEAST_RECENT>>(
        "LooksBack",
        "The key that was used longest ago goes: that is LRU, which looks back. The optimum looks ahead.",
        "farthest",
    ),
    of::<Chosen<FEWEST_LEFT>>(
        "FewestRequestsLeft",
        "The key with the fewest requests to come goes. What counts is when the next one comes.",
        "farthest",
    ),
    of::<Chosen<STALE>>(
        "ForgetsToLookAgain",
        "A key's next request is looked up when it comes in, and not again when it is hit: from then on it lies in the past.",
        "farthest",
    ),
    of::<Chosen<NEVER_IS_NOW>>(
        "NeverIsNow",
        "For a key that never comes again, 0 stands for the next request (`unwrap_or(0)`), so it seems to be needed at once and stays for ever.",
        "farthest",
    ),
    of::<Chosen<BYPASSES>>(
        "LetsNewcomersPass",
        "A newcomer that is needed later than all others is not taken in. That saves more misses still, but the rules take every newcomer in.",
        "never-again",
    ),
    of::<Chosen<SMALLEST>>(
        "SmallestOfTheUseless",
        "Of several keys that never come again the smallest goes; the contract names the largest.",
        "never-again",
    ),
    of::<SearchesTheFuture>(
        "SearchesTheFuture",
        "Each miss searches the rest of the trace for every key that is held: right, but too slow for a long trace.",
        "long-trace",
    ),
];

const fn of<T: EvictionBelady>(
    name: &'static str,
    diagnosis: &'static str,
    rejected_by: &'static str,
) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::eviction_belady::all::<T>,
    }
}

struct OneTooFew;
impl EvictionBelady for OneTooFew {
    fn run(trace: &[u64], capacity: NonZeroUsize) -> Vec<Access> {
        let fewer = NonZeroUsize::new(capacity.get() - 1);
        belady(trace, fewer.unwrap_or(capacity))
    }
}

struct OnlyMisses;
impl EvictionBelady for OnlyMisses {
    fn run(trace: &[u64], capacity: NonZeroUsize) -> Vec<Access> {
        let mut answers = belady(trace, capacity);
        answers.retain(|answer| !answer.is_hit());
        answers
    }
}

/// Who is needed soonest goes.
const NEAREST: u8 = 1;
/// Who was used longest ago goes.
const LEAST_RECENT: u8 = 2;
/// Who has the fewest requests to come goes.
const FEWEST_LEFT: u8 = 3;
/// The next request is that after the first.
const STALE: u8 = 4;
/// Never is sooner than soon.
const NEVER_IS_NOW: u8 = 5;
/// The newcomer may be the victim.
const BYPASSES: u8 = 6;
/// Of the useless the smallest goes.
const SMALLEST: u8 = 7;

/// A key that is held.
#[derive(Clone, Copy)]
struct Held {
    key: u64,
    /// When it came in, and when it was used last.
    since: usize,
    used: usize,
}

/// The victim has the largest rank; the mistake is in what the rank is.
struct Chosen<const MISTAKE: u8>;

impl<const MISTAKE: u8> Chosen<MISTAKE> {
    fn rank(trace: &[u64], now: usize, held: Held) -> (usize, u64) {
        let next_after = |from: usize| {
            let mut rest = (from + 1..trace.len()).filter(|place| trace[*place] == held.key);
            rest.next()
        };
        let next = next_after(now).unwrap_or(usize::MAX);
        match MISTAKE {
            NEAREST => (usize::MAX - next, held.key),
            LEAST_RECENT => (usize::MAX - held.used, 0),
            FEWEST_LEFT => {
                let rest = trace[now..].iter().filter(|key| **key == held.key);
                (usize::MAX - rest.count(), held.key)
            }
            STALE => (next_after(held.since).unwrap_or(usize::MAX), held.key),
            NEVER_IS_NOW => (next_after(now).unwrap_or(0), held.key),
            SMALLEST => (next, u64::MAX - held.key),
            _ => (next, held.key),
        }
    }
}

impl<const MISTAKE: u8> EvictionBelady for Chosen<MISTAKE> {
    fn run(trace: &[u64], capacity: NonZeroUsize) -> Vec<Access> {
        let mut all: Vec<Held> = Vec::new();
        let mut answers = Vec::new();
        for (now, key) in trace.iter().enumerate() {
            if let Some(held) = all.iter_mut().find(|held| held.key == *key) {
                held.used = now;
                answers.push(Access::Hit);
                continue;
            }
            let newcomer = Held {
                key: *key,
                since: now,
                used: now,
            };
            if MISTAKE == BYPASSES {
                all.push(newcomer);
            }
            let full = all.len() + usize::from(MISTAKE != BYPASSES) > capacity.get();
            let ranked = (0..all.len()).max_by_key(|place| Self::rank(trace, now, all[*place]));
            let victim = ranked.filter(|_| full);
            let evicted = victim.map(|place| all.remove(place).key);
            if MISTAKE != BYPASSES {
                all.push(newcomer);
            }
            answers.push(Access::Miss { evicted });
        }
        answers
    }
}

struct SearchesTheFuture;
impl EvictionBelady for SearchesTheFuture {
    fn run(trace: &[u64], capacity: NonZeroUsize) -> Vec<Access> {
        // No mistake: the rank searches the rest of the trace.
        Chosen::<0>::run(trace, capacity)
    }
}
