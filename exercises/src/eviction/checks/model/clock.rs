//! CLOCK: a queue that begins at the hand.
//!
//! Turning the circle instead of the hand is the same: what the hand passes goes to the end.

use super::Slow;

/// Keys and marks, from the hand on.
pub(in crate::eviction) struct Clock(Vec<(u64, bool)>);

impl Slow for Clock {
    fn new(_: usize) -> Self {
        Self(Vec::new())
    }

    fn held(&self) -> Vec<u64> {
        self.0.iter().map(|(key, _)| *key).collect()
    }

    fn hit(&mut self, key: u64) {
        for (other, marked) in &mut self.0 {
            *marked |= *other == key;
        }
    }

    fn miss(&mut self, key: u64, full: bool) -> Option<u64> {
        let mut evicted = None;
        while full && evicted.is_none() {
            match self.0.remove(0) {
                (passed, true) => self.0.push((passed, false)),
                (victim, false) => evicted = Some(victim),
            }
        }
        self.0.push((key, false));
        evicted
    }
}
