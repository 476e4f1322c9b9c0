//! Our policies and the simulator libCacheSim miss the same requests, to the last one.
//!
//! `libcachesim.csv` holds what that simulator misses on our [traces](comparison_traces);
//! `replay_libcachesim.py` says how it was made. Equal counts over some hundred thousand requests leave no
//! room for a detail that is different. All policies that are fully described are compared so:
//! for W-TinyLFU the paper leaves the sketch's size, the ageing and the main part's segments
//! open.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use super::super::{Kind, comparison_traces};

/// Misses of libCacheSim, by trace, capacity and policy.
fn published() -> BTreeMap<(&'static str, usize, &'static str), usize> {
    let lines = include_str!("libcachesim.csv").lines();
    let rows = lines.filter(|line| !line.starts_with('#')).map(|line| {
        let mut cells = line.split(',');
        let mut next = || cells.next().expect("a line has four cells");
        let (trace, capacity, policy, misses) = (next(), next(), next(), next());
        let number = |cell: &str| cell.parse().expect("sizes and counts are numbers");
        ((trace, number(capacity), policy), number(misses))
    });
    rows.collect()
}

fn misses(kind: Kind, trace: &[u64], capacity: usize) -> usize {
    kind.misses(trace, NonZeroUsize::new(capacity).expect("there is room"))
}

#[test]
fn nine_policies_miss_exactly_what_libcachesim_misses() {
    let published = published();
    let exact = [
        Kind::Fifo,
        Kind::Lru,
        Kind::Lfu,
        Kind::Clock,
        Kind::Sieve,
        Kind::S3Fifo,
        Kind::TwoQueue,
        Kind::Arc,
        Kind::Belady,
    ];
    for (name, trace, capacities) in comparison_traces() {
        for capacity in capacities {
            for kind in exact {
                assert_eq!(
                    misses(kind, &trace, capacity),
                    published[&(name, capacity, kind.name())],
                    "{kind} on {name} with {capacity} places"
                );
            }
        }
    }
}

#[test]
fn w_tiny_lfu_misses_at_most_a_fortieth_more_than_libcachesims_and_less_in_all() {
    let published = published();
    let (mut ours, mut theirs) = (0, 0);
    for (name, trace, capacities) in comparison_traces() {
        for capacity in capacities {
            let (mine, published) = (
                misses(Kind::TinyLfu, &trace, capacity),
                published[&(name, capacity, "W-TinyLFU")],
            );
            assert!(
                mine * 40 <= published * 41,
                "{mine} and {published} on {name} with {capacity} places"
            );
            ours += mine;
            theirs += published;
        }
    }
    assert!(ours < theirs, "{ours} and {theirs} in all");
}
