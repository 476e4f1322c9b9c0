//! Checks of the exercise `eviction_fifo`.

use super::common::{QUESTIONS, ROOM, questions, room, with_hits, without_hits};
use super::model::{Fifo, Model};
use super::play::{Pair, build};
use crate::eviction::EvictionFifo;
use crate::grade::Check;
use crate::grade::kit::Rule;

const RULES: [Rule; 4] = [
    ROOM,
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
    QUESTIONS,
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
            |seed| room(pair::<T>(), seed),
            |seed| without_hits(pair::<T>(), seed),
            |seed| with_hits(pair::<T>(), seed),
            |seed| questions(pair::<T>(), seed),
        ],
    )
}

fn pair<T: EvictionFifo + 'static>() -> Pair {
    Pair {
        solution: build::<T>,
        model: build::<Model<Fifo>>,
    }
}
