//! Stack distances: a list of keys, the most recently used first.

/// The place of each request's key in the list, counted from 1; `None` if it is not there.
pub(in crate::eviction) fn stack_distances(trace: &[u64]) -> Vec<Option<usize>> {
    let mut stack: Vec<u64> = Vec::new();
    let distance = |key: &u64| {
        let place = stack.iter().position(|other| other == key);
        if let Some(place) = place {
            stack.remove(place);
        }
        stack.insert(0, *key);
        place.map(|place| place + 1)
    };
    trace.iter().map(distance).collect()
}
