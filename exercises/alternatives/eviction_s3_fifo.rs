//! Another solution of *S3-FIFO*: deques of keys, and one map with what is known of each.
//!
//! The reference links slots to lists and remembers hashes. Here the queues hold keys only, uses are in a map, and a ghost
//! is a key with the number of its departure, so that none has to be taken out of the midst of a queue.

use std::collections::{HashMap, VecDeque};
use std::num::NonZeroUsize;

use exercises::eviction::{Access, Policy, checks};

struct Mine {
    capacity: usize,
    small: VecDeque<u64>,
    main: VecDeque<u64>,
    /// By key that is held: its uses.
    uses: HashMap<u64, u8>,
    /// By ghost: which departure made it one.
    ghosts: HashMap<u64, u64>,
    /// Departures in their order; some are of keys that are no ghosts any more.
    departures: VecDeque<(u64, u64)>,
    n_departed: u64,
}

impl Mine {
    fn remember(&mut self, key: u64) {
        self.n_departed += 1;
        self.ghosts.insert(key, self.n_departed);
        self.departures.push_back((key, self.n_departed));
        while self.ghosts.len() > self.capacity * 9 / 10 {
            let Some((first, departure)) = self.departures.pop_front() else {
                return;
            };
            if self.ghosts.get(&first) == Some(&departure) {
                self.ghosts.remove(&first);
            }
        }
    }

    fn small_share(&self) -> usize {
        1.max(self.capacity / 10)
    }

    /// The first of the small queue that was not used enough; those before it move over.
    fn from_small(&mut self) -> Option<u64> {
        loop {
            let key = self.small.pop_front()?;
            if self.uses.get(&key).is_none_or(|uses| *uses < 2) {
                self.remember(key);
                return Some(key);
            }
            self.uses.insert(key, 0);
            self.main.push_back(key);
        }
    }

    fn from_main(&mut self) -> Option<u64> {
        loop {
            let key = self.main.pop_front()?;
            match self.uses.get_mut(&key) {
                Some(uses) if *uses > 0 => *uses -= 1,
                _ => return Some(key),
            }
            self.main.push_back(key);
        }
    }

    fn evict(&mut self) -> Option<u64> {
        let main_is_full = self.main.len() + self.small_share() > self.capacity;
        let victim = match main_is_full {
            true => self.from_main(),
            false => self.from_small().or_else(|| self.from_main()),
        };
        victim.inspect(|key| {
            self.uses.remove(key);
        })
    }
}

impl Policy for Mine {
    fn new(capacity: NonZeroUsize) -> Self {
        Self {
            capacity: capacity.get(),
            small: VecDeque::new(),
            main: VecDeque::new(),
            uses: HashMap::new(),
            ghosts: HashMap::new(),
            departures: VecDeque::new(),
            n_departed: 0,
        }
    }

    fn access(&mut self, key: u64) -> Access {
        if let Some(uses) = self.uses.get_mut(&key) {
            *uses = 3.min(*uses + 1);
            return Access::Hit;
        }
        let was_ghost = self.ghosts.remove(&key).is_some();
        let full = self.uses.len() == self.capacity;
        let fills_main = !full && self.small.len() >= self.small_share();
        let evicted = full.then(|| self.evict()).flatten();
        self.uses.insert(key, 0);
        if was_ghost || fills_main {
            self.main.push_back(key);
        } else {
            self.small.push_back(key);
        }
        Access::Miss { evicted }
    }

    fn contains(&self, key: u64) -> bool {
        self.uses.contains_key(&key)
    }

    fn len(&self) -> usize {
        self.uses.len()
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("eviction_s3_fifo", checks::eviction_s3_fifo::all::<Mine>)
}
