//! Eviction: a cache is full, one more comes, and something has to go. What?
//!
//! # Map
//!
//! | read | for |
//! |---|---|
//! | [`contract`] | what the exercises ask for, and the rules that all policies share |
//! | `cache.rs`, `replacer.rs` | a cache for any keys and values, and the one question that it leaves to a policy |
//! | [`kit`] | what both are made of: a table of hashes, lists of slots, a quick hash |
//! | `fifo.rs`, `lifo.rs`, `lru.rs`, `mru.rs`, `lfu.rs`, `random.rs` | the classic policies, one a file |
//! | `clock.rs`, `sieve.rs`, `s3_fifo.rs` | nearly free hits: a mark, and queues |
//! | `two_queue.rs`, `arc.rs`, `tiny_lfu.rs`, `sketch.rs` | who remembers more than the cache holds |
//! | `plain_sketch.rs` | a sketch and nothing else, for the exercise |
//! | `belady.rs`, `stack_distance.rs` | the optimum, and LRU at all sizes at once |
//! | `anomaly.rs` | FIFO, worse with more room |
//! | `hit_ratio.rs` | what a hit ratio is worth |
//! | `misses.rs`, `kind.rs` | misses of a trace, by a type or by a policy's name, to compare them |
//! | `comparison.rs` | the traces on which published simulators give the same counts |
//! | [`figures`] | the chapter's figures and numbers |
//! | [`checks`], `wrong/` | the graders, and the wrong solutions that prove them |
//! | `list.rs` | the topic's exercises as the catalog lists them |
//!
//! # Which one?
//!
//! | requests | policy |
//! |---|---|
//! | some keys are popular, and stay so | SIEVE, S3-FIFO, W-TinyLFU |
//! | with scans in between | S3-FIFO, ARC, W-TinyLFU |
//! | a loop that does not fit | MRU |
//! | favourites that change | S3-FIFO, ARC; LRU where the cache is large |
//! | from many threads | FIFO, CLOCK, SIEVE: a hit moves nothing |
//!
//! # Examples
//!
//! ```
//! use std::num::NonZeroUsize;
//!
//! use exercises::eviction::{Cache, S3Fifo};
//!
//! let places = NonZeroUsize::new(1000).expect("1000 is not 0");
//! let mut pages = Cache::<S3Fifo, String, Vec<u8>>::new(places);
//! pages.insert("/index.html".to_owned(), b"hello".to_vec());
//! assert_eq!(pages.get("/index.html").map(|page| page.len()), Some(5));
//! ```
//!
//! Without the feature `references` only the contracts and the checks are here: what a
//! submission is graded against.

pub mod checks;
pub mod contract;

pub use contract::{
    Access, AccessTime, BeladyAnomaly, CountMin, EvictionBelady, EvictionClock, EvictionFifo,
    EvictionLfu, EvictionLru, EvictionMru, EvictionS3Fifo, EvictionSieve, EvictionTwoQueue, Policy,
    StackDistance, counter_place,
};

#[cfg(feature = "references")]
mod anomaly;
#[cfg(feature = "references")]
mod arc;
#[cfg(feature = "references")]
mod belady;
#[cfg(feature = "references")]
mod cache;
#[cfg(feature = "references")]
mod clock;
#[cfg(feature = "references")]
mod comparison;
#[cfg(feature = "references")]
mod fifo;
#[cfg(feature = "references")]
pub mod figures;
#[cfg(feature = "references")]
mod hit_ratio;
#[cfg(feature = "references")]
mod kind;
#[cfg(feature = "references")]
pub mod kit;
#[cfg(feature = "references")]
mod lfu;
#[cfg(feature = "references")]
mod lifo;
#[cfg(feature = "references")]
mod list;
#[cfg(feature = "references")]
mod lru;
#[cfg(feature = "references")]
mod misses;
#[cfg(feature = "references")]
mod mru;
#[cfg(feature = "references")]
mod plain_sketch;
#[cfg(feature = "references")]
mod random;
#[cfg(feature = "references")]
mod replacer;
#[cfg(feature = "references")]
mod s3_fifo;
#[cfg(feature = "references")]
mod sieve;
#[cfg(feature = "references")]
mod sketch;
#[cfg(feature = "references")]
mod stack_distance;
#[cfg(all(test, feature = "references"))]
mod tests;
#[cfg(feature = "references")]
mod tiny_lfu;
#[cfg(feature = "references")]
mod two_queue;
#[cfg(feature = "references")]
mod wrong;

#[cfg(feature = "references")]
pub use anomaly::FifoAnomaly;
#[cfg(feature = "references")]
pub use arc::Arc;
#[cfg(feature = "references")]
pub use belady::{Optimum, belady};
#[cfg(feature = "references")]
pub use cache::{Cache, Fetched, Insertion, Simulated};
#[cfg(feature = "references")]
pub use clock::Clock;
#[cfg(feature = "references")]
pub use comparison::comparison_traces;
#[cfg(feature = "references")]
pub use fifo::Fifo;
#[cfg(feature = "references")]
pub use hit_ratio::HitRatioModel;
#[cfg(feature = "references")]
pub use kind::Kind;
#[cfg(feature = "references")]
pub use lfu::Lfu;
#[cfg(feature = "references")]
pub use lifo::Lifo;
#[cfg(feature = "references")]
pub use list::exercises;
#[cfg(feature = "references")]
pub use lru::Lru;
#[cfg(feature = "references")]
pub use misses::misses;
#[cfg(feature = "references")]
pub use mru::Mru;
#[cfg(feature = "references")]
pub use plain_sketch::PlainSketch;
#[cfg(feature = "references")]
pub use random::Random;
#[cfg(feature = "references")]
pub use replacer::{Replacer, Slot};
#[cfg(feature = "references")]
pub use s3_fifo::S3Fifo;
#[cfg(feature = "references")]
pub use sieve::Sieve;
#[cfg(feature = "references")]
pub use sketch::CountMinSketch;
#[cfg(feature = "references")]
pub use stack_distance::{MissCurve, TreeOfMarks, stack_distances};
#[cfg(feature = "references")]
pub use tiny_lfu::TinyLfu;
#[cfg(feature = "references")]
pub use two_queue::TwoQueue;
