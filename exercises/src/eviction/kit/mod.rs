//! What caches and policies are made of: a table from hashes to slots, lists of slots,
//! and a quick hash. Everything is sized once, and nothing is allocated later.

mod ghosts;
mod hash;
mod index;
mod links;

pub use ghosts::Ghosts;
pub use hash::{FastHash, FastHasher};
pub use index::{Gap, Index};
pub use links::{Links, List};
