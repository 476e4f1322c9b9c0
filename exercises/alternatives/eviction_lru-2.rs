//! A third solution of *LRU in constant time*: a tree of the times of last use.
//!
//! Logarithmic rather than constant, which the contract lets pass: the oldest time is the tree's first.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroUsize;

use exercises::eviction::{Access, Policy, checks};

struct Mine {
    capacity: usize,
    now: u64,
    used_at: HashMap<u64, u64>,
    by_time: BTreeMap<u64, u64>,
}

impl Policy for Mine {
    fn new(capacity: NonZeroUsize) -> Self {
        Self {
            capacity: capacity.get(),
            now: 0,
            used_at: HashMap::new(),
            by_time: BTreeMap::new(),
        }
    }

    fn access(&mut self, key: u64) -> Access {
        self.now += 1;
        let before = self.used_at.insert(key, self.now);
        if let Some(before) = before {
            self.by_time.remove(&before);
        }
        let full = self.by_time.len() == self.capacity;
        let oldest = full.then(|| self.by_time.pop_first()).flatten();
        self.by_time.insert(self.now, key);
        if before.is_some() {
            return Access::Hit;
        }
        let evicted = oldest.map(|(_, key)| key);
        if let Some(key) = evicted {
            self.used_at.remove(&key);
        }
        Access::Miss { evicted }
    }

    fn contains(&self, key: u64) -> bool {
        self.used_at.contains_key(&key)
    }

    fn len(&self) -> usize {
        self.used_at.len()
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("eviction_lru", checks::eviction_lru::all::<Mine>)
}
