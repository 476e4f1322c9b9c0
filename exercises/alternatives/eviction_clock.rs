//! Another solution of *CLOCK*: a queue, and the places of its keys.
//!
//! The reference has an array and a hand. Here the circle turns and the hand stands still at the front of a queue: a
//! marked key goes to the back, which is what *second chance* was called before CLOCK.

use std::collections::{HashMap, VecDeque};
use std::num::NonZeroUsize;

use exercises::eviction::{Access, Policy, checks};

struct Mine {
    capacity: usize,
    queue: VecDeque<u64>,
    /// By key: is it marked?
    marks: HashMap<u64, bool>,
}

impl Mine {
    fn evict(&mut self) -> Option<u64> {
        loop {
            let key = self.queue.pop_front()?;
            match self.marks.get_mut(&key) {
                Some(marked) if *marked => {
                    *marked = false;
                    self.queue.push_back(key);
                }
                _ => {
                    self.marks.remove(&key);
                    return Some(key);
                }
            }
        }
    }
}

impl Policy for Mine {
    fn new(capacity: NonZeroUsize) -> Self {
        Self {
            capacity: capacity.get(),
            queue: VecDeque::new(),
            marks: HashMap::new(),
        }
    }

    fn access(&mut self, key: u64) -> Access {
        if let Some(marked) = self.marks.get_mut(&key) {
            *marked = true;
            return Access::Hit;
        }
        let full = self.queue.len() == self.capacity;
        let evicted = full.then(|| self.evict()).flatten();
        self.queue.push_back(key);
        self.marks.insert(key, false);
        Access::Miss { evicted }
    }

    fn contains(&self, key: u64) -> bool {
        self.marks.contains_key(&key)
    }

    fn len(&self) -> usize {
        self.queue.len()
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("eviction_clock", checks::eviction_clock::all::<Mine>)
}
