//! LFU: counts, in the order in which they were reached.

use super::Slow;

/// Keys with their counts; who has had its count longest comes first.
pub(in crate::eviction) struct Lfu(Vec<(u64, u64)>);

impl Lfu {
    fn take(&mut self, key: u64) -> Option<(u64, u64)> {
        let place = self.0.iter().position(|(other, _)| *other == key)?;
        Some(self.0.remove(place))
    }
}

impl Slow for Lfu {
    fn new(_: usize) -> Self {
        Self(Vec::new())
    }

    fn held(&self) -> Vec<u64> {
        self.0.iter().map(|(key, _)| *key).collect()
    }

    fn hit(&mut self, key: u64) {
        if let Some((key, count)) = self.take(key) {
            self.0.push((key, count + 1));
        }
    }

    fn miss(&mut self, key: u64, full: bool) -> Option<u64> {
        // `min_by_key` answers the first of several.
        let fewest = self.0.iter().min_by_key(|(_, count)| *count);
        let victim = fewest.filter(|_| full).map(|(key, _)| *key);
        if let Some(victim) = victim {
            self.take(victim);
        }
        self.0.push((key, 1));
        victim
    }
}
