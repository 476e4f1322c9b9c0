//! Checks of the exercise `eviction_sieve`.

use super::common::{QUESTIONS, ROOM, one_sweep, questions, room, with_hits, without_hits};
use super::model::{Model, Sieve};
use super::play::{Pair, build};
use crate::eviction::EvictionSieve;
use crate::grade::Check;
use crate::grade::kit::Rule;

const RULES: [Rule; 5] = [
    ROOM,
    Rule {
        name: "oldest-first",
        text: "Without hits, keys leave in the order in which they came.",
        points: 1,
        section: "",
        hints: [
            "At which end does the hand begin?",
            "The hand stands at the next newer key when one is taken out.",
            "`let next = self.nodes[victim].newer;` before the victim is unlinked.",
        ],
    },
    Rule {
        name: "marked-stay",
        text: "A hit marks its key and moves nothing; the hand passes over marked keys, takes their marks away, and takes the first without one.",
        points: 3,
        section: "",
        hints: [
            "What does the hand do with a key that is marked? Two things.",
            "A marked key loses its mark and stays where it is in the order.",
            "`while marked { self.nodes[hand].marked = false; hand = self.nodes[hand].newer.unwrap_or(self.oldest); }`",
        ],
    },
    Rule {
        name: "newcomers-at-the-front",
        text: "A newcomer always comes in at the new end, wherever the hand is; the hand goes on from where it stopped.",
        points: 3,
        section: "",
        hints: [
            "In CLOCK the newcomer takes the victim's place, and the hand looks at it last. When does SIEVE's hand look at it?",
            "If the victim was the newest key, there is no newer one: the next search begins at the oldest, not at the newcomer.",
            "Find the victim and set `self.hand = newer` (an `Option`; `None` stands for the oldest) *before* the newcomer is linked in.",
        ],
    },
    QUESTIONS,
];

/// The checks of a solution of [`EvictionSieve`].
///
/// # Examples
///
/// ```
/// use exercises::eviction::{Sieve, Simulated, checks};
///
/// for check in checks::eviction_sieve::all::<Simulated<Sieve>>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: EvictionSieve + 'static>() -> Vec<Check> {
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

fn pair<T: EvictionSieve + 'static>() -> Pair {
    Pair {
        solution: build::<T>,
        model: build::<Model<Sieve>>,
    }
}
