//! The graded checks of the topic, generic over the contracts.
//!
//! Nearly all of them play requests on a solution and on a `model`: the policy's rule,
//! followed the slow and obvious way. The first sequence with a different answer is cut
//! down to what the difference needs, so the counterexample can be tried by hand, and any
//! right solution passes, whatever it keeps inside.
//!
//! What tells the checks of an exercise apart is which requests they draw: one never fills
//! the cache, the next never hits.

mod common;
mod draw;
mod long;
pub(in crate::eviction) mod model;
mod play;
mod scenario;
mod trace;

pub mod belady_anomaly;
pub mod count_min_sketch;
pub mod eviction_belady;
pub mod eviction_clock;
pub mod eviction_fifo;
pub mod eviction_lfu;
pub mod eviction_lru;
pub mod eviction_mru;
pub mod eviction_s3_fifo;
pub mod eviction_sieve;
pub mod eviction_two_queue;
pub mod hit_ratio_model;
pub mod stack_distance;

#[cfg(all(test, feature = "references"))]
mod tests;
