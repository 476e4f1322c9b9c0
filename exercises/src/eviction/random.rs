//! RR, random replacement: any key goes.
//!
//! It remembers nothing, so it costs nothing, and no access pattern is its worst case.
//! On skewed requests it misses about as often as FIFO. Seeded, so that a run can be
//! repeated.

use std::num::NonZeroUsize;

use super::{Replacer, Slot};

/// Every key is equally likely to go.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, Policy, Random, Simulated};
///
/// let mut cache = Simulated::<Random>::new(NonZeroUsize::new(2).expect("2 is not 0"));
/// cache.access(1);
/// cache.access(2);
/// let Access::Miss { evicted: Some(gone) } = cache.access(3) else { panic!("3 is new") };
/// assert!(gone == 1 || gone == 2);
/// ```
///
/// # Time complexity
///
/// O(1) an access.
// ANCHOR: random
#[derive(Debug, Clone)]
pub struct Random {
    capacity: NonZeroUsize,
    state: u64,
}

impl Random {
    /// For a cache with this many slots; another seed makes other choices.
    pub fn seeded(capacity: NonZeroUsize, seed: u64) -> Self {
        Self {
            capacity,
            state: seed,
        }
    }

    /// A number below `end`, every one as likely up to 1 in 2^32 (`end` is below that).
    #[inline]
    fn below(&mut self, end: usize) -> Slot {
        // SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): 64 bits of state, three multiplications.
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.state;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let scaled = u128::from(word ^ (word >> 31)) * end as u128;
        (scaled >> 64) as Slot
    }
}

impl Replacer for Random {
    fn new(capacity: NonZeroUsize) -> Self {
        Self::seeded(capacity, 0)
    }

    #[inline]
    fn used(&mut self, _: Slot, _: u64) {}

    #[inline]
    fn admit(&mut self, _: u64, free: Option<Slot>) -> Slot {
        free.unwrap_or_else(|| self.below(self.capacity.get()))
    }
    // ANCHOR_END: random

    fn remove(&mut self, _: Slot) {}

    fn rename(&mut self, _: Slot, _: Slot) {}

    fn validate(&self, held: usize) {
        assert!(held <= self.capacity.get(), "{held} slots are held");
    }
}
