//! What the topic's exercises ask for. Nearly all of them ask for a [`Policy`]: a cache
//! that is told which keys are asked for, and says what became of each.
//!
//! The rules that all policies share, so that any two right solutions agree on every
//! access:
//!
//! 1. A cache holds at most `capacity` keys, and it begins empty.
//! 2. An access to a key that it holds is a [hit](Access::Hit). It never evicts.
//! 3. An access to another key is a [miss](Access::Miss). The key then goes in.
//! 4. A miss evicts nothing while there is room, and exactly one key when there is
//!    none: the choice is made among the keys that were there *before* the newcomer.
//! 5. Asking with [`Policy::contains`] and [`Policy::len`] is not a use and changes nothing.
//!
//! Which key rule 4 evicts is what the policies differ in.

mod belady_anomaly;
mod count_min_sketch;
mod eviction_belady;
mod eviction_clock;
mod eviction_fifo;
mod eviction_lfu;
mod eviction_lru;
mod eviction_mru;
mod eviction_s3_fifo;
mod eviction_sieve;
mod eviction_two_queue;
mod hit_ratio_model;
mod policy;
mod stack_distance;

pub use belady_anomaly::BeladyAnomaly;
pub use count_min_sketch::{CountMin, counter_place};
pub use eviction_belady::EvictionBelady;
pub use eviction_clock::EvictionClock;
pub use eviction_fifo::EvictionFifo;
pub use eviction_lfu::EvictionLfu;
pub use eviction_lru::EvictionLru;
pub use eviction_mru::EvictionMru;
pub use eviction_s3_fifo::EvictionS3Fifo;
pub use eviction_sieve::EvictionSieve;
pub use eviction_two_queue::EvictionTwoQueue;
pub use hit_ratio_model::AccessTime;
pub use policy::{Access, Policy};
pub use stack_distance::StackDistance;
