//! MRU: a list in the order of the last use.

use super::Slow;

/// The keys, the most recently used last.
pub(in crate::eviction) struct Mru(Vec<u64>);

impl Slow for Mru {
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
        let most_recent = if full { self.0.pop() } else { None };
        self.0.push(key);
        most_recent
    }
}
