//! The topic's exercises, as the catalog lists them.

use super::{Clock, Fifo, Lfu, Lru, Mru, Sieve, Simulated, checks, wrong};
use crate::catalog::Exercise;

/// The page of the book, and the notebook, that teach the topic.
const CHAPTER: &str = "26-cache-eviction";

const TOPIC: &str = "eviction";

/// The topic's exercises, in teaching order.
pub fn exercises() -> Vec<Exercise> {
    vec![
        eviction_fifo(),
        eviction_lru(),
        eviction_mru(),
        eviction_lfu(),
        eviction_clock(),
        eviction_sieve(),
    ]
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

fn eviction_mru() -> Exercise {
    Exercise {
        id: "eviction_mru",
        formerly: &[],
        title: "MRU",
        summary: "Evict the key that was asked for last, and see how that differs from LIFO.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "the-problem",
        reference: "exercises/src/eviction/mru.rs",
        minutes: 10,
        requires: &["eviction_fifo"],
        checks: checks::eviction_mru::all::<Simulated<Mru>>,
        wrong: wrong::eviction_mru::ALL.to_vec(),
    }
}

fn eviction_lfu() -> Exercise {
    Exercise {
        id: "eviction_lfu",
        formerly: &[],
        title: "LFU in constant time",
        summary: "Evict the least frequently used key, of several the one that has had its count longest.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "the-problem",
        reference: "exercises/src/eviction/lfu.rs",
        minutes: 30,
        requires: &["eviction_lru"],
        checks: checks::eviction_lfu::all::<Simulated<Lfu>>,
        wrong: wrong::eviction_lfu::ALL.to_vec(),
    }
}

fn eviction_clock() -> Exercise {
    Exercise {
        id: "eviction_clock",
        formerly: &[],
        title: "CLOCK",
        summary: "Give keys that were used a second chance, with a mark each and a hand.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "the-problem",
        reference: "exercises/src/eviction/clock.rs",
        minutes: 20,
        requires: &["eviction_fifo"],
        checks: checks::eviction_clock::all::<Simulated<Clock>>,
        wrong: wrong::eviction_clock::ALL.to_vec(),
    }
}

fn eviction_sieve() -> Exercise {
    Exercise {
        id: "eviction_sieve",
        formerly: &[],
        title: "SIEVE",
        summary: "Let a hand take out what was asked for only once, and leave proven keys where they are.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "the-problem",
        reference: "exercises/src/eviction/sieve.rs",
        minutes: 20,
        requires: &["eviction_clock"],
        checks: checks::eviction_sieve::all::<Simulated<Sieve>>,
        wrong: wrong::eviction_sieve::ALL.to_vec(),
    }
}
