//! Another solution of *SIEVE*: a tree from arrival number to key.
//!
//! The reference links slots to a list. Here each newcomer draws a number, and the tree is in the order of the
//! numbers; the hand is a number too, and what it stands at is the next key from there on.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroUsize;

use exercises::eviction::{Access, Policy, checks};

struct Mine {
    capacity: usize,
    /// By arrival: key, and mark.
    line: BTreeMap<u64, (u64, bool)>,
    /// By key: its arrival.
    arrivals: HashMap<u64, u64>,
    hand: u64,
    n_arrived: u64,
}

impl Mine {
    fn evict(&mut self) -> Option<u64> {
        loop {
            // Numbers are never used again, so those behind the hand are newer.
            let mut rest = self.line.range_mut(self.hand..);
            let Some((&arrival, (key, marked))) = rest.next() else {
                self.hand = 0;
                continue;
            };
            let next = rest.next().map(|(&arrival, _)| arrival);
            self.hand = next.unwrap_or(0);
            if !std::mem::take(marked) {
                let key = *key;
                self.line.remove(&arrival);
                self.arrivals.remove(&key);
                return Some(key);
            }
        }
    }
}

impl Policy for Mine {
    fn new(capacity: NonZeroUsize) -> Self {
        Self {
            capacity: capacity.get(),
            line: BTreeMap::new(),
            arrivals: HashMap::new(),
            hand: 0,
            n_arrived: 0,
        }
    }

    fn access(&mut self, key: u64) -> Access {
        if let Some(arrival) = self.arrivals.get(&key) {
            if let Some((_, marked)) = self.line.get_mut(arrival) {
                *marked = true;
            }
            return Access::Hit;
        }
        let full = self.line.len() == self.capacity;
        let evicted = full.then(|| self.evict()).flatten();
        self.line.insert(self.n_arrived, (key, false));
        self.arrivals.insert(key, self.n_arrived);
        self.n_arrived += 1;
        Access::Miss { evicted }
    }

    fn contains(&self, key: u64) -> bool {
        self.arrivals.contains_key(&key)
    }

    fn len(&self) -> usize {
        self.line.len()
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("eviction_sieve", checks::eviction_sieve::all::<Mine>)
}
