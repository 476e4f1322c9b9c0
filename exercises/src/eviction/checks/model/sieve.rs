//! SIEVE: a list in the order of arrival, and a place in it.

use super::Slow;

/// Keys and marks, the oldest first.
pub(in crate::eviction) struct Sieve {
    keys: Vec<(u64, bool)>,
    hand: usize,
}

impl Slow for Sieve {
    fn new(_: usize) -> Self {
        Self {
            keys: Vec::new(),
            hand: 0,
        }
    }

    fn held(&self) -> Vec<u64> {
        self.keys.iter().map(|(key, _)| *key).collect()
    }

    fn hit(&mut self, key: u64) {
        for (other, marked) in &mut self.keys {
            *marked |= *other == key;
        }
    }

    fn miss(&mut self, key: u64, full: bool) -> Option<u64> {
        let evicted = full.then(|| {
            while self.keys[self.hand].1 {
                self.keys[self.hand].1 = false;
                self.hand = (self.hand + 1) % self.keys.len();
            }
            // What is newer moves up to the hand's place.
            let (victim, _) = self.keys.remove(self.hand);
            if self.hand == self.keys.len() {
                self.hand = 0;
            }
            victim
        });
        self.keys.push((key, false));
        evicted
    }
}
