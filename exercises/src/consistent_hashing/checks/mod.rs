//! The graded checks of the topic, generic over the contracts.
//!
//! Nearly all of them compare a solution with a `model`: the contract's
//! rules, searched the slow and obvious way. A check draws scenarios (a ring, some
//! changes, some questions) from small to large, plays each on both, and cuts the
//! first one with a different answer down to what is needed. So any right solution
//! passes, whatever it keeps inside, and the counterexample can be tried by hand.
//!
//! What tells the checks of an exercise apart is which scenarios they draw: one
//! never goes round the circle, the next does nothing else.

mod bid_model;
mod draw;
mod machine;
mod model;
mod play;
mod probe_model;
mod scenario;
mod steps;

pub mod bounded_loads;
pub mod hash_ring;
pub mod jump_hash;
pub mod maglev_table;
pub mod modulo_placement;
pub mod multi_probe;
pub mod rack_replicas;
pub mod rendezvous;
pub mod replicas;
pub mod virtual_nodes;
pub mod weighted_nodes;

#[cfg(all(test, feature = "references"))]
mod tests;
