//! Checks of the exercise `eviction_belady`.

use super::draw::Draw;
use super::model::optimum;
use super::play::Effort;
use super::trace::{Question, Trace};
use crate::eviction::{Access, EvictionBelady};
use crate::grade::kit::Rule;
use crate::grade::{Check, Counterexample, Seed, Verdict};

const RULES: [Rule; 4] = [
    Rule {
        name: "room",
        text: "There is an answer for each request; while there is room nothing is evicted, and a key that is there is a hit.",
        points: 1,
        section: "",
        hints: [
            "How many answers are there for a trace of 5 requests?",
            "Go through the trace once and keep the keys that are held. Is the key of this request among them?",
            "`if held.contains(key) { answers.push(Access::Hit); } else { … answers.push(Access::Miss { evicted }); }`",
        ],
    },
    Rule {
        name: "farthest",
        text: "A miss in a full cache evicts the key whose next request is farthest in the future: no policy has more hits.",
        points: 3,
        section: "",
        hints: [
            "For each request, at which place of the trace is the next one for the same key?",
            "Go through the trace backwards once and write down where each key was seen last: that is the next request of the one before.",
            "`for now in (0..trace.len()).rev() { next[now] = seen.insert(trace[now], now).unwrap_or(usize::MAX); }`",
        ],
    },
    Rule {
        name: "never-again",
        text: "A key that is never asked for again goes before all others, and of several the largest.",
        points: 2,
        section: "",
        hints: [
            "Where is the next request of a key that is never asked for again?",
            "Let `usize::MAX` stand for never, and compare pairs of next request and key.",
            "`held.iter().max_by_key(|(key, next)| (*next, *key))`",
        ],
    },
    Rule {
        name: "long-trace",
        text: "With 2,000 places, 100,000 requests are answered within the time limit: nobody searches the rest of the trace at each miss.",
        points: 1,
        section: "",
        hints: [
            "How often is the rest of the trace read?",
            "All next requests can be found in one pass, before the first eviction.",
            "A held key carries its next request with it; a hit replaces it by that of this request: `held.insert(key, next[now])`.",
        ],
    },
];

/// The checks of a solution of [`EvictionBelady`].
///
/// # Examples
///
/// ```
/// use exercises::eviction::{Optimum, checks};
///
/// for check in checks::eviction_belady::all::<Optimum>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: EvictionBelady>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| whole::<T>().agree(seed, Effort::USUAL, with_room),
            |seed| hits::<T>().agree(seed, Effort::USUAL, Trace::random),
            |seed| whole::<T>().agree(seed, Effort::USUAL, Trace::random),
            |seed| long(&whole::<T>(), seed),
        ],
    )
}

fn whole<T: EvictionBelady>() -> Question<Vec<Access>> {
    Question {
        text,
        solution: |trace| T::run(&trace.keys, trace.capacity),
        model: |trace| optimum(&trace.keys, trace.capacity.get()),
    }
}

/// Only which requests hit, so that it does not matter who of the useless goes.
fn hits<T: EvictionBelady>() -> Question<Vec<bool>> {
    Question {
        text: |trace| {
            format!(
                "{}.into_iter().map(Access::is_hit).collect::<Vec<_>>()",
                text(trace)
            )
        },
        solution: |trace| are_hits(&T::run(&trace.keys, trace.capacity)),
        model: |trace| are_hits(&optimum(&trace.keys, trace.capacity.get())),
    }
}

fn are_hits(accesses: &[Access]) -> Vec<bool> {
    accesses.iter().map(|access| access.is_hit()).collect()
}

fn text(trace: &Trace) -> String {
    format!(
        "Mine::run(&{:?}, NonZeroUsize::new({}).unwrap())",
        trace.keys, trace.capacity
    )
}

fn with_room(draw: &mut Draw, size: usize) -> Trace {
    let capacity = draw.capacity(size);
    let length = draw.below(2 * size);
    Trace::new(draw.keys(length, capacity), capacity)
}

/// Requests, keys and places; few first, so that wrong answers are not waited for.
const LONG: [(usize, usize, usize); 2] = [(300, 30, 6), (100_000, 10_000, 2_000)];

/// Traces that are too long to be written down, so only where the answers differ is told.
fn long(question: &Question<Vec<Access>>, seed: Seed) -> Verdict {
    let mut draw = Draw::new(seed);
    LONG.into_iter().try_for_each(|(n_requests, n_keys, capacity)| {
        let keys = (0..n_requests).map(|_| draw.below(n_keys) as u64);
        let trace = Trace::new(keys.collect(), capacity);
        let (expected, actual) = ((question.model)(&trace), (question.solution)(&trace));
        let differs = |place: &usize| expected.get(*place) != actual.get(*place);
        match (0..expected.len().max(actual.len())).find(differs) {
            None => Ok(()),
            Some(place) => Err(Counterexample::new(
                format!("{n_requests} requests for one of {n_keys} keys each, {capacity} places; here request {place}"),
                format!("{:?}", expected.get(place)),
                format!("{:?}", actual.get(place)),
            )),
        }
    })
}
