//! The one interface of all policies: who goes when the cache is full?
//!
//! A [`Cache`](super::Cache) keeps its entries in slots numbered from 0, and leaves one
//! question to its replacer: which slot is to be given to a newcomer? So a policy is
//! a short file that knows slots and an order among them, and nothing of keys, values
//! or hash tables. (The rejected alternative, a cache type of its own for each policy,
//! repeats the same look-up and book-keeping a dozen times.)

use std::num::NonZeroUsize;

/// Number of a place in a cache, below its capacity.
///
/// 32 bits, half of a pointer: links between slots are most of what a policy stores.
pub type Slot = u32;

/// Decides which slot of a full cache is given to a newcomer.
///
/// The cache reports every event once and in order. A slot is *held* from the
/// [`admit`](Replacer::admit) that answered it until it is given to a newcomer or
/// [`remove`](Replacer::remove)d; all other calls are about held slots.
///
/// Policies that remember keys which are gone (ARC, 2Q, S3-FIFO) or count how often keys are
/// asked for (TinyLFU) go by a key's hash, so that keys need not be cloned. Two keys with the
/// same 64 bits are taken for one another there; that may cost a miss, and never gives a wrong
/// value.
///
/// # Examples
///
/// A policy that always sacrifices slot 0, in a cache for two:
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, Policy, Replacer, Simulated, Slot};
///
/// struct Scapegoat;
///
/// impl Replacer for Scapegoat {
///     fn new(_: NonZeroUsize) -> Self {
///         Self
///     }
///     fn used(&mut self, _: Slot, _: u64) {}
///     fn admit(&mut self, _: u64, free: Option<Slot>) -> Slot {
///         free.unwrap_or(0)
///     }
///     fn remove(&mut self, _: Slot) {}
///     fn rename(&mut self, _: Slot, _: Slot) {}
///     fn validate(&self, _: usize) {}
/// }
///
/// let mut cache = Simulated::<Scapegoat>::new(NonZeroUsize::new(2).expect("2 is not 0"));
/// let all: Vec<Access> = [10, 11, 12].map(|key| cache.access(key)).into();
/// assert_eq!(all[2], Access::Miss { evicted: Some(10) });
/// ```
// ANCHOR: replacer
pub trait Replacer {
    /// For a cache with this many slots, all of them free.
    fn new(capacity: NonZeroUsize) -> Self
    where
        Self: Sized;

    /// The key in `slot`, whose hash this is, was asked for.
    fn used(&mut self, slot: Slot, hash: u64);

    /// A key of this hash, which no slot holds, comes in: gives it a slot.
    ///
    /// While there is room, `free` is the slot to take. Without it a held slot has to be
    /// given up: it is answered, forgotten, and from then on held by the newcomer.
    fn admit(&mut self, hash: u64, free: Option<Slot>) -> Slot;

    /// What `slot` held was removed; the slot is free.
    fn remove(&mut self, slot: Slot);

    /// What was in slot `from` is now in `to`, which was free.
    fn rename(&mut self, from: Slot, to: Slot);

    /// Panics, saying what is wrong, unless slots 0 up to `held` are held, each once,
    /// and everything else that has to be true is.
    ///
    /// # Panics
    ///
    /// On a broken invariant.
    fn validate(&self, held: usize);
}
// ANCHOR_END: replacer
