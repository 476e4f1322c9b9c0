//! Checks of the exercise `eviction_lfu`.

use super::common::{QUESTIONS, ROOM, questions, room, with_hits, without_hits};
use super::long::{self, newcomer, scattered};
use super::model::{Lfu, Model};
use super::play::{Pair, build};
use crate::eviction::EvictionLfu;
use crate::grade::Check;
use crate::grade::kit::Rule;

const RULES: [Rule; 5] = [
    ROOM,
    Rule {
        name: "ties",
        text: "Of keys with equal counts, the one goes that has had its count longest.",
        points: 2,
        section: "",
        hints: [
            "When no key is asked for twice, every count is 1. Which key goes then?",
            "Keep the keys of each count in the order in which they reached it. Newcomers join those of count 1 at the end.",
            "A queue for each count: a key enters at the back when it gets the count, and victims leave at the front.",
        ],
    },
    Rule {
        name: "fewest-goes",
        text: "A hit adds 1 to its key's count; a miss in a full cache evicts a key with the smallest count, and the newcomer begins with 1.",
        points: 3,
        section: "",
        hints: [
            "Which count is the smallest right after a newcomer has come in?",
            "Two things change the smallest count: its last key moves up, or a newcomer arrives. Mend it in both places.",
            "On a hit: `if bucket.is_empty() && count == self.least { self.least += 1; }`. On a miss, after the eviction: `self.least = 1;`",
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
            "A hit moves its key from the keys of count n to those of count n + 1: neighbours. Who knows the smallest count needs no search.",
            "A map from count to a list of keys, a map from key to its count and place, and the smallest count in a field.",
        ],
    },
];

/// The checks of a solution of [`EvictionLfu`].
///
/// # Examples
///
/// ```
/// use exercises::eviction::{Lfu, Simulated, checks};
///
/// for check in checks::eviction_lfu::all::<Simulated<Lfu>>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: EvictionLfu + 'static>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| room(pair::<T>(), seed),
            |seed| without_hits(pair::<T>(), seed),
            |seed| with_hits(pair::<T>(), seed),
            |seed| questions(pair::<T>(), seed),
            |_| long::run(build::<T>, victim),
        ],
    )
}

fn pair<T: EvictionLfu + 'static>() -> Pair {
    Pair {
        solution: build::<T>,
        model: build::<Model<Lfu>>,
    }
}

/// All have the same count, and the first newcomer drives out the one that has had it longest. It has a count of
/// 1 itself, so the next one drives out the one before it.
fn victim(place: u64, capacity: u64) -> u64 {
    match place.checked_sub(1) {
        None => scattered(0, capacity),
        Some(before) => newcomer(before, capacity),
    }
}
