//! The topic's exercises, as the catalog lists them.

use super::{
    Clock, Fifo, FifoAnomaly, HitRatioModel, Lfu, Lru, Mru, Optimum, PlainSketch, S3Fifo, Sieve,
    Simulated, TreeOfMarks, TwoQueue, checks, wrong,
};
use crate::catalog::Exercise;

/// The page of the book, and the notebook, that teach the topic.
const CHAPTER: &str = "26-cache-eviction";

const TOPIC: &str = "eviction";

/// The topic's exercises, in teaching order.
pub fn exercises() -> Vec<Exercise> {
    vec![
        eviction_fifo(),
        belady_anomaly(),
        eviction_lru(),
        eviction_mru(),
        eviction_lfu(),
        eviction_clock(),
        eviction_sieve(),
        eviction_two_queue(),
        eviction_s3_fifo(),
        count_min_sketch(),
        eviction_belady(),
        stack_distance(),
        hit_ratio_model(),
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
        section: "first-in-first-out",
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
        section: "least-recently-used",
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
        section: "the-other-end-lifo-and-mru",
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
        section: "counting",
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
        section: "a-mark-instead-of-a-move",
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
        section: "a-mark-instead-of-a-move",
        reference: "exercises/src/eviction/sieve.rs",
        minutes: 20,
        requires: &["eviction_clock"],
        checks: checks::eviction_sieve::all::<Simulated<Sieve>>,
        wrong: wrong::eviction_sieve::ALL.to_vec(),
    }
}

fn eviction_two_queue() -> Exercise {
    Exercise {
        id: "eviction_two_queue",
        formerly: &[],
        title: "2Q",
        summary: "Let newcomers queue apart, and keep proven keys by their last use.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "newcomers-on-probation",
        reference: "exercises/src/eviction/two_queue.rs",
        minutes: 25,
        requires: &["eviction_lru"],
        checks: checks::eviction_two_queue::all::<Simulated<TwoQueue>>,
        wrong: wrong::eviction_two_queue::ALL.to_vec(),
    }
}

fn eviction_s3_fifo() -> Exercise {
    Exercise {
        id: "eviction_s3_fifo",
        formerly: &[],
        title: "S3-FIFO",
        summary: "Filter newcomers with a small queue, and remember those that went too early.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "newcomers-on-probation",
        reference: "exercises/src/eviction/s3_fifo.rs",
        minutes: 30,
        requires: &["eviction_two_queue"],
        checks: checks::eviction_s3_fifo::all::<Simulated<S3Fifo>>,
        wrong: wrong::eviction_s3_fifo::ALL.to_vec(),
    }
}

fn eviction_belady() -> Exercise {
    Exercise {
        id: "eviction_belady",
        formerly: &[],
        title: "Belady's optimum",
        summary: "Evict the key that is needed farthest in the future, and know what no policy can beat.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "the-optimum",
        reference: "exercises/src/eviction/belady.rs",
        minutes: 20,
        requires: &["eviction_lru"],
        checks: checks::eviction_belady::all::<Optimum>,
        wrong: wrong::eviction_belady::ALL.to_vec(),
    }
}

fn stack_distance() -> Exercise {
    Exercise {
        id: "stack_distance",
        formerly: &[],
        title: "Stack distances",
        summary: "Get LRU's misses at every size from one pass over the trace.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "all-sizes-in-one-pass",
        reference: "exercises/src/eviction/stack_distance.rs",
        minutes: 25,
        requires: &["eviction_lru"],
        checks: checks::stack_distance::all::<TreeOfMarks>,
        wrong: wrong::stack_distance::ALL.to_vec(),
    }
}

fn hit_ratio_model() -> Exercise {
    Exercise {
        id: "hit_ratio_model",
        formerly: &[],
        title: "What a hit is worth",
        summary: "Compute the mean time of a request, the break-even, and the hit ratio that a goal needs.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "what-a-hit-is-worth",
        reference: "exercises/src/eviction/hit_ratio.rs",
        minutes: 10,
        requires: &[],
        checks: checks::hit_ratio_model::all::<HitRatioModel>,
        wrong: wrong::hit_ratio_model::ALL.to_vec(),
    }
}

fn count_min_sketch() -> Exercise {
    Exercise {
        id: "count_min_sketch",
        formerly: &[],
        title: "Count-min sketch",
        summary: "Count how often millions of keys are asked for, in a few rows of shared counters.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "a-sketch-of-the-past",
        reference: "exercises/src/eviction/plain_sketch.rs",
        minutes: 20,
        requires: &[],
        checks: checks::count_min_sketch::all::<PlainSketch>,
        wrong: wrong::count_min_sketch::ALL.to_vec(),
    }
}

fn belady_anomaly() -> Exercise {
    Exercise {
        id: "belady_anomaly",
        formerly: &[],
        title: "Belady's anomaly",
        summary: "Find requests that a larger FIFO cache misses more often than a smaller one.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "first-in-first-out",
        reference: "exercises/src/eviction/anomaly.rs",
        minutes: 15,
        requires: &["eviction_fifo"],
        checks: checks::belady_anomaly::all::<FifoAnomaly>,
        wrong: wrong::belady_anomaly::ALL.to_vec(),
    }
}
