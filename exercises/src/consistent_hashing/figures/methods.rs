//! All placements side by side, on the same keys: how even they are, and what a change
//! of the servers moves.

use std::num::NonZeroU32;

use super::numbers::{grouped, per_cent};
use crate::consistent_hashing::circle::Point;
use crate::consistent_hashing::{
    Maglev, Modulo, ModuloPlacement, Placement, ProbeRing, Rendezvous, RingHash, VirtualRing,
    jump_hash, key_position, sample_keys,
};
use crate::figure::table;

/// Servers before one joins or leaves.
const SERVERS: usize = 10;
/// The server that leaves: one in the middle, because not every method is as good there
/// as at the end.
const LEAVES: usize = 3;
const KEYS: usize = 20_000;
/// Sets of server names. A share of the keys under one point a server has a standard
/// deviation of 9 in 100; the mean of so many sets has one of about 0.6 in 100, and
/// that of a ring with 160 points less than a tenth of it.
const SETS: usize = 200;
/// Probes at which the paper finds the fullest server within about 5% of its share.
const PROBES: u32 = 21;
/// Slots of the small table in the Maglev paper.
const SLOTS: u32 = 65_537;
/// A large cluster, to compare memory at, and what a Maglev table moves.
const LARGE: usize = 1000;
/// Sets of names of the large cluster.
const LARGE_SETS: usize = 20;

/// A way of placing keys.
#[derive(Debug, Clone, Copy)]
enum Method {
    Modulo,
    Ring(u32),
    Probes,
    Rendezvous,
    Jump,
    Maglev,
}

const METHODS: [Method; 7] = [
    Method::Modulo,
    Method::Ring(1),
    Method::Ring(160),
    Method::Probes,
    Method::Rendezvous,
    Method::Jump,
    Method::Maglev,
];

impl Method {
    fn name(self) -> String {
        match self {
            Self::Modulo => "`hash % n`".to_owned(),
            Self::Ring(1) => "ring, one point a server".to_owned(),
            Self::Ring(points) => format!("ring, {points} points a server"),
            Self::Probes => format!("one point a server, {PROBES} probes a key"),
            Self::Rendezvous => "rendezvous".to_owned(),
            Self::Jump => "jump".to_owned(),
            Self::Maglev => format!("Maglev, {} slots", grouped(SLOTS.into())),
        }
    }

    /// Bytes for 1,000 servers, besides their names.
    fn bytes(self) -> usize {
        match self {
            Self::Modulo | Self::Jump => 0,
            Self::Ring(points) => LARGE * points as usize * size_of::<Point>(),
            Self::Probes => LARGE * size_of::<Point>(),
            // A server's hash, so that it need not be computed for every key.
            Self::Rendezvous => LARGE * size_of::<u64>(),
            Self::Maglev => SLOTS as usize * size_of::<u32>(),
        }
    }

    /// Sets of names to measure: a number's owner is the same whatever the names are.
    fn sets(self) -> usize {
        match self {
            Self::Modulo | Self::Jump => 1,
            _ => SETS,
        }
    }

    fn place(self, servers: &[String], keys: &[String]) -> Placement {
        const DISTINCT: &str = "sample names are distinct";
        let nth = |number: usize| servers[number].as_str();
        match self {
            Self::Modulo => Placement::of(servers, keys, |key| {
                Modulo::owner(key, servers.len()).map(nth)
            }),
            Self::Jump => Placement::of(servers, keys, |key| {
                let owner = jump_hash(key_position(key), servers.len() as u32);
                owner.map(|number| nth(number as usize))
            }),
            Self::Ring(points) => {
                let points = NonZeroU32::new(points).unwrap_or(NonZeroU32::MIN);
                let mut ring = VirtualRing::new(RingHash::XXH3, points);
                servers
                    .iter()
                    .for_each(|name| ring.add(name).expect(DISTINCT));
                Placement::of(servers, keys, |key| ring.owner(key))
            }
            Self::Probes => {
                let probes = NonZeroU32::new(PROBES).unwrap_or(NonZeroU32::MIN);
                let mut ring = ProbeRing::new(RingHash::XXH3, probes);
                servers
                    .iter()
                    .for_each(|name| ring.add(name).expect(DISTINCT));
                Placement::of(servers, keys, |key| ring.owner(key))
            }
            Self::Rendezvous => {
                let mut bidders = Rendezvous::new(RingHash::XXH3);
                servers
                    .iter()
                    .for_each(|name| bidders.add(name).expect(DISTINCT));
                Placement::of(servers, keys, |key| bidders.owner(key))
            }
            Self::Maglev => {
                let table = Maglev::new(RingHash::XXH3, SLOTS, servers).expect(DISTINCT);
                Placement::of(servers, keys, |key| table.owner(key))
            }
        }
    }
}

/// What a method does, in the mean over all sets of names.
#[derive(Default)]
struct Measured {
    fullest: f64,
    joining: f64,
    leaving: f64,
    /// The part of all keys that moves between servers that stay, when one leaves.
    needless: f64,
}

fn names(set: usize, count: usize) -> Vec<String> {
    (0..count)
        .map(|server| format!("set-{set}-server-{server}"))
        .collect()
}

/// The part of all keys that moves between servers that stay, when one leaves a large
/// cluster under a Maglev table.
fn needless_in_a_large_cluster(keys: &[String]) -> f64 {
    let parts = (0..LARGE_SETS).map(|set| {
        let now = names(set, LARGE);
        let mut left = now.clone();
        left.remove(LEAVES);
        let placed = Method::Maglev.place(&now, keys);
        let moved = placed.moved_to(&Method::Maglev.place(&left, keys));
        moved.between_old as f64 / moved.of as f64
    });
    parts.sum::<f64>() / LARGE_SETS as f64
}

fn measure(method: Method, keys: &[String]) -> Measured {
    let mut mean = Measured::default();
    for set in 0..method.sets() {
        let names = names(set, SERVERS + 1);
        let (now, joined) = (&names[..SERVERS], &names);
        let mut left = now.to_vec();
        left.remove(LEAVES);
        let placed = method.place(now, keys);
        let joining = placed.moved_to(&method.place(joined, keys));
        let leaving = placed.moved_to(&method.place(&left, keys));
        let share = |value: f64| value / method.sets() as f64;
        mean.fullest += share(
            placed
                .balance()
                .map_or(f64::NAN, |found| found.max_over_mean),
        );
        mean.joining += share(joining.share());
        mean.leaving += share(leaving.share());
        mean.needless += share(leaving.between_old as f64 / leaving.of as f64);
    }
    mean
}

/// The table of the chapter, and the numbers that its text picks out.
pub(super) fn pieces() -> Vec<(&'static str, String)> {
    let keys = sample_keys(28, KEYS);
    let measured: Vec<Measured> = METHODS
        .iter()
        .map(|method| measure(*method, &keys))
        .collect();
    let rows = METHODS.iter().zip(&measured).map(|(method, found)| {
        [
            method.name(),
            format!("{:.2}", found.fullest),
            per_cent(found.joining),
            per_cent(found.leaving),
            per_cent(found.needless),
            bytes(method.bytes()),
        ]
    });
    let head = [
        "placement",
        "fullest of 10 servers",
        "an 11th joins: moves",
        "one of 10 leaves: moves",
        "of all keys: between servers that stay",
        "memory for 1,000 servers",
    ];
    let needless = measured.last().map_or(f64::NAN, |maglev| maglev.needless);
    vec![
        ("methods_table", table(&head, rows)),
        ("methods_sets", SETS.to_string()),
        ("methods_keys", grouped(KEYS as u64)),
        ("methods_fair", format!("{:.2}", fullest_by_chance(&keys))),
        ("maglev_needless", per_cent(needless)),
        (
            "maglev_needless_large",
            per_cent(needless_in_a_large_cluster(&keys)),
        ),
        ("maglev_large", grouped(LARGE as u64)),
        ("maglev_large_share", per_cent(1.0 / LARGE as f64)),
        ("maglev_slots", grouped(SLOTS.into())),
        ("probes", PROBES.to_string()),
    ]
}

/// The fullest server that chance alone makes: keys thrown at servers by the plainest
/// of uniform placements.
fn fullest_by_chance(keys: &[String]) -> f64 {
    measure(Method::Modulo, keys).fullest
}

fn bytes(count: usize) -> String {
    match count {
        0 => "none".to_owned(),
        1..1_000_000 => format!("{} kB", count / 1000),
        _ => format!("{:.1} MB", count as f64 / 1e6),
    }
}
