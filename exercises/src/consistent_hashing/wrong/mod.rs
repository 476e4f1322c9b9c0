//! Named wrong solutions, each with the check that must reject it.
//!
//! They are what people really write, and they prove the grader: a wrong solution
//! that passes is a failing test. A wrong type differs from a right ring in one
//! place only, so a right ring is written once, with the places where it can go
//! wrong as parts (functions and switches), and each wrong solution replaces one.
//!
//! Nothing here is for use.

mod flawed;

pub(super) mod bounded_loads;
pub(super) mod hash_ring;
pub(super) mod jump_hash;
pub(super) mod maglev_table;
pub(super) mod modulo_placement;
pub(super) mod multi_probe;
pub(super) mod rack_replicas;
pub(super) mod rendezvous;
pub(super) mod replicas;
pub(super) mod virtual_nodes;
pub(super) mod weighted_nodes;
