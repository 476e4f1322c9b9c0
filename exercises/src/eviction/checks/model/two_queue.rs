//! 2Q: three lists.

use super::Slow;

pub(in crate::eviction) struct TwoQueue {
    capacity: usize,
    /// The oldest first.
    newcomers: Vec<u64>,
    /// The least recently used first.
    proven: Vec<u64>,
    /// Newcomers that went, the first first.
    gone: Vec<u64>,
}

impl TwoQueue {
    fn evict(&mut self) -> u64 {
        if self.newcomers.len() > self.capacity / 4 || self.proven.is_empty() {
            let victim = self.newcomers.remove(0);
            self.gone.push(victim);
            if self.gone.len() > self.capacity / 2 {
                self.gone.remove(0);
            }
            victim
        } else {
            self.proven.remove(0)
        }
    }
}

impl Slow for TwoQueue {
    fn new(capacity: usize) -> Self {
        Self {
            capacity,
            newcomers: Vec::new(),
            proven: Vec::new(),
            gone: Vec::new(),
        }
    }

    fn held(&self) -> Vec<u64> {
        [self.newcomers.as_slice(), &self.proven].concat()
    }

    fn hit(&mut self, key: u64) {
        if let Some(place) = self.proven.iter().position(|other| *other == key) {
            self.proven.remove(place);
            self.proven.push(key);
        }
    }

    fn miss(&mut self, key: u64, full: bool) -> Option<u64> {
        let came_back = self.gone.iter().position(|other| *other == key);
        if let Some(place) = came_back {
            self.gone.remove(place);
        }
        let evicted = full.then(|| self.evict());
        let list = match came_back {
            Some(_) => &mut self.proven,
            None => &mut self.newcomers,
        };
        list.push(key);
        evicted
    }
}
