//! Wrong solutions of the exercise `stack_distance`.

use crate::catalog::Wrong;
use crate::eviction::{StackDistance, TreeOfMarks, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::eviction) const ALL: [Wrong; 9] = [
    of::<FirstIsZero>(
        "FirstIsZero",
        "A key's first request gets a distance, `Some(0)`; it has none, because it misses at any size.",
        "first-requests",
    ),
    of::<LeavesFirstOut>(
        "LeavesFirstOut",
        "First requests have no answer at all; there is one for each request.",
        "first-requests",
    ),
    of::<WithoutItself>(
        "WithoutItself",
        "It counts the keys in between only, without the key itself: all distances are one too small.",
        "distances",
    ),
    of::<CountsRequests>(
        "CountsRequests",
        "It counts the requests since the last one for the key. Several requests for one key count once.",
        "distances",
    ),
    of::<FromTheFirst>(
        "FromTheFirst",
        "It counts from the key's first request on, not from the latest one before this: the latest place is never written anew.",
        "distances",
    ),
    of::<NeverMoves>(
        "NeverMoves",
        "A key keeps its place in the stack when it is asked for again; it has to come to the top.",
        "distances",
    ),
    of::<MissesAtCapacity>(
        "MissesAtCapacity",
        "A distance equal to the capacity is taken for a miss; the least recent of the keys that fit is just that far down.",
        "misses",
    ),
    of::<FirstsHit>(
        "FirstsHit",
        "First requests are left out when misses are counted, as if they hit.",
        "misses",
    ),
    of::<WalksTheStack>(
        "WalksTheStack",
        "Each request walks down a list of all keys: right, and quick for a few, but too slow for many.",
        "long-trace",
    ),
];

const fn of<T: StackDistance>(
    name: &'static str,
    diagnosis: &'static str,
    rejected_by: &'static str,
) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::stack_distance::all::<T>,
    }
}

/// By a list of keys, the latest in front.
fn walk(trace: &[u64], moves: bool) -> Vec<Option<usize>> {
    let mut stack: Vec<u64> = Vec::new();
    let distance = |key: &u64| {
        let place = stack.iter().position(|other| other == key);
        match place {
            Some(place) if moves => stack[..=place].rotate_right(1),
            Some(_) => {}
            None => stack.insert(0, *key),
        }
        place.map(|place| place + 1)
    };
    trace.iter().map(distance).collect()
}

/// What is right with the distances, if they are.
fn missed(distances: &[Option<usize>], capacity: usize) -> usize {
    let missed = distances
        .iter()
        .filter(|distance| distance.is_none_or(|distance| distance > capacity));
    missed.count()
}

struct FirstIsZero;
impl StackDistance for FirstIsZero {
    fn distances(trace: &[u64]) -> Vec<Option<usize>> {
        let distances = TreeOfMarks::distances(trace).into_iter();
        distances.map(|distance| distance.or(Some(0))).collect()
    }

    fn misses(trace: &[u64], capacity: usize) -> usize {
        missed(&Self::distances(trace), capacity)
    }
}

struct LeavesFirstOut;
impl StackDistance for LeavesFirstOut {
    fn distances(trace: &[u64]) -> Vec<Option<usize>> {
        let distances = TreeOfMarks::distances(trace).into_iter();
        distances.filter(Option::is_some).collect()
    }

    fn misses(trace: &[u64], capacity: usize) -> usize {
        missed(&Self::distances(trace), capacity)
    }
}

struct WithoutItself;
impl StackDistance for WithoutItself {
    fn distances(trace: &[u64]) -> Vec<Option<usize>> {
        let distances = TreeOfMarks::distances(trace).into_iter();
        distances
            .map(|distance| distance.map(|distance| distance - 1))
            .collect()
    }

    fn misses(trace: &[u64], capacity: usize) -> usize {
        missed(&Self::distances(trace), capacity)
    }
}

/// From the latest request before, or the first one, for the same key.
fn requests_since(trace: &[u64], now: usize, latest: bool) -> Option<&[u64]> {
    let mut before = (0..now).filter(|place| trace[*place] == trace[now]);
    let from = if latest {
        before.next_back()
    } else {
        before.next()
    };
    from.map(|from| &trace[from..now])
}

struct CountsRequests;
impl StackDistance for CountsRequests {
    fn distances(trace: &[u64]) -> Vec<Option<usize>> {
        let places = 0..trace.len();
        places
            .map(|now| requests_since(trace, now, true).map(<[u64]>::len))
            .collect()
    }

    fn misses(trace: &[u64], capacity: usize) -> usize {
        missed(&Self::distances(trace), capacity)
    }
}

struct FromTheFirst;
impl StackDistance for FromTheFirst {
    fn distances(trace: &[u64]) -> Vec<Option<usize>> {
        let different = |since: &[u64]| {
            let mut keys = since.to_vec();
            keys.sort_unstable();
            keys.dedup();
            keys.len()
        };
        let places = 0..trace.len();
        places
            .map(|now| requests_since(trace, now, false).map(different))
            .collect()
    }

    fn misses(trace: &[u64], capacity: usize) -> usize {
        missed(&Self::distances(trace), capacity)
    }
}

struct NeverMoves;
impl StackDistance for NeverMoves {
    fn distances(trace: &[u64]) -> Vec<Option<usize>> {
        walk(trace, false)
    }

    fn misses(trace: &[u64], capacity: usize) -> usize {
        missed(&Self::distances(trace), capacity)
    }
}

struct MissesAtCapacity;
impl StackDistance for MissesAtCapacity {
    fn distances(trace: &[u64]) -> Vec<Option<usize>> {
        TreeOfMarks::distances(trace)
    }

    fn misses(trace: &[u64], capacity: usize) -> usize {
        missed(&Self::distances(trace), capacity.saturating_sub(1))
    }
}

struct FirstsHit;
impl StackDistance for FirstsHit {
    fn distances(trace: &[u64]) -> Vec<Option<usize>> {
        TreeOfMarks::distances(trace)
    }

    fn misses(trace: &[u64], capacity: usize) -> usize {
        let distances = Self::distances(trace).into_iter().flatten();
        distances.filter(|distance| *distance > capacity).count()
    }
}

struct WalksTheStack;
impl StackDistance for WalksTheStack {
    fn distances(trace: &[u64]) -> Vec<Option<usize>> {
        walk(trace, true)
    }

    fn misses(trace: &[u64], capacity: usize) -> usize {
        missed(&Self::distances(trace), capacity)
    }
}
