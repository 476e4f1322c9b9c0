//! A hash table from hashes to slot numbers, of fixed size.
//!
//! Open addressing with linear probing: an entry stands in the first free bucket at or after
//! its *home*, which the top bits of its hash name. A bucket is 8 bytes, a slot number and 32
//! bits of the hash, so that a search touches one or two cache lines of the table and looks at
//! a key only when it is almost surely the right one. At most half of the buckets are filled,
//! which keeps runs short.
//!
//! Removing moves later entries of the run back into the hole, instead of leaving a
//! mark for "was here": a cache removes as often as it inserts, and marks would pile up until the
//! table has to be built anew. Source: D. Knuth, *The Art of Computer Programming*,
//! volume 3, section 6.4, algorithm R.
//!
//! It does not know keys. Who looks for one brings a test for it.

use crate::eviction::Slot;

/// Marks a bucket as free; no cache has so many slots.
const FREE: Slot = Slot::MAX;

#[derive(Debug, Clone, Copy)]
struct Bucket {
    /// The hash's top 32 bits.
    tag: u32,
    slot: Slot,
}

/// A free bucket, found for a hash.
#[derive(Debug)]
pub struct Gap {
    at: usize,
    tag: u32,
}

/// Where things of a hash are.
///
/// # Examples
///
/// ```
/// use exercises::eviction::kit::Index;
///
/// let keys = ["apple", "pear"];
/// let mut index = Index::for_entries(2);
/// let (apple, pear) = (0xA9 << 56, 0x9E << 56);
/// index.insert(apple, 0);
/// index.insert(pear, 1);
/// assert_eq!(index.find(pear, |slot| keys[slot as usize] == "pear"), Some(1));
/// index.remove(pear, 1);
/// assert_eq!(index.find(pear, |_| true), None);
/// ```
///
/// # Time complexity
///
/// O(1) expected for each operation, if the hash is good.
#[derive(Debug, Clone)]
pub struct Index {
    buckets: Box<[Bucket]>,
    /// A tag without its lowest `shift` bits is the number of the home bucket.
    shift: u32,
}

impl Index {
    /// Most entries that an index can be made for: with twice as many buckets, all 32 bits
    /// of a tag are used.
    pub const MAX_ENTRIES: usize = 1 << 30;

    /// An empty index with room for this many entries, and one more for a moment.
    ///
    /// # Panics
    ///
    /// If they are more than [`Index::MAX_ENTRIES`].
    pub fn for_entries(entries: usize) -> Self {
        assert!(
            entries <= Self::MAX_ENTRIES,
            "an index holds at most {} entries, not {entries}",
            Self::MAX_ENTRIES
        );
        let n_buckets = (2 * entries).next_power_of_two().max(4);
        let free = Bucket { tag: 0, slot: FREE };
        Self {
            buckets: vec![free; n_buckets].into(),
            shift: 32 - n_buckets.trailing_zeros(),
        }
    }

    /// The slot of this hash that `is_it` accepts.
    #[inline]
    pub fn find(&self, hash: u64, is_it: impl FnMut(Slot) -> bool) -> Option<Slot> {
        self.find_or_gap(hash, is_it).ok()
    }

    /// Like [`Index::find`]. If there is no such slot, answers where it would be entered.
    ///
    /// # Errors
    ///
    /// The gap to [fill](Index::fill), if nothing is found.
    #[inline]
    pub fn find_or_gap(&self, hash: u64, mut is_it: impl FnMut(Slot) -> bool) -> Result<Slot, Gap> {
        let tag = tag(hash);
        let mut at = self.home(tag);
        loop {
            let bucket = self.buckets[at];
            if bucket.slot == FREE {
                return Err(Gap { at, tag });
            }
            if bucket.tag == tag && is_it(bucket.slot) {
                return Ok(bucket.slot);
            }
            at = self.next(at);
        }
    }

    /// Enters a slot under a hash, under which it is not entered yet.
    #[inline]
    pub fn insert(&mut self, hash: u64, slot: Slot) {
        if let Err(gap) = self.find_or_gap(hash, |_| false) {
            self.fill(gap, slot);
        }
    }

    /// Enters a slot in the gap that was found for its hash, nothing having changed since.
    #[inline]
    pub fn fill(&mut self, gap: Gap, slot: Slot) {
        self.buckets[gap.at] = Bucket { tag: gap.tag, slot };
    }

    /// Takes out the slot that is entered under this hash. It may be entered under another one,
    /// too: a newcomer can be entered before its victim, whose slot it gets, is taken out.
    ///
    /// # Panics
    ///
    /// If it is not.
    #[inline]
    pub fn remove(&mut self, hash: u64, slot: Slot) {
        let mut hole = self.bucket_of(hash, slot);
        let mut at = self.next(hole);
        while self.buckets[at].slot != FREE {
            // An entry may go back as far as its home, no further.
            let home = self.home(self.buckets[at].tag);
            if self.steps(home, at) >= self.steps(hole, at) {
                self.buckets[hole] = self.buckets[at];
                hole = at;
            }
            at = self.next(at);
        }
        self.buckets[hole].slot = FREE;
    }

    /// What is entered under this hash as slot `from` is `to` from now on.
    ///
    /// # Panics
    ///
    /// If `from` is not entered.
    pub fn rename(&mut self, hash: u64, from: Slot, to: Slot) {
        let at = self.bucket_of(hash, from);
        self.buckets[at].slot = to;
    }

    /// Bytes on the heap.
    pub fn heap_bytes(&self) -> usize {
        size_of_val(&*self.buckets)
    }

    /// Checks that every entry can be found, and that there are `entries` of them.
    ///
    /// # Panics
    ///
    /// If not.
    ///
    /// # Time complexity
    ///
    /// O(buckets).
    pub fn validate(&self, entries: usize) {
        let filled = self.buckets.iter().filter(|bucket| bucket.slot != FREE);
        assert_eq!(filled.count(), entries, "entries of the index");
        for (at, bucket) in self.buckets.iter().enumerate() {
            let mut before = self.home(bucket.tag);
            while bucket.slot != FREE && before != at {
                assert_ne!(
                    self.buckets[before].slot, FREE,
                    "slot {} is cut off from its home bucket",
                    bucket.slot
                );
                before = self.next(before);
            }
        }
    }

    #[inline]
    fn bucket_of(&self, hash: u64, slot: Slot) -> usize {
        let tag = tag(hash);
        let mut at = self.home(tag);
        // Two entries with the same slot and the same tag are alike: either will do.
        while self.buckets[at].slot != slot || self.buckets[at].tag != tag {
            assert_ne!(self.buckets[at].slot, FREE, "slot {slot} is not entered");
            at = self.next(at);
        }
        at
    }

    #[inline]
    fn home(&self, tag: u32) -> usize {
        (tag >> self.shift) as usize
    }

    #[inline]
    fn next(&self, at: usize) -> usize {
        (at + 1) & (self.buckets.len() - 1)
    }

    /// Buckets from one to another, going up and round the end.
    #[inline]
    fn steps(&self, from: usize, to: usize) -> usize {
        to.wrapping_sub(from) & (self.buckets.len() - 1)
    }
}

#[inline]
fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Eight homes for six entries, so that runs meet and go round the end.
        #[test]
        fn it_holds_what_was_entered_and_not_removed(steps in prop::collection::vec((0..6_u32, 0..16_u64), 1..60)) {
            let mut index = Index::for_entries(6);
            let mut model: Vec<Option<u64>> = vec![None; 6];
            for (slot, home) in steps {
                let hash = home << 60;
                match model[slot as usize].take() {
                    Some(entered) => index.remove(entered, slot),
                    None => {
                        index.insert(hash, slot);
                        model[slot as usize] = Some(hash);
                    }
                }
                index.validate(model.iter().flatten().count());
                for (slot, hash) in (0..).zip(&model) {
                    if let Some(hash) = hash {
                        prop_assert_eq!(index.find(*hash, |found| found == slot), Some(slot));
                    }
                }
            }
        }
    }

    #[test]
    fn renaming_keeps_the_place() {
        let mut index = Index::for_entries(2);
        index.insert(7 << 60, 1);
        index.rename(7 << 60, 1, 0);
        assert_eq!(index.find(7 << 60, |_| true), Some(0));
        index.validate(1);
    }
}
