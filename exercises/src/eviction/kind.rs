//! All policies by name, for whoever compares them: figures, notebook, benchmarks.

use std::fmt;
use std::num::NonZeroUsize;

use super::{
    Arc, Clock, Fifo, Lfu, Lifo, Lru, Mru, Random, S3Fifo, Sieve, Simulated, TinyLfu, TwoQueue,
    belady, misses,
};

/// A policy, chosen while the program runs.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::Kind;
///
/// let capacity = NonZeroUsize::new(2).expect("2 is not 0");
/// assert_eq!(Kind::Fifo.misses(&[1, 2, 1, 3, 1], capacity), 4);
/// assert_eq!(Kind::Lru.misses(&[1, 2, 1, 3, 1], capacity), 3);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// First in, first out.
    Fifo,
    /// Last in, first out.
    Lifo,
    /// Least recently used.
    Lru,
    /// Most recently used.
    Mru,
    /// Least frequently used.
    Lfu,
    /// Random replacement.
    Random,
    /// Second chance.
    Clock,
    /// SIEVE.
    Sieve,
    /// S3-FIFO.
    S3Fifo,
    /// 2Q.
    TwoQueue,
    /// ARC.
    Arc,
    /// W-TinyLFU.
    TinyLfu,
    /// Belady's optimum, which knows the future.
    Belady,
}

impl Kind {
    /// Every policy, the optimum last.
    pub const ALL: [Self; 13] = [
        Self::Fifo,
        Self::Lifo,
        Self::Lru,
        Self::Mru,
        Self::Lfu,
        Self::Random,
        Self::Clock,
        Self::Sieve,
        Self::S3Fifo,
        Self::TwoQueue,
        Self::Arc,
        Self::TinyLfu,
        Self::Belady,
    ];

    /// Its name in the literature.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fifo => "FIFO",
            Self::Lifo => "LIFO",
            Self::Lru => "LRU",
            Self::Mru => "MRU",
            Self::Lfu => "LFU",
            Self::Random => "random",
            Self::Clock => "CLOCK",
            Self::Sieve => "SIEVE",
            Self::S3Fifo => "S3-FIFO",
            Self::TwoQueue => "2Q",
            Self::Arc => "ARC",
            Self::TinyLfu => "W-TinyLFU",
            Self::Belady => "optimum",
        }
    }

    /// How many requests of a trace miss, in a cache that begins empty.
    ///
    /// # Time complexity
    ///
    /// O(n) expected for n requests; O(n log c) for the optimum with c places.
    pub fn misses(self, trace: &[u64], capacity: NonZeroUsize) -> usize {
        match self {
            Self::Fifo => misses::<Simulated<Fifo>>(trace, capacity),
            Self::Lifo => misses::<Simulated<Lifo>>(trace, capacity),
            Self::Lru => misses::<Simulated<Lru>>(trace, capacity),
            Self::Mru => misses::<Simulated<Mru>>(trace, capacity),
            Self::Lfu => misses::<Simulated<Lfu>>(trace, capacity),
            Self::Random => misses::<Simulated<Random>>(trace, capacity),
            Self::Clock => misses::<Simulated<Clock>>(trace, capacity),
            Self::Sieve => misses::<Simulated<Sieve>>(trace, capacity),
            Self::S3Fifo => misses::<Simulated<S3Fifo>>(trace, capacity),
            Self::TwoQueue => misses::<Simulated<TwoQueue>>(trace, capacity),
            Self::Arc => misses::<Simulated<Arc>>(trace, capacity),
            Self::TinyLfu => misses::<Simulated<TinyLfu>>(trace, capacity),
            Self::Belady => {
                let accesses = belady(trace, capacity);
                accesses.iter().filter(|access| !access.is_hit()).count()
            }
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
