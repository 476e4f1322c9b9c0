//! What each exercise of the topic asks for: one trait a file.
//!
//! The rules that all rings share, so that any two right solutions agree on
//! every key:
//!
//! 1. Positions are `u64`s on a circle: after `u64::MAX` comes 0. Clockwise is
//!    upwards.
//! 2. Both keys and points get their positions from the [`RingHash`] that the
//!    ring was made with, and from nothing else.
//! 3. A key belongs to its **successor**: the first point at or after the key's
//!    position, clockwise. A key exactly on a point belongs to that point.
//! 4. Behind the last point the circle starts again at the first.
//! 5. Where points of two servers share a position, the server whose name is
//!    smaller in byte order owns it.
//! 6. Only the present set of servers counts, not the order in which they came
//!    or who was here before.
//!
//! Rules 5 and 6 come for free when points are kept as sorted pairs of position
//! and name.
//!
//! [`RingHash`]: super::RingHash

mod bounded_loads;
mod error;
mod hash_ring;
mod jump_hash;
mod maglev_table;
mod modulo_placement;
mod multi_probe;
mod rack_replicas;
mod rendezvous;
mod replicas;
mod virtual_nodes;
mod weighted_nodes;

pub use bounded_loads::BoundedLoads;
pub use error::RingError;
pub use hash_ring::HashRing;
pub use jump_hash::JumpHash;
pub use maglev_table::MaglevTable;
pub use modulo_placement::ModuloPlacement;
pub use multi_probe::MultiProbe;
pub use rack_replicas::RackReplicas;
pub use rendezvous::RendezvousHash;
pub use replicas::Replicas;
pub use virtual_nodes::VirtualNodes;
pub use weighted_nodes::WeightedNodes;
