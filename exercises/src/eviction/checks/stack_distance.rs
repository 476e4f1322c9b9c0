//! Checks of the exercise `stack_distance`.

use std::num::NonZeroUsize;

use super::draw::Draw;
use super::model::{Lru, Model, stack_distances};
use super::play::{Effort, build};
use super::trace::{Question, Trace};
use crate::eviction::StackDistance;
use crate::grade::kit::Rule;
use crate::grade::{Check, Counterexample, Verdict};

const RULES: [Rule; 4] = [
    Rule {
        name: "first-requests",
        text: "There is an answer for each request, and it is `None` for the first one of each key.",
        points: 1,
        section: "",
        hints: [
            "How far back is the last request for a key that was never asked for before?",
            "A map from key to the place of its latest request knows whether there was one.",
            "`let before = latest.insert(key, now);`, which is `None` the first time.",
        ],
    },
    Rule {
        name: "distances",
        text: "A distance counts the different keys asked for from the previous request for the same key on, that key included.",
        points: 3,
        section: "",
        hints: [
            "What is the distance of the last request of `7, 8, 8, 8, 7`?",
            "Mark each key at its latest request only. How many marks are there from the previous request for this key on?",
            "`marks since before = latest.len() - marks.up_to(before) + 1`, with a mark at the latest request of each key.",
        ],
    },
    Rule {
        name: "misses",
        text: "An LRU cache misses a request unless its distance is the capacity or less; a first request misses at any size.",
        points: 2,
        section: "",
        hints: [
            "The least recently used of the keys in a cache for 3: how far down the stack is it?",
            "A request whose distance is exactly the capacity is a hit.",
            "`distances.iter().filter(|distance| distance.is_none_or(|distance| distance > capacity)).count()`",
        ],
    },
    Rule {
        name: "long-trace",
        text: "For 131,072 keys, 1,048,576 requests are answered within the time limit: nobody walks through the keys for each.",
        points: 3,
        section: "",
        hints: [
            "How many keys does your solution look at for one request?",
            "Counting the marks before a place, and moving one, takes logarithmic time in a Fenwick tree.",
            "Add: `while node < tree.len() { tree[node] += 1; node += node & node.wrapping_neg(); }`. Sum: `while node > 0 { sum += tree[node]; node &= node - 1; }`.",
        ],
    },
];

/// The checks of a solution of [`StackDistance`].
///
/// # Examples
///
/// ```
/// use exercises::eviction::{TreeOfMarks, checks};
///
/// for check in checks::stack_distance::all::<TreeOfMarks>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: StackDistance>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| distances::<T>().agree(seed, Effort::USUAL, all_different),
            |seed| distances::<T>().agree(seed, Effort::USUAL, Trace::random),
            |seed| misses::<T>().agree(seed, Effort::USUAL, Trace::random),
            |_| long(T::distances),
        ],
    )
}

fn distances<T: StackDistance>() -> Question<Vec<Option<usize>>> {
    Question {
        text: |trace| format!("Mine::distances(&{:?})", trace.keys),
        solution: |trace| T::distances(&trace.keys),
        model: |trace| stack_distances(&trace.keys),
    }
}

/// Of a cache with one place less than the trace says, so that none at all is tried, too.
fn misses<T: StackDistance>() -> Question<usize> {
    Question {
        text: |trace| {
            format!(
                "Mine::misses(&{:?}, {})",
                trace.keys,
                trace.capacity.get() - 1
            )
        },
        solution: |trace| T::misses(&trace.keys, trace.capacity.get() - 1),
        model: |trace| {
            let Some(capacity) = NonZeroUsize::new(trace.capacity.get() - 1) else {
                return trace.keys.len();
            };
            let mut cache = build::<Model<Lru>>(capacity);
            let missed = trace
                .keys
                .iter()
                .filter(|key| !cache.access(**key).is_hit());
            missed.count()
        },
    }
}

fn all_different(draw: &mut Draw, size: usize) -> Trace {
    let length = draw.below(size) as u64;
    Trace::new((0..length).collect(), 1)
}

/// Few keys first, so that wrong answers are not waited for.
const LONG: [usize; 2] = [1 << 4, 1 << 17];

/// There and back again, eight times: on the way back, the key at place `n` is the one that was asked for
/// `n` keys before the turn. Neither end of a list is near.
fn long(solution: fn(&[u64]) -> Vec<Option<usize>>) -> Verdict {
    LONG.into_iter().try_for_each(|n_keys| {
        let forth = 0..n_keys as u64;
        let there_and_back: Vec<u64> = forth.clone().chain(forth.rev()).collect();
        let actual = solution(&there_and_back.repeat(4));
        let expected = |place: usize| (place >= n_keys).then_some(place % n_keys + 1);
        let differs = |place: &usize| actual.get(*place) != Some(&expected(*place));
        match (0..8 * n_keys).find(differs) {
            None => Ok(()),
            Some(place) => Err(Counterexample::new(
                format!(
                    "keys 0 to {} there and back, four times; here request {place}",
                    n_keys - 1
                ),
                format!("{:?}", expected(place)),
                format!("{:?}", actual.get(place).copied().flatten()),
            )),
        }
    })
}
