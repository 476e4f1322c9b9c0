//! Checks of the exercise `eviction_s3_fifo`.

use super::common::{QUESTIONS, ROOM, one_sweep, room};
use super::draw::Draw;
use super::model::{Model, S3Fifo};
use super::play::{Effort, Pair, agree, build};
use super::scenario::Scenario;
use crate::eviction::EvictionS3Fifo;
use crate::grade::Check;
use crate::grade::kit::Rule;

const RULES: [Rule; 5] = [
    ROOM,
    Rule {
        name: "small-queue",
        text: "The main queue fills up once the small one has its share; of the small queue the oldest key goes, unless it was used twice or more: then it moves to the main queue.",
        points: 3,
        section: "",
        hints: [
            "A key that was asked for once is in the small queue with 0 uses. How many hits does it take to stay?",
            "Pop the oldest, look at its uses, and go on until one goes. A key that moves begins again with 0 uses.",
            "`while let Some((key, uses)) = self.small.pop_front() { if uses < 2 { … return key; } self.main.push_back((key, 0)); }`",
        ],
    },
    Rule {
        name: "ghosts",
        text: "A key that left the small queue is remembered, and gets into the main queue if it comes back in time.",
        points: 3,
        section: "",
        hints: [
            "What has to be known about a key that is no longer in the cache?",
            "Look the newcomer up among the ghosts before anything is evicted: the eviction makes a ghost, and may push this one out.",
            "`let was_ghost = self.ghosts.take(&key); if full { self.evict(); } let queue = if was_ghost { &mut self.main } else { &mut self.small };`",
        ],
    },
    Rule {
        name: "main-queue",
        text: "The main queue gives up a key only if it holds more than its share or the small one is empty; a key with uses left goes round once more, with one use less.",
        points: 4,
        section: "",
        hints: [
            "A hit in the main queue counts, too. What does it buy its key?",
            "Each time round costs one use, so a key with 3 uses goes round three times. Keys that leave here are not remembered.",
            "`let (key, uses) = self.main.pop_front()…; if uses == 0 { return key; } self.main.push_back((key, uses - 1));` in a loop.",
        ],
    },
    QUESTIONS,
];

/// The checks of a solution of [`EvictionS3Fifo`].
///
/// # Examples
///
/// ```
/// use exercises::eviction::{S3Fifo, Simulated, checks};
///
/// for check in checks::eviction_s3_fifo::all::<Simulated<S3Fifo>>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: EvictionS3Fifo + 'static>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| room(pair::<T>(), seed),
            |seed| one_sweep(pair::<T>(), seed),
            |seed| agree(pair::<T>(), seed, SMALL, Draw::with_ghosts),
            |seed| agree(pair::<T>(), seed, LARGE, Draw::with_ghosts),
            |seed| agree(pair::<T>(), seed, SMALL, questions),
        ],
    )
}

fn pair<T: EvictionS3Fifo + 'static>() -> Pair {
    Pair {
        solution: build::<T>,
        model: build::<Model<S3Fifo>>,
    }
}

/// Capacities from 1 to 7, where the small queue has one place.
const SMALL: Effort = Effort {
    trials: 600,
    largest: 7,
};

/// Capacities up to 40, where it has some.
const LARGE: Effort = Effort {
    trials: 500,
    largest: 40,
};

fn questions(draw: &mut Draw, size: usize) -> Scenario {
    let scenario = draw.with_ghosts(size);
    draw.questions_in(scenario)
}
