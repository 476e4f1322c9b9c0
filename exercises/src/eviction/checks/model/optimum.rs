//! Belady's optimum: whoever is asked for last goes.

use std::collections::BTreeMap;

use crate::eviction::Access;

/// What becomes of each request; a key that never comes again comes last, the larger the later.
pub(in crate::eviction) fn optimum(trace: &[u64], capacity: usize) -> Vec<Access> {
    let mut places: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (place, key) in trace.iter().enumerate().rev() {
        places.entry(*key).or_default().push(place);
    }
    // Each key that is held, with its next request.
    let mut held: Vec<(usize, u64)> = Vec::new();
    let mut answers = Vec::new();
    for key in trace {
        // What is left are the requests behind this one, the next one last.
        let rest = places.entry(*key).or_default();
        rest.pop();
        let next = rest.last().copied().unwrap_or(usize::MAX);
        if let Some(entry) = held.iter_mut().find(|(_, other)| other == key) {
            entry.0 = next;
            answers.push(Access::Hit);
            continue;
        }
        let last = (0..held.len()).max_by_key(|place| held[*place]);
        let victim = last.filter(|_| held.len() == capacity);
        let evicted = victim.map(|place| held.remove(place).1);
        held.push((next, *key));
        answers.push(Access::Miss { evicted });
    }
    answers
}
