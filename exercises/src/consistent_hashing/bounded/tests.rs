//! What bounded loads promise, on small rings by hand and on large ones by count.

use proptest::prelude::*;

use super::*;
use crate::consistent_hashing::{sample_keys, sample_servers};

fn ring(points: u32, epsilon_percent: u32, servers: usize) -> BoundedRing {
    let points = NonZeroU32::new(points).expect("tests ask for points");
    BoundedRing::new(
        RingHash::XXH3,
        points,
        epsilon_percent,
        sample_servers(servers),
    )
    .expect("sample names are distinct")
}

fn max_load(ring: &BoundedRing) -> usize {
    ring.loads().map(|(_, load)| load).max().unwrap_or(0)
}

#[test]
fn the_largest_load_is_within_one_plus_epsilon_of_the_mean() -> Result<(), RingError> {
    // Keys and servers for which (1 + ε) · m / n is whole, so that no rounding
    // blurs the bound.
    for (epsilon_percent, servers, keys) in [
        (0, 10, 5000),
        (10, 10, 5000),
        (25, 20, 4000),
        (100, 50, 5000),
    ] {
        let mut ring = ring(1, epsilon_percent, servers);
        for key in sample_keys(1, keys) {
            ring.assign(&key)?;
        }
        ring.validate();
        let max = max_load(&ring);
        assert!(
            max * servers * 100 <= (100 + epsilon_percent as usize) * keys,
            "{servers} servers, ε = {epsilon_percent} %: {max}"
        );
    }
    Ok(())
}

#[test]
fn the_capacity_is_exact_where_floating_point_is_not() -> Result<(), RingError> {
    assert_eq!((1.1_f64 * 50.0 / 5.0).ceil(), 12.0);
    let mut ring = ring(1, 10, 5);
    assert_eq!(ring.capacity(), 0);
    for key in sample_keys(1, 50) {
        ring.assign(&key)?;
    }
    assert_eq!(ring.capacity(), 11);
    Ok(())
}

#[test]
fn a_huge_epsilon_gives_the_plain_ring() -> Result<(), RingError> {
    let mut ring = ring(20, u32::MAX, 10);
    for key in sample_keys(1, 2000) {
        let owner = ring.assign(&key)?.to_owned();
        assert_eq!(
            ring.circle().owner_at(RingHash::XXH3.key(key.as_bytes())),
            Some(owner.as_str())
        );
    }
    Ok(())
}

#[test]
fn bad_requests_change_nothing() -> Result<(), RingError> {
    let mut empty = ring(1, 25, 0);
    assert_eq!(empty.assign("k"), Err(RingError::NoServers));
    assert_eq!(empty.remove("a"), Err(RingError::unknown("a")));

    let mut one = BoundedRing::new(RingHash::XXH3, NonZeroU32::MIN, 25, ["a"])?;
    assert_eq!(one.assign("k")?, "a");
    assert_eq!(one.assign("k")?, "a");
    assert_eq!(one.load("a"), Some(1));
    assert_eq!(one.load("b"), None);
    assert_eq!(one.add("a"), Err(RingError::duplicate("a")));
    assert_eq!(one.remove("b"), Err(RingError::unknown("b")));
    assert_eq!(one.remove("a"), Err(RingError::NoServers));
    assert_eq!(one.release("x"), Err(RingError::unknown_key(b"x")));
    one.validate();
    assert_eq!(one.owner("k"), Some("a"));
    one.release("k")?;
    assert_eq!(one.remove("a"), Ok(0));
    Ok(())
}

#[test]
fn a_new_server_moves_a_small_part_of_the_keys() -> Result<(), RingError> {
    let mut ring = ring(100, 25, 10);
    let keys = sample_keys(1, 5000);
    for key in &keys {
        ring.assign(key)?;
    }
    // Once without a change, to forget what the growing capacity left behind.
    ring.add("probe")?;
    ring.remove("probe")?;
    let moved = ring.add("one-more")?;
    ring.validate();
    assert!(max_load(&ring) <= ring.capacity());
    // A plain ring would move 1/11 of them; spilling adds to that, but the bulk stays.
    assert!((200..1500).contains(&moved), "{moved} of {}", keys.len());
    Ok(())
}

proptest! {
    #[test]
    fn loads_add_up_whatever_happens(
        steps in prop::collection::vec((0_u8..4, 0_u8..20), 1..120),
        epsilon_percent in 0_u32..150,
    ) {
        let mut ring = BoundedRing::new(RingHash::XXH3, NonZeroU32::MIN, epsilon_percent, ["s0"])
            .expect("one name is distinct");
        for (action, number) in steps {
            match action {
                0 | 1 => {
                    let key = format!("k{number}");
                    let before = ring.owner(&key).map(str::to_owned);
                    if let Ok(server) = ring.assign(&key).map(str::to_owned) {
                        if before.is_none() {
                            prop_assert!(ring.load(&server) <= Some(ring.capacity()));
                        } else {
                            prop_assert_eq!(before, Some(server));
                        }
                    }
                }
                2 => { let _ = ring.release(format!("k{number}")); }
                _ => {
                    let server = format!("s{}", number % 5);
                    if ring.add(&server).or_else(|_| ring.remove(&server)).is_ok() {
                        prop_assert!(max_load(&ring) <= ring.capacity());
                    }
                }
            }
            ring.validate();
        }
    }

    #[test]
    fn membership_history_does_not_matter(servers in prop::collection::btree_set(0_u8..30, 2..10)) {
        let names: Vec<String> = servers.iter().map(|number| format!("s{number}")).collect();
        let points = NonZeroU32::new(5).expect("5 is not 0");
        let mut grown = BoundedRing::new(RingHash::XXH3, points, 25, ["start"]).expect("one name");
        let keys = sample_keys(2, 200);
        for key in &keys {
            grown.assign(key).expect("there is a server");
        }
        let mut shuffled = grown.clone();
        for name in &names {
            grown.add(name).expect("new name");
        }
        for name in names.iter().rev() {
            shuffled.add(name).expect("new name");
        }
        shuffled.remove("start").expect("present");
        grown.remove("start").expect("present");
        prop_assert_eq!(grown.placed, shuffled.placed);
    }
}
