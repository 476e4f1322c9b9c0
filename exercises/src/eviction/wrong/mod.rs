//! Named wrong solutions, each with the check that must reject it.
//!
//! They are what people really write, and they prove the grader: a wrong solution that
//! passes is a failing test. What can go wrong in any policy is written once, around a
//! right one (`around.rs`); a policy that is a list of keys in some order is written once,
//! with the places where it can go wrong as parts (`listed.rs`).
//!
//! Nothing here is for use.

mod around;
mod listed;

pub(super) mod belady_anomaly;
pub(super) mod count_min_sketch;
pub(super) mod eviction_belady;
pub(super) mod eviction_clock;
pub(super) mod eviction_fifo;
pub(super) mod eviction_lfu;
pub(super) mod eviction_lru;
pub(super) mod eviction_mru;
pub(super) mod eviction_s3_fifo;
pub(super) mod eviction_sieve;
pub(super) mod eviction_two_queue;
pub(super) mod hit_ratio_model;
pub(super) mod stack_distance;
