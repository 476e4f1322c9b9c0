//! Checks of the exercise `virtual_nodes`.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use super::draw::Draw;
use super::machine::many_points;
use super::model::model;
use super::play::{Pair, agree};
use super::scenario::{Answer, Build, Scenario, Setup};
use super::steps::{added, any_changes, asked, joining, leaving};
use crate::consistent_hashing::VirtualNodes;
use crate::grade::kit::Rule;
use crate::grade::{Check, Counterexample, Seed, Verdict};

const RULES: [Rule; 6] = [
    Rule {
        name: "all-points",
        text: "A server owns exactly the points `hash.point(server, i)` for every `i` in `0..points_per_server`.",
        points: 3,
        section: "",
        hints: [
            "The index is an argument of `point`; it is no part of the server's name.",
            "Loop over the indices from 0 up to, but not including, the number of points.",
            "`for index in 0..self.points_per_server.get() { points.push((self.hash.point(server, index), server.to_owned())) }`, then sort.",
        ],
    },
    Rule {
        name: "join",
        text: "A server that joins takes keys at each of its points, in whatever order servers come; no other key moves.",
        points: 2,
        section: "",
        hints: [
            "Is the list of points still sorted after the second server has come?",
            "Sort after every `add`, or keep the points in a container that sorts.",
            "`self.points.extend(new); self.points.sort();`",
        ],
    },
    Rule {
        name: "leave",
        text: "A server that leaves takes all its points with it, and no other server's.",
        points: 2,
        section: "",
        hints: [
            "How many entries of your list name the server that leaves?",
            "Removing one entry is not enough; keep those that name another server.",
            "`self.points.retain(|(_, name)| name != server);`",
        ],
    },
    Rule {
        name: "shared-position",
        text: "Where points of two servers share a position, the smaller name owns it, and each server keeps its own point.",
        points: 1,
        section: "a-ring",
        hints: [
            "A map from position to one server loses a point when two share the position.",
            "Sort by position first and by name second, and keep both entries.",
            "A `BTreeSet<(u64, String)>` or a sorted `Vec<(u64, String)>` does both.",
        ],
    },
    Rule {
        name: "bad-requests",
        text: "An empty ring has no owner for any key; a server added twice or removed while unknown is refused, and changes nothing.",
        points: 1,
        section: "",
        hints: [
            "Read the table in the contract's documentation: each bad request has its own answer.",
            "Find out whether the server is there before you add or remove its points.",
            "`if self.points.iter().any(|(_, name)| name == server) { return Err(RingError::duplicate(server)); }`",
        ],
    },
    Rule {
        name: "balance",
        text: "With 160 points a server, none of ten servers holds more than one and a half times its fair share of the keys.",
        points: 1,
        section: "",
        hints: [
            "With one point a server, the fullest of ten holds about three times its share. How many points does yours really have?",
            "All points of a server must be at different positions: the index has to matter.",
            "Print the number of distinct positions on a ring of ten servers; it should be 1,600.",
        ],
    },
];

/// The checks of a solution of [`VirtualNodes`].
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{VirtualRing, checks};
///
/// for check in checks::virtual_nodes::all::<VirtualRing>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: VirtualNodes + 'static>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| all_points(many_points::<T>, seed),
            |seed| join(many_points::<T>, seed),
            |seed| leave(many_points::<T>, seed),
            |seed| shared_position(many_points::<T>, seed),
            |seed| bad_requests(many_points::<T>, seed),
            |seed| balance(many_points::<T>, seed),
        ],
    )
}

fn pair(solution: Build) -> Pair {
    Pair { solution, model }
}

/// A toy ring with up to four points a server. Names carry more labels than
/// points, so that a point too many shows.
fn labelled(draw: &mut Draw, size: usize) -> (Setup, usize) {
    let points = 1 + draw.below(size.min(4));
    let count = NonZeroU32::new(points as u32);
    (
        Setup {
            labelled: true,
            points: count,
            bounded: None,
        },
        points + 1,
    )
}

fn xxh3(draw: &mut Draw) -> Setup {
    let points = NonZeroU32::new(1 + draw.below(20) as u32);
    Setup {
        labelled: false,
        points,
        bounded: None,
    }
}

fn all_points(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 200, 4, |draw, size| {
        let (setup, labels) = labelled(draw, size);
        let servers = draw.servers(size, labels);
        let keys = draw.keys_around(&servers);
        Scenario {
            setup,
            steps: added(&servers).chain(asked(keys)).collect(),
        }
    })
}

fn join(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 60, 5, |draw, size| {
        let (setup, labels) = labelled(draw, size);
        let servers = draw.servers(size, labels);
        let keys = draw.keys_around(&servers);
        Scenario {
            setup,
            steps: joining(&servers, &keys),
        }
    })?;
    agree(pair(subject), seed, 10, 12, |draw, size| {
        let (servers, keys) = (draw.plain_servers(size), draw.plain_keys(20));
        Scenario {
            setup: xxh3(draw),
            steps: joining(&servers, &keys),
        }
    })
}

fn leave(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 60, 5, |draw, size| {
        let (setup, labels) = labelled(draw, size);
        let servers = draw.servers(size + 1, labels);
        let keys = draw.keys_around(&servers);
        let steps = added(&servers)
            .chain(leaving(draw, servers.clone(), &keys))
            .collect();
        Scenario { setup, steps }
    })?;
    agree(pair(subject), seed, 10, 12, |draw, size| {
        let (servers, keys) = (draw.plain_servers(size + 1), draw.plain_keys(20));
        let steps = added(&servers)
            .chain(leaving(draw, servers.clone(), &keys))
            .collect();
        Scenario {
            setup: xxh3(draw),
            steps,
        }
    })
}

fn shared_position(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 80, 3, |draw, size| {
        let (setup, labels) = labelled(draw, size);
        let servers = draw.crowded_servers(size + 1, labels);
        let keys = draw.keys_around(&servers);
        let mut steps = joining(&servers, &keys);
        steps.extend(leaving(draw, servers, &keys));
        Scenario { setup, steps }
    })
}

fn bad_requests(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 80, 10, |draw, size| {
        let (setup, labels) = labelled(draw, size);
        let servers = draw.servers(3, labels);
        Scenario {
            setup,
            steps: any_changes(draw, &servers, size),
        }
    })
}

/// 400 keys a server and 160 points: together a standard deviation of about 9 %
/// of the mean. One and a half times the mean is more than five of them away.
fn balance(subject: Build, seed: Seed) -> Verdict {
    const SERVERS: usize = 10;
    const KEYS: usize = 4000;
    const MOST: usize = KEYS / SERVERS * 3 / 2;
    let servers = Draw::new(seed).plain_servers(SERVERS);
    let setup = Setup {
        labelled: false,
        points: NonZeroU32::new(160),
        bounded: None,
    };
    let mut ring = subject(&setup).expect("a ring without servers exists");
    for step in added(&servers) {
        ring.apply(&step);
    }
    let mut loads: BTreeMap<String, usize> = BTreeMap::new();
    let keys = (0..KEYS)
        .map(|key| format!("user:{key}").into_bytes())
        .collect();
    for step in asked(keys) {
        if let Answer::Server(Some(server)) = ring.apply(&step) {
            *loads.entry(server).or_default() += 1;
        }
    }
    let actual = match loads.iter().max_by_key(|(_, load)| **load) {
        Some((_, load)) if *load <= MOST => return Ok(()),
        Some((server, load)) => format!("`{server}` holds {load}"),
        None => "no key has an owner".to_owned(),
    };
    Err(Counterexample::new(
        format!(
            "Mine::new({setup}), {SERVERS} servers {servers:?}, keys user:0 to user:{}",
            KEYS - 1
        ),
        format!("no server holds more than {MOST} of the {KEYS} keys"),
        actual,
    ))
}
