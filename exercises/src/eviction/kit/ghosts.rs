//! Ghosts: keys that have left a cache and are still remembered, without their values.
//!
//! A ghost tells a newcomer from a key that went too early. What is kept is the key's hash, 8
//! bytes, in the order in which the keys left.

use std::num::NonZeroUsize;

use super::{Index, Links, List};
use crate::eviction::Slot;

/// The last `limit` hashes that were put in, and not taken out again.
///
/// # Examples
///
/// ```
/// use exercises::eviction::kit::Ghosts;
///
/// let mut ghosts = Ghosts::new(2);
/// for hash in [10, 20, 30] {
///     ghosts.push(hash);
/// }
/// assert!(!ghosts.take(10), "the oldest made room");
/// assert!(ghosts.take(20));
/// assert!(!ghosts.take(20), "it is no longer there");
/// ```
///
/// # Time complexity
///
/// O(1) expected for each operation.
#[derive(Debug, Clone)]
pub struct Ghosts {
    limit: usize,
    hashes: Vec<u64>,
    index: Index,
    links: Links,
    by_age: List,
    free: Vec<Slot>,
}

impl Ghosts {
    /// Room for `limit` ghosts; with 0 nothing is ever remembered.
    ///
    /// # Time complexity
    ///
    /// O(`limit`).
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            hashes: Vec::with_capacity(limit),
            index: Index::for_entries(limit),
            links: Links::new(NonZeroUsize::new(limit).unwrap_or(NonZeroUsize::MIN)),
            by_age: List::default(),
            free: Vec::with_capacity(limit),
        }
    }

    /// How many there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.by_age.len()
    }

    /// Whether there is none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.by_age.is_empty()
    }

    /// Remembers a hash, and forgets the oldest one if there are too many.
    #[inline]
    pub fn push(&mut self, hash: u64) {
        if self.limit == 0 {
            return;
        }
        self.take(hash);
        if self.len() == self.limit {
            self.forget_oldest();
        }
        let slot = self.free.pop().unwrap_or_else(|| {
            self.hashes.push(hash);
            (self.hashes.len() - 1) as Slot
        });
        self.hashes[slot as usize] = hash;
        self.index.insert(hash, slot);
        self.by_age.push_front(&mut self.links, slot);
    }

    /// Forgets the oldest one, if there is any.
    #[inline]
    pub fn forget_oldest(&mut self) {
        if let Some(slot) = self.by_age.pop_back(&mut self.links) {
            self.index.remove(self.hashes[slot as usize], slot);
            self.free.push(slot);
        }
    }

    /// Forgets this hash, and says whether it was there.
    #[inline]
    pub fn take(&mut self, hash: u64) -> bool {
        let found = self
            .index
            .find(hash, |slot| self.hashes[slot as usize] == hash);
        if let Some(slot) = found {
            self.index.remove(hash, slot);
            self.by_age.unlink(&mut self.links, slot);
            self.free.push(slot);
        }
        found.is_some()
    }

    /// Checks that table and list agree.
    ///
    /// # Panics
    ///
    /// If they do not.
    ///
    /// # Time complexity
    ///
    /// O(`limit`).
    pub fn validate(&self) {
        assert!(
            self.len() <= self.limit,
            "{} ghosts of {}",
            self.len(),
            self.limit
        );
        self.by_age.validate(&self.links);
        self.index.validate(self.len());
        assert_eq!(
            self.len() + self.free.len(),
            self.hashes.len(),
            "places that are taken or free"
        );
    }
}
