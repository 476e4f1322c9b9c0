//! Belady's optimum: the key whose next request is farthest in the future goes.
//!
//! It needs to know the future, so it can only judge the past: given a trace, no policy that
//! takes every requested key in can miss less. What is above its curve is what a better policy
//! could still gain.
//!
//! Source: L. Belady, *A study of replacement algorithms for a virtual-storage computer*, IBM
//! Systems Journal 5 (2), 1966; proof of optimality by R. Mattson and others, 1970.

use std::collections::{BTreeSet, HashMap};
use std::num::NonZeroUsize;

use super::{Access, EvictionBelady};

/// Stands for "never": later than any request.
const NEVER: usize = usize::MAX;

/// What the optimal policy makes of each request of a trace.
///
/// Keys that are never asked for again are equally good victims; of those, and of no
/// others, the largest goes.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, belady};
///
/// let capacity = NonZeroUsize::new(2).expect("2 is not 0");
/// let accesses = belady(&[1, 2, 3, 1, 2], capacity);
/// assert_eq!(accesses[2], Access::Miss { evicted: Some(2) }, "1 is needed sooner");
/// assert_eq!(accesses[3], Access::Hit);
/// ```
///
/// # Time complexity
///
/// O(n log c) for n requests and a capacity of c.
// ANCHOR: belady
pub fn belady(trace: &[u64], capacity: NonZeroUsize) -> Vec<Access> {
    let mut held: BTreeSet<(usize, u64)> = BTreeSet::new();
    let next = next_requests(trace);
    let requests = trace.iter().zip(&next).enumerate();
    let accesses = requests.map(|(now, (key, next))| {
        // What is held is filed under its next request. If that is now, it is a hit.
        let hit = held.remove(&(now, *key));
        let mut evicted = None;
        if !hit && held.len() == capacity.get() {
            evicted = held.pop_last().map(|(_, key)| key);
        }
        held.insert((*next, *key));
        if hit {
            Access::Hit
        } else {
            Access::Miss { evicted }
        }
    });
    accesses.collect()
}

/// For each request, the place of the next one for the same key.
fn next_requests(trace: &[u64]) -> Vec<usize> {
    let mut next = vec![NEVER; trace.len()];
    let mut seen: HashMap<u64, usize> = HashMap::new();
    for (now, key) in trace.iter().enumerate().rev() {
        next[now] = seen.insert(*key, now).unwrap_or(NEVER);
    }
    next
}
// ANCHOR_END: belady

/// [`belady()`] as a type, so that checks can name it.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, EvictionBelady, Optimum};
///
/// let accesses = Optimum::run(&[1, 2], NonZeroUsize::MIN);
/// assert_eq!(accesses[1], Access::Miss { evicted: Some(1) });
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Optimum;

impl EvictionBelady for Optimum {
    fn run(trace: &[u64], capacity: NonZeroUsize) -> Vec<Access> {
        belady(trace, capacity)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The fewest misses of any sequence of choices, by trying all.
    fn fewest_misses(trace: &[u64], held: &[u64], capacity: usize) -> usize {
        let Some((key, rest)) = trace.split_first() else {
            return 0;
        };
        if held.contains(key) {
            return fewest_misses(rest, held, capacity);
        }
        let mut with_key = held.to_vec();
        with_key.push(*key);
        if with_key.len() <= capacity {
            return 1 + fewest_misses(rest, &with_key, capacity);
        }
        let choices = (0..held.len()).map(|choice| {
            let mut kept = with_key.clone();
            kept.remove(choice);
            fewest_misses(rest, &kept, capacity)
        });
        1 + choices.min().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn nobody_can_do_better(trace in prop::collection::vec(0..5_u64, 0..11), capacity in 1..4_usize) {
            let capacity = NonZeroUsize::new(capacity).expect("it begins with 1");
            let misses = belady(&trace, capacity).iter().filter(|access| !access.is_hit()).count();
            prop_assert_eq!(misses, fewest_misses(&trace, &[], capacity.get()));
        }
    }
}
