//! What racks cost and save: copies lost with a rack, and who holds how many.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use super::numbers::per_cent;
use crate::consistent_hashing::{RackRing, RingHash, VirtualRing, sample_keys};
use crate::figure::table;

const COPIES: usize = 3;
const POINTS: NonZeroU32 = NonZeroU32::new(160).expect("160 is not 0");
const KEYS: usize = 10_000;

/// Servers of each rack.
const LAYOUTS: [&[usize]; 3] = [&[4, 4, 4], &[6, 4, 2], &[2, 2, 2, 2, 2, 2]];

/// What happens to keys when a rack fails, and how evenly copies lie.
struct Found {
    /// Part of the keys with all copies in one rack.
    at_risk: f64,
    /// Part of the keys with two or more copies in one rack.
    shared: f64,
    /// Copies on the fullest server over the mean.
    fullest: f64,
}

fn count<'a>(
    racks: &BTreeMap<String, usize>,
    keys: &[String],
    replicas: impl Fn(&str) -> Vec<&'a str>,
) -> Found {
    let (mut at_risk, mut shared) = (0, 0);
    let mut loads: BTreeMap<&str, usize> = BTreeMap::new();
    for key in keys {
        let chosen = replicas(key);
        let distinct: BTreeSet<usize> = chosen.iter().map(|server| racks[*server]).collect();
        at_risk += usize::from(distinct.len() == 1);
        shared += usize::from(distinct.len() < COPIES);
        for server in chosen {
            *loads.entry(server).or_default() += 1;
        }
    }
    let part = |count: usize| count as f64 / keys.len() as f64;
    let most = loads.values().copied().max().unwrap_or(0);
    Found {
        at_risk: part(at_risk),
        shared: part(shared),
        fullest: most as f64 * racks.len() as f64 / (keys.len() * COPIES) as f64,
    }
}

fn row(layout: &[usize], keys: &[String]) -> [Found; 2] {
    let mut plain = VirtualRing::new(RingHash::XXH3, POINTS);
    let mut racked = RackRing::new(RingHash::XXH3, POINTS);
    let mut racks = BTreeMap::new();
    for (rack, size) in layout.iter().enumerate() {
        for number in 0..*size {
            let server = format!("rack-{rack}-server-{number}");
            plain.add(&server).expect("numbered names are distinct");
            racked
                .add(&server, &rack.to_string())
                .expect("numbered names are distinct");
            racks.insert(server, rack);
        }
    }
    [
        count(&racks, keys, |key| plain.replicas(key, COPIES)),
        count(&racks, keys, |key| racked.replicas(key, COPIES)),
    ]
}

/// The chapter's table.
pub(super) fn pieces() -> Vec<(&'static str, String)> {
    let keys = sample_keys(28, KEYS);
    let rows = LAYOUTS.map(|layout| {
        let [plain, racked] = row(layout, &keys);
        let sizes: Vec<String> = layout.iter().map(ToString::to_string).collect();
        [
            sizes.join(" + "),
            per_cent(plain.shared),
            per_cent(plain.at_risk),
            per_cent(racked.shared),
            format!("{:.2}", plain.fullest),
            format!("{:.2}", racked.fullest),
        ]
    });
    let head = [
        "servers in racks",
        "next servers: two or three copies share a rack",
        "all three do",
        "racks first: two or three share",
        "fullest server, next servers",
        "fullest server, racks first",
    ];
    vec![("racks_table", table(&head, rows))]
}
