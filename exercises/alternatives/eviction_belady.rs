//! Another solution of *Belady's optimum*: a list of the places of each key, and a heap.
//!
//! The reference keeps held keys in a tree under their next requests. Here they are in a heap in which
//! outdated entries stay until they come to the top: an entry is valid if it names the key's next request.

use std::collections::{BinaryHeap, HashMap};
use std::num::NonZeroUsize;

use exercises::eviction::{Access, EvictionBelady, checks};

const NEVER: usize = usize::MAX;

struct Mine;

impl EvictionBelady for Mine {
    fn run(trace: &[u64], capacity: NonZeroUsize) -> Vec<Access> {
        let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
        for (place, key) in trace.iter().enumerate().rev() {
            places.entry(*key).or_default().push(place);
        }
        let mut held: HashMap<u64, usize> = HashMap::new();
        let mut farthest: BinaryHeap<(usize, u64)> = BinaryHeap::new();
        let mut answers = Vec::with_capacity(trace.len());
        for key in trace {
            let rest = places.entry(*key).or_default();
            rest.pop();
            let next = rest.last().copied().unwrap_or(NEVER);
            let mut answer = Access::Hit;
            if !held.contains_key(key) {
                let mut evicted = None;
                while held.len() == capacity.get()
                    && let Some((when, victim)) = farthest.pop()
                {
                    if held.get(&victim) == Some(&when) {
                        held.remove(&victim);
                        evicted = Some(victim);
                    }
                }
                answer = Access::Miss { evicted };
            }
            held.insert(*key, next);
            farthest.push((next, *key));
            answers.push(answer);
        }
        answers
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("eviction_belady", checks::eviction_belady::all::<Mine>)
}
