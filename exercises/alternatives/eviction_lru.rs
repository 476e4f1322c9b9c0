//! Another solution of *LRU in constant time*: a list of nodes in a `Vec`, closed to a circle.
//!
//! The reference leaves tables and links to a kit that all policies share; this stands alone. Node 0
//! holds no key: it stands between the newest and the oldest, so that no link ever leads nowhere and
//! there are no special cases.

use std::collections::HashMap;
use std::num::NonZeroUsize;

use exercises::eviction::{Access, Policy, checks};

/// The node between the newest and the oldest.
const ENDS: usize = 0;

struct Node {
    key: u64,
    newer: usize,
    older: usize,
}

struct Mine {
    capacity: usize,
    nodes: Vec<Node>,
    places: HashMap<u64, usize>,
}

impl Mine {
    fn unlink(&mut self, node: usize) {
        let Node { newer, older, .. } = self.nodes[node];
        self.nodes[newer].older = older;
        self.nodes[older].newer = newer;
    }

    fn link_as_newest(&mut self, node: usize) {
        let newest = self.nodes[ENDS].older;
        self.nodes[node].newer = ENDS;
        self.nodes[node].older = newest;
        self.nodes[newest].newer = node;
        self.nodes[ENDS].older = node;
    }
}

impl Policy for Mine {
    fn new(capacity: NonZeroUsize) -> Self {
        let ends = Node {
            key: 0,
            newer: ENDS,
            older: ENDS,
        };
        Self {
            capacity: capacity.get(),
            nodes: vec![ends],
            places: HashMap::new(),
        }
    }

    fn access(&mut self, key: u64) -> Access {
        if let Some(&node) = self.places.get(&key) {
            self.unlink(node);
            self.link_as_newest(node);
            return Access::Hit;
        }
        let mut evicted = None;
        let node = if self.len() < self.capacity {
            let (newer, older) = (ENDS, ENDS);
            self.nodes.push(Node { key, newer, older });
            self.nodes.len() - 1
        } else {
            let oldest = self.nodes[ENDS].newer;
            self.unlink(oldest);
            let gone = std::mem::replace(&mut self.nodes[oldest].key, key);
            self.places.remove(&gone);
            evicted = Some(gone);
            oldest
        };
        self.link_as_newest(node);
        self.places.insert(key, node);
        Access::Miss { evicted }
    }

    fn contains(&self, key: u64) -> bool {
        self.places.contains_key(&key)
    }

    fn len(&self) -> usize {
        self.places.len()
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("eviction_lru", checks::eviction_lru::all::<Mine>)
}
