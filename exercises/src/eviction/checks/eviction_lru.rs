//! Checks of the exercise `eviction_lru`.

use super::common::{QUESTIONS, ROOM, questions, room, with_hits, without_hits};
use super::long::{self, scattered};
use super::model::{Lru, Model};
use super::play::{Pair, build};
use crate::eviction::EvictionLru;
use crate::grade::Check;
use crate::grade::kit::Rule;

const RULES: [Rule; 5] = [
    ROOM,
    Rule {
        name: "misses-in-order",
        text: "Without hits, keys leave in the order in which they came.",
        points: 1,
        section: "",
        hints: [
            "A newcomer was used just now. At which end of the order does it stand?",
            "Victims leave at one end of the list, newcomers enter at the other. Draw the links before and after, for one node, two and three.",
            "`let oldest = self.tail; self.unlink(oldest); self.places.remove(&self.nodes[oldest].key);`, and the newcomer takes the free node over.",
        ],
    },
    Rule {
        name: "hits-refresh",
        text: "A hit makes its key the most recently used; a miss in a full cache evicts the least recently used.",
        points: 3,
        section: "",
        hints: [
            "A FIFO cache leaves the order alone when there is a hit. What has LRU to do?",
            "Moving a node is taking it out of the list and putting it in at the front: the same two functions that a miss needs.",
            "`self.unlink(node); self.push_front(node);`, where `unlink` mends the head or the tail if the node was there.",
        ],
    },
    QUESTIONS,
    Rule {
        name: "many-accesses",
        text: "With 131,072 places, 1.3 million accesses end within the time limit: an access does not walk through all keys.",
        points: 3,
        section: "",
        hints: [
            "How many keys does one access look at, when the cache is full?",
            "A map from key to place finds the key at once; a list with links in both directions lets it leave from the middle without moving the others.",
            "`struct Node { key: u64, newer: usize, older: usize }` in a `Vec<Node>`, with `HashMap<u64, usize>` beside it.",
        ],
    },
];

/// The checks of a solution of [`EvictionLru`].
///
/// # Examples
///
/// ```
/// use exercises::eviction::{Lru, Simulated, checks};
///
/// for check in checks::eviction_lru::all::<Simulated<Lru>>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: EvictionLru + 'static>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| room(pair::<T>(), seed),
            |seed| without_hits(pair::<T>(), seed),
            |seed| with_hits(pair::<T>(), seed),
            |seed| questions(pair::<T>(), seed),
            // Newcomers drive out the others in the order of the last round.
            |_| long::run(build::<T>, scattered),
        ],
    )
}

fn pair<T: EvictionLru + 'static>() -> Pair {
    Pair {
        solution: build::<T>,
        model: build::<Model<Lru>>,
    }
}
