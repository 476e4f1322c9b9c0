//! Checks of the exercise `eviction_mru`.

use super::common::{QUESTIONS, ROOM, questions, room, with_hits, without_hits};
use super::model::{Model, Mru};
use super::play::{Pair, build};
use crate::eviction::EvictionMru;
use crate::grade::Check;
use crate::grade::kit::Rule;

const RULES: [Rule; 4] = [
    ROOM,
    Rule {
        name: "last-comer-goes",
        text: "Without hits, each newcomer drives out the one before it; what came first stays.",
        points: 2,
        section: "",
        hints: [
            "Fill a cache for 3 with keys 1, 2, 3, and ask for 4 and 5. Which keys are left?",
            "Choose the victim before the newcomer goes in, or the newcomer is the most recent key itself.",
            "`let evicted = if full { self.keys.pop() } else { None }; self.keys.push(key);`",
        ],
    },
    Rule {
        name: "last-used-goes",
        text: "A miss in a full cache evicts the key that was asked for last, hits included.",
        points: 2,
        section: "",
        hints: [
            "What is the most recently used key after a hit?",
            "LIFO forgets about hits. Here a hit moves its key to the end from which victims are taken.",
            "`let key = self.keys.remove(place); self.keys.push(key); return Access::Hit;`",
        ],
    },
    QUESTIONS,
];

/// The checks of a solution of [`EvictionMru`].
///
/// # Examples
///
/// ```
/// use exercises::eviction::{Mru, Simulated, checks};
///
/// for check in checks::eviction_mru::all::<Simulated<Mru>>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: EvictionMru + 'static>() -> Vec<Check> {
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

fn pair<T: EvictionMru + 'static>() -> Pair {
    Pair {
        solution: build::<T>,
        model: build::<Model<Mru>>,
    }
}
