//! Consistent hashing: which server holds a key, when servers come and go.
//!
//! With `hash(key) % n` nearly every key changes its server when `n` changes. The
//! methods here move only what has to move: about `1/n` of the keys.
//!
//! # Map
//!
//! | read | for |
//! |---|---|
//! | [`contract`] | what each exercise asks for, and the rules all rings share |
//! | `hash.rs`, `labelled.rs` | where keys and servers sit: XXH3, and a toy hash for pictures |
//! | `modulo.rs` | the placement to compare with |
//! | `ring.rs` | the idea in its plainest form: one point a server |
//! | `circle.rs` | the sorted list of points that the rings below share |
//! | `virtual_nodes.rs`, `weighted.rs`, `replicas.rs` | many points, unequal machines, copies |
//! | `bounded.rs` | no server above `1 + ε` times its fair share |
//! | `fast.rs` | the same owners in constant time |
//! | `rendezvous.rs`, `jump.rs` | two ways without a ring |
//! | `stats.rs`, [`theory`] | what is measured, and what to expect |
//! | [`figures`] | the chapter's figures and numbers |
//! | [`checks`], `wrong/` | the graders, and the wrong solutions that prove them |
//! | `list.rs` | the topic's exercises as the catalog lists them |
//! | `sample.rs` | keys and names that look real |
//!
//! # Which one?
//!
//! | | lookup | memory | any server may leave | unequal servers |
//! |---|---|---|---|---|
//! | modulo | O(1) | none | at the price of nearly all keys | no |
//! | ring, `p` points | O(log p), O(1) with a guide table | O(p) | yes | yes |
//! | rendezvous, `n` servers | O(n) | O(n) | yes | not in this form |
//! | jump | O(log n) | none | only the last | no |
//!
//! # Examples
//!
//! ```
//! use std::num::NonZeroU32;
//!
//! use exercises::consistent_hashing::{RingError, RingHash, VirtualRing};
//!
//! let mut ring = VirtualRing::new(RingHash::XXH3, NonZeroU32::new(160).expect("160 is not 0"));
//! ring.add("cache-a")?;
//! ring.add("cache-b")?;
//! let owner = ring.owner("user:42");
//! assert!(owner == Some("cache-a") || owner == Some("cache-b"));
//! # Ok::<(), RingError>(())
//! ```

pub mod checks;
pub mod contract;
pub mod figures;
pub mod theory;

mod bounded;
mod circle;
mod fast;
mod hash;
mod jump;
mod labelled;
mod list;
mod modulo;
mod rendezvous;
mod replicas;
mod ring;
mod sample;
mod stats;
mod virtual_nodes;
mod weighted;
mod wrong;

pub use bounded::BoundedRing;
pub use circle::Circle;
pub use contract::{
    BoundedLoads, HashRing, ModuloPlacement, Replicas, RingError, VirtualNodes, WeightedNodes,
};
pub use fast::FastRing;
pub use hash::{KEY_SEED, POINT_SEED, RingHash, key_position, point_position};
pub use jump::jump_hash;
pub use list::exercises;
pub use modulo::Modulo;
pub use rendezvous::Rendezvous;
pub use ring::Ring;
pub use sample::{sample_keys, sample_servers};
pub use stats::{Balance, Moved, Placement, shares};
pub use virtual_nodes::VirtualRing;
pub use weighted::WeightedRing;
