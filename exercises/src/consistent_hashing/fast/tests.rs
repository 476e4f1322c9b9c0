//! The fast ring and the plain one agree on every key, whatever happens to them.

use proptest::prelude::*;

use super::*;
use crate::consistent_hashing::{RingHash, VirtualRing, sample_keys, sample_servers};

fn points(count: u32) -> NonZeroU32 {
    NonZeroU32::new(count).expect("tests ask for points")
}

/// Positions where a search can go wrong: on each point, beside it, at both ends.
fn critical_positions(circle: &Circle) -> Vec<u64> {
    circle
        .points()
        .flat_map(|(position, _)| [position.wrapping_sub(1), position, position.wrapping_add(1)])
        .chain([0, 1, u64::MAX / 2, u64::MAX - 1, u64::MAX])
        .collect()
}

#[test]
fn an_empty_ring_has_no_owner() {
    let ring = FastRing::new(points(3));
    ring.validate();
    assert_eq!(ring.owner("k"), None);
    assert_eq!(ring.owner_at(u64::MAX), None);
}

#[test]
fn owners_are_those_of_the_plain_ring_on_many_keys() -> Result<(), RingError> {
    for (servers, count) in [(1, 1), (2, 1), (10, 160), (100, 160)] {
        let fast = FastRing::from_servers(points(count), sample_servers(servers))?;
        let mut plain = VirtualRing::new(RingHash::XXH3, points(count));
        for server in sample_servers(servers) {
            plain.add(&server)?;
        }
        fast.validate();
        for key in sample_keys(7, 50_000) {
            assert_eq!(
                fast.owner(&key),
                plain.owner(&key),
                "{servers} servers, key {key}"
            );
        }
    }
    Ok(())
}

#[test]
fn bad_requests_change_nothing() -> Result<(), RingError> {
    let mut ring = FastRing::from_servers(points(4), ["a", "b"])?;
    assert_eq!(ring.add("a"), Err(RingError::duplicate("a")));
    assert_eq!(ring.remove("c"), Err(RingError::unknown("c")));
    ring.validate();
    assert_eq!(ring.circle().servers(), ["a", "b"]);
    let twice = FastRing::from_servers(points(4), ["a", "b", "a"]);
    assert_eq!(twice.err(), Some(RingError::duplicate("a")));
    Ok(())
}

proptest! {
    #[test]
    fn plain_and_fast_agree_after_every_change(
        count in 1_u32..20,
        changes in prop::collection::vec(0_u8..12, 1..30),
        keys in prop::collection::vec(any::<Vec<u8>>(), 20),
    ) {
        let mut fast = FastRing::new(points(count));
        let mut plain = VirtualRing::new(RingHash::XXH3, points(count));
        for number in changes {
            let server = format!("s{number}");
            if fast.add(&server).is_ok() {
                plain.add(&server).expect("both rings have the same servers");
            } else {
                fast.remove(&server).expect("what cannot be added is there");
                plain.remove(&server).expect("both rings have the same servers");
            }
            fast.validate();
            plain.validate();
            prop_assert_eq!(fast.circle(), plain.circle());
            for position in critical_positions(plain.circle()) {
                prop_assert_eq!(fast.owner_at(position), plain.circle().owner_at(position));
            }
            for key in &keys {
                prop_assert_eq!(fast.owner(key), plain.owner(key));
            }
        }
    }

    #[test]
    fn crowded_points_are_searched_right(
        positions in prop::collection::vec(
            prop_oneof![0_u64..300, (u64::MAX - 300)..=u64::MAX, any::<u64>()], 1..60),
        owners in prop::collection::vec(0_usize..5, 60),
    ) {
        let mut circle = Circle::default();
        for owner in 0..5 {
            let own = positions.iter().zip(&owners).filter(|(_, o)| **o == owner).map(|(p, _)| *p);
            circle.insert(&format!("s{owner}"), own).expect("five names");
        }
        circle.validate();
        let fast = FastRing::of_circle(points(1), circle.clone());
        for position in critical_positions(&circle) {
            prop_assert_eq!(fast.owner_at(position), circle.owner_at(position));
        }
    }
}
