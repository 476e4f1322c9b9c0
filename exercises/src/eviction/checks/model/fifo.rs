//! FIFO: a list in the order of arrival.

use super::Slow;

/// The keys, the oldest first.
pub(in crate::eviction) struct Fifo(Vec<u64>);

impl Slow for Fifo {
    fn new(_: usize) -> Self {
        Self(Vec::new())
    }

    fn held(&self) -> Vec<u64> {
        self.0.clone()
    }

    fn hit(&mut self, _: u64) {}

    fn miss(&mut self, key: u64, full: bool) -> Option<u64> {
        let oldest = full.then(|| self.0.remove(0));
        self.0.push(key);
        oldest
    }
}
