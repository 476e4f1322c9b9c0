//! LRU: a list in the order of the last use.

use super::Slow;

/// The keys, the least recently used first.
pub(in crate::eviction) struct Lru(Vec<u64>);

impl Slow for Lru {
    fn new(_: usize) -> Self {
        Self(Vec::new())
    }

    fn held(&self) -> Vec<u64> {
        self.0.clone()
    }

    fn hit(&mut self, key: u64) {
        self.0.retain(|other| *other != key);
        self.0.push(key);
    }

    fn miss(&mut self, key: u64, full: bool) -> Option<u64> {
        let least_recent = full.then(|| self.0.remove(0));
        self.0.push(key);
        least_recent
    }
}
