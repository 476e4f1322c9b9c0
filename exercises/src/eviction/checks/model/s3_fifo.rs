//! S3-FIFO: three lists, and uses.

use super::Slow;

pub(in crate::eviction) struct S3Fifo {
    capacity: usize,
    /// Keys and uses, the oldest first.
    small: Vec<(u64, u8)>,
    main: Vec<(u64, u8)>,
    /// The first that went first.
    ghosts: Vec<u64>,
}

impl S3Fifo {
    fn small_share(&self) -> usize {
        (self.capacity / 10).max(1)
    }

    fn evict(&mut self) -> u64 {
        if self.main.len() <= self.capacity - self.small_share() {
            while !self.small.is_empty() {
                let (key, uses) = self.small.remove(0);
                if uses < 2 {
                    self.remember(key);
                    return key;
                }
                self.main.push((key, 0));
            }
        }
        loop {
            let (key, uses) = self.main.remove(0);
            if uses == 0 {
                return key;
            }
            self.main.push((key, uses - 1));
        }
    }

    fn remember(&mut self, key: u64) {
        self.ghosts.push(key);
        if self.ghosts.len() > self.capacity * 9 / 10 {
            self.ghosts.remove(0);
        }
    }
}

impl Slow for S3Fifo {
    fn new(capacity: usize) -> Self {
        Self {
            capacity,
            small: Vec::new(),
            main: Vec::new(),
            ghosts: Vec::new(),
        }
    }

    fn held(&self) -> Vec<u64> {
        let all = self.small.iter().chain(&self.main);
        all.map(|(key, _)| *key).collect()
    }

    fn hit(&mut self, key: u64) {
        for (other, uses) in self.small.iter_mut().chain(&mut self.main) {
            if *other == key {
                *uses = (*uses + 1).min(3);
            }
        }
    }

    fn miss(&mut self, key: u64, full: bool) -> Option<u64> {
        let ghost = self.ghosts.iter().position(|other| *other == key);
        if let Some(place) = ghost {
            self.ghosts.remove(place);
        }
        let fills_main = !full && self.small.len() >= self.small_share();
        let evicted = full.then(|| self.evict());
        let queue = match ghost.is_some() || fills_main {
            true => &mut self.main,
            false => &mut self.small,
        };
        queue.push((key, 0));
        evicted
    }
}
