//! The topic's exercises, as the catalog lists them.

use super::{Fifo, Lru, Simulated, checks, wrong};
use crate::catalog::Exercise;

/// The page of the book, and the notebook, that teach the topic.
const CHAPTER: &str = "26-cache-eviction";

const TOPIC: &str = "eviction";

/// The topic's exercises, in teaching order.
pub fn exercises() -> Vec<Exercise> {
    vec![eviction_fifo(), eviction_lru()]
}

fn eviction_fifo() -> Exercise {
    Exercise {
        id: "eviction_fifo",
        formerly: &[],
        title: "FIFO",
        summary: "Evict the key that came in first.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "the-problem",
        reference: "exercises/src/eviction/fifo.rs",
        minutes: 10,
        requires: &[],
        checks: checks::eviction_fifo::all::<Simulated<Fifo>>,
        wrong: wrong::eviction_fifo::ALL.to_vec(),
    }
}

fn eviction_lru() -> Exercise {
    Exercise {
        id: "eviction_lru",
        formerly: &[],
        title: "LRU in constant time",
        summary: "Evict the least recently used key, with a list whose links are numbers.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "the-problem",
        reference: "exercises/src/eviction/lru.rs",
        minutes: 30,
        requires: &["eviction_fifo"],
        checks: checks::eviction_lru::all::<Simulated<Lru>>,
        wrong: wrong::eviction_lru::ALL.to_vec(),
    }
}
