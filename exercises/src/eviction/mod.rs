//! Eviction: a cache is full, one more comes, and something has to go. What?
//!
//! # Map
//!
//! | read | for |
//! |---|---|
//! | [`contract`] | what the exercises ask for, and the rules that all policies share |
//! | `cache.rs`, `replacer.rs` | a cache for any keys and values, and the one question that it leaves to a policy |
//! | [`kit`] | what both are made of: a table of hashes, lists of slots, a quick hash |
//! | `lru.rs` | the policies, one a file |
//! | [`checks`], `wrong/` | the graders, and the wrong solutions that prove them |
//! | `list.rs` | the topic's exercises as the catalog lists them |
//!
//! Without the feature `references` only the contracts and the checks are here: what a
//! submission is graded against.

pub mod checks;
pub mod contract;

pub use contract::{Access, Policy};

#[cfg(feature = "references")]
mod cache;
#[cfg(feature = "references")]
pub mod kit;
#[cfg(feature = "references")]
mod list;
#[cfg(feature = "references")]
mod lru;
#[cfg(feature = "references")]
mod replacer;
#[cfg(feature = "references")]
mod wrong;

#[cfg(feature = "references")]
pub use cache::{Cache, Fetched, Insertion, Simulated};
#[cfg(feature = "references")]
pub use list::exercises;
#[cfg(feature = "references")]
pub use lru::Lru;
#[cfg(feature = "references")]
pub use replacer::{Replacer, Slot};
