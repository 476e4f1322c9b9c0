//! Checks of the exercise `eviction_two_queue`.

use super::common::{QUESTIONS, ROOM, room};
use super::draw::Draw;
use super::model::{Model, TwoQueue};
use super::play::{Effort, Pair, agree, build};
use super::scenario::Scenario;
use crate::eviction::EvictionTwoQueue;
use crate::grade::Check;
use crate::grade::kit::Rule;

const RULES: [Rule; 5] = [
    ROOM,
    Rule {
        name: "newcomers",
        text: "Without keys that come back, newcomers leave in the order in which they came; a hit on a newcomer changes nothing.",
        points: 2,
        section: "",
        hints: [
            "Is being asked for twice in a row a proof that a key is worth keeping? The paper says no.",
            "A hit on a newcomer neither moves it in its queue nor makes it proven.",
            "`if self.proven.contains(&key) { … move to the end … }` and nothing in the other case.",
        ],
    },
    Rule {
        name: "proven",
        text: "A key that comes back while it is remembered is proven; proven keys are kept in the order of their last use, and go only when few newcomers are left.",
        points: 4,
        section: "",
        hints: [
            "What has to be known about a key that is no longer in the cache?",
            "Look the newcomer up among the gone before anything is evicted: the eviction itself may push it out of that list.",
            "`let came_back = self.gone.take(&key); if full { self.evict(); } if came_back { self.proven.push(key) } else { self.newcomers.push(key) }`",
        ],
    },
    Rule {
        name: "limits",
        text: "Newcomers go first while there are more than a quarter of the capacity of them, and half of the capacity is remembered of those that went.",
        points: 3,
        section: "",
        hints: [
            "How many newcomers may stay in a cache for 4, when a proven key could go instead? And in one for 3?",
            "Integer division rounds down: a cache for 3 keeps no newcomer if it can help it, and remembers one key.",
            "`if self.newcomers.len() > capacity / 4 || self.proven.is_empty()`, and `while self.gone.len() > capacity / 2 { self.gone.pop_front(); }`",
        ],
    },
    QUESTIONS,
];

/// The checks of a solution of [`EvictionTwoQueue`].
///
/// # Examples
///
/// ```
/// use exercises::eviction::{TwoQueue, Simulated, checks};
///
/// for check in checks::eviction_two_queue::all::<Simulated<TwoQueue>>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: EvictionTwoQueue + 'static>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| room(pair::<T>(), seed),
            |seed| agree(pair::<T>(), seed, Effort::USUAL, newcomers),
            |seed| agree(pair::<T>(), seed, SMALL, Draw::with_ghosts),
            |seed| agree(pair::<T>(), seed, LARGE, Draw::with_ghosts),
            |seed| agree(pair::<T>(), seed, LARGE, questions),
        ],
    )
}

fn pair<T: EvictionTwoQueue + 'static>() -> Pair {
    Pair {
        solution: build::<T>,
        model: build::<Model<TwoQueue>>,
    }
}

/// Capacities from 1 to 6.
const SMALL: Effort = Effort {
    trials: 600,
    largest: 6,
};

/// Capacities up to 16, where a quarter and a half are several keys.
const LARGE: Effort = Effort {
    trials: 1500,
    largest: 16,
};

/// Each key is asked for some times in a row, and then no more.
fn newcomers(draw: &mut Draw, size: usize) -> Scenario {
    let capacity = 1 + draw.below(size);
    let mut keys = Vec::new();
    for key in 0..(2 * capacity + size) as u64 {
        keys.push(key);
        // One of those that are still there.
        if draw.coin() {
            keys.push(key - key.min(draw.below(capacity) as u64));
        }
    }
    Scenario::of_keys(capacity, keys)
}

fn questions(draw: &mut Draw, size: usize) -> Scenario {
    let scenario = draw.with_ghosts(size);
    draw.questions_in(scenario)
}
