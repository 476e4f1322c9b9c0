//! Checks of the exercise `eviction_fifo`.

use super::draw::Draw;
use super::model::{Fifo, Model};
use super::play::{Effort, Pair, agree, build};
use super::rule::Rule;
use crate::eviction::EvictionFifo;
use crate::grade::Check;

const RULES: [Rule; 4] = [
    Rule {
        name: "room",
        text: "While there is room, a new key goes in and nothing is evicted; a key that is there is a hit.",
        points: 1,
        section: "",
        hints: [
            "When is a cache for 3 keys full: when it holds 2, or when it holds 3?",
            "Look for the key first. Only if it is not there, ask whether the cache is full.",
            "`if self.contains(key) { return Access::Hit; }` and then `let full = self.len() == self.capacity.get();`",
        ],
    },
    Rule {
        name: "oldest-goes",
        text: "A miss in a full cache evicts the key that came in first, and says which.",
        points: 2,
        section: "",
        hints: [
            "Which collection gives back its elements in the order in which they were put in?",
            "Take the oldest key out before the newcomer goes in, so that the newcomer is not among the candidates.",
            "`let evicted = if full { self.queue.pop_front() } else { None }; self.queue.push_back(key);`",
        ],
    },
    Rule {
        name: "hits-change-nothing",
        text: "A hit changes nothing, neither the order nor how many keys there are.",
        points: 2,
        section: "",
        hints: [
            "What is the oldest key: the one that came in first, or the one that was asked for first?",
            "A hit needs no write at all.",
            "`if self.queue.contains(&key) { return Access::Hit; }`",
        ],
    },
    Rule {
        name: "questions",
        text: "`contains` and `len` tell what the cache holds, and asking changes nothing.",
        points: 1,
        section: "",
        hints: [
            "Does a key that was evicted disappear from everything that you keep?",
            "If there is a set beside the queue, take an evicted key out of both.",
            "`if let Some(gone) = evicted { self.set.remove(&gone); }`",
        ],
    },
];

/// The checks of a solution of [`EvictionFifo`].
///
/// # Examples
///
/// ```
/// use exercises::eviction::{Fifo, Simulated, checks};
///
/// for check in checks::eviction_fifo::all::<Simulated<Fifo>>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: EvictionFifo + 'static>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| agree(pair::<T>(), seed, Effort::USUAL, Draw::with_room),
            |seed| agree(pair::<T>(), seed, Effort::USUAL, Draw::without_hits),
            |seed| agree(pair::<T>(), seed, Effort::USUAL, Draw::with_hits),
            |seed| agree(pair::<T>(), seed, Effort::USUAL, Draw::with_questions),
        ],
    )
}

fn pair<T: EvictionFifo + 'static>() -> Pair {
    Pair {
        solution: build::<T>,
        model: build::<Model<Fifo>>,
    }
}
