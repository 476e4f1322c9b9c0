//! Another solution of *LFU in constant time*: a queue for each count, cleaned when it is looked at.
//!
//! The reference links groups of equal counts to a list of lists. Here a key that moves up leaves its old entry behind
//! in the queue of its old count; an entry is valid if it is the key's latest. An access adds one
//! entry and each entry is dropped once, so the time is constant when averaged over all accesses.

use std::collections::{HashMap, VecDeque};
use std::num::NonZeroUsize;

use exercises::eviction::{Access, Policy, checks};

struct Mine {
    capacity: usize,
    /// By key: its count, and the number of the access that gave it.
    counts: HashMap<u64, (usize, u64)>,
    /// By count: keys, and the access that gave them this count.
    queues: Vec<VecDeque<(u64, u64)>>,
    /// No key has a smaller count.
    least: usize,
    now: u64,
}

impl Mine {
    fn set(&mut self, key: u64, count: usize) {
        self.now += 1;
        self.counts.insert(key, (count, self.now));
        if self.queues.len() <= count {
            self.queues.resize_with(count + 1, VecDeque::new);
        }
        self.queues[count].push_back((key, self.now));
    }

    fn evict(&mut self) -> Option<u64> {
        while let Some(queue) = self.queues.get_mut(self.least) {
            while let Some((key, at)) = queue.pop_front() {
                if self.counts.get(&key) == Some(&(self.least, at)) {
                    self.counts.remove(&key);
                    return Some(key);
                }
            }
            self.least += 1;
        }
        None
    }
}

impl Policy for Mine {
    fn new(capacity: NonZeroUsize) -> Self {
        Self {
            capacity: capacity.get(),
            counts: HashMap::new(),
            queues: Vec::new(),
            least: 1,
            now: 0,
        }
    }

    fn access(&mut self, key: u64) -> Access {
        if let Some(&(count, _)) = self.counts.get(&key) {
            self.set(key, count + 1);
            return Access::Hit;
        }
        let full = self.counts.len() == self.capacity;
        let evicted = full.then(|| self.evict()).flatten();
        self.least = 1;
        self.set(key, 1);
        Access::Miss { evicted }
    }

    fn contains(&self, key: u64) -> bool {
        self.counts.contains_key(&key)
    }

    fn len(&self) -> usize {
        self.counts.len()
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("eviction_lfu", checks::eviction_lfu::all::<Mine>)
}
