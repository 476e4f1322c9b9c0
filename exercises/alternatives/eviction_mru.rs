//! Another solution of *MRU*: the last key that was asked for, and a set of all.
//!
//! The reference keeps the whole order of use. In a full cache that is more than needed: the
//! victim is always the key of the access before this one, and it is always there.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use exercises::eviction::{Access, Policy, checks};

struct Mine {
    capacity: usize,
    keys: BTreeSet<u64>,
    /// Key of the last access.
    last: u64,
}

impl Policy for Mine {
    fn new(capacity: NonZeroUsize) -> Self {
        Self {
            capacity: capacity.get(),
            keys: BTreeSet::new(),
            last: 0,
        }
    }

    fn access(&mut self, key: u64) -> Access {
        let last = std::mem::replace(&mut self.last, key);
        if self.keys.contains(&key) {
            return Access::Hit;
        }
        let full = self.keys.len() == self.capacity;
        let evicted = full.then(|| self.keys.take(&last)).flatten();
        self.keys.insert(key);
        Access::Miss { evicted }
    }

    fn contains(&self, key: u64) -> bool {
        self.keys.contains(&key)
    }

    fn len(&self) -> usize {
        self.keys.len()
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("eviction_mru", checks::eviction_mru::all::<Mine>)
}
