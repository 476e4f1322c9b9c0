//! Checks of the exercise `eviction_clock`.

use super::common::{QUESTIONS, ROOM, one_sweep, questions, room, with_hits, without_hits};
use super::model::{Clock, Model};
use super::play::{Pair, build};
use crate::eviction::EvictionClock;
use crate::grade::Check;
use crate::grade::kit::Rule;

const RULES: [Rule; 5] = [
    ROOM,
    Rule {
        name: "in-a-circle",
        text: "Without hits, the hand takes one key after the other in the circle: the one that came in first.",
        points: 2,
        section: "",
        hints: [
            "After an eviction, which place does the hand look at next?",
            "The newcomer takes its victim's place, and the hand moves on, so that it looks at the newcomer last.",
            "`self.slots[self.hand] = newcomer; self.hand = (self.hand + 1) % self.slots.len();`",
        ],
    },
    Rule {
        name: "second-chance",
        text: "A hit marks its key; the hand passes over marked keys, takes their marks away, and takes the first key without one.",
        points: 3,
        section: "",
        hints: [
            "What does the hand do with a key that is marked? Two things.",
            "Only the keys that the hand passes lose their marks; the others keep them for when it comes.",
            "`while self.slots[self.hand].marked { self.slots[self.hand].marked = false; self.hand = (self.hand + 1) % n; }`",
        ],
    },
    Rule {
        name: "round-and-round",
        text: "The hand goes on from where it stopped, however often it has been round, and a newcomer has no mark until it is asked for again.",
        points: 2,
        section: "",
        hints: [
            "Where is the hand when the next miss comes?",
            "Keep the hand's place between accesses, and look at what a newcomer's mark is.",
            "`Slot { key, marked: false }`, and `hand` is a field that only misses change.",
        ],
    },
    QUESTIONS,
];

/// The checks of a solution of [`EvictionClock`].
///
/// # Examples
///
/// ```
/// use exercises::eviction::{Clock, Simulated, checks};
///
/// for check in checks::eviction_clock::all::<Simulated<Clock>>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: EvictionClock + 'static>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| room(pair::<T>(), seed),
            |seed| without_hits(pair::<T>(), seed),
            |seed| one_sweep(pair::<T>(), seed),
            |seed| with_hits(pair::<T>(), seed),
            |seed| questions(pair::<T>(), seed),
        ],
    )
}

fn pair<T: EvictionClock + 'static>() -> Pair {
    Pair {
        solution: build::<T>,
        model: build::<Model<Clock>>,
    }
}
