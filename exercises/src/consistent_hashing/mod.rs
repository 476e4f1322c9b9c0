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
//! | `racks.rs` | copies in different racks |
//! | `rendezvous.rs`, `jump.rs`, `maglev.rs` | ways without a ring |
//! | `multi_probe.rs` | one point a server, and several probes a key |
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
//! | ring, `k` probes | k searches | O(n) | yes | no |
//! | rendezvous, `n` servers | O(n) | O(n) | yes | not in this form |
//! | Maglev, `m` slots | O(1) | O(m) | yes, and moves a few keys more | not in this form |
//! | jump | O(log n) | none | only the last | no |
//!
//! Without the feature `references` only the contracts, the hash and the checks are
//! here: what a submission is graded against.
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

mod hash;
mod labelled;

pub use contract::{
    BoundedLoads, HashRing, JumpHash, MaglevTable, ModuloPlacement, MultiProbe, RackReplicas,
    RendezvousHash, Replicas, RingError, VirtualNodes, WeightedNodes,
};
pub use hash::{KEY_SEED, POINT_SEED, RingHash, bid, key_position, point_position, probe_position};

#[cfg(feature = "references")]
mod bounded;
#[cfg(feature = "references")]
mod circle;
#[cfg(feature = "references")]
mod fast;
#[cfg(feature = "references")]
pub mod figures;
#[cfg(feature = "references")]
mod jump;
#[cfg(feature = "references")]
mod list;
#[cfg(feature = "references")]
mod maglev;
#[cfg(feature = "references")]
mod modulo;
#[cfg(feature = "references")]
mod multi_probe;
#[cfg(feature = "references")]
mod racks;
#[cfg(feature = "references")]
mod rendezvous;
#[cfg(feature = "references")]
mod replicas;
#[cfg(feature = "references")]
mod ring;
#[cfg(feature = "references")]
mod sample;
#[cfg(feature = "references")]
mod stats;
#[cfg(feature = "references")]
pub mod theory;
#[cfg(feature = "references")]
mod virtual_nodes;
#[cfg(feature = "references")]
mod weighted;
#[cfg(feature = "references")]
mod wrong;

#[cfg(feature = "references")]
pub use bounded::BoundedRing;
#[cfg(feature = "references")]
pub use circle::Circle;
#[cfg(feature = "references")]
pub use fast::FastRing;
#[cfg(feature = "references")]
pub use jump::{Jump, jump_hash};
#[cfg(feature = "references")]
pub use list::exercises;
#[cfg(feature = "references")]
pub use maglev::Maglev;
#[cfg(feature = "references")]
pub use modulo::Modulo;
#[cfg(feature = "references")]
pub use multi_probe::ProbeRing;
#[cfg(feature = "references")]
pub use racks::RackRing;
#[cfg(feature = "references")]
pub use rendezvous::Rendezvous;
#[cfg(feature = "references")]
pub use ring::Ring;
#[cfg(feature = "references")]
pub use sample::{sample_keys, sample_servers};
#[cfg(feature = "references")]
pub use stats::{Balance, Moved, Placement, shares};
#[cfg(feature = "references")]
pub use virtual_nodes::VirtualRing;
#[cfg(feature = "references")]
pub use weighted::WeightedRing;
