//! Checks of the exercise `rack_replicas`.

use std::num::NonZeroU32;

use super::draw::Draw;
use super::machine::racked;
use super::model::model;
use super::play::{Pair, agree};
use super::scenario::{Build, Scenario, Setup, Step};
use crate::consistent_hashing::RackReplicas;
use crate::grade::kit::Rule;
use crate::grade::{Check, Seed, Verdict};

const RULES: [Rule; 5] = [
    Rule {
        name: "racks-first",
        text: "As long as there are racks without a copy, the next copy goes to the first server clockwise in one of them.",
        points: 3,
        section: "",
        hints: [
            "Walk as in `replicas`, and look at the rack of each server that you meet.",
            "Remember all racks that have a copy, not only the last; a server whose rack is among them is passed over.",
            "`let (first, passed): (Vec<_>, Vec<_>) = met.into_iter().partition(|server| seen.insert(&self.racks[*server]));` where `met` has each server once and `seen` is a `BTreeSet`",
        ],
    },
    Rule {
        name: "then-servers",
        text: "Once every rack has a copy, the servers that were passed over follow, in the order in which they were met.",
        points: 2,
        section: "",
        hints: [
            "What becomes of the servers that you pass over?",
            "Keep them in a second list, and put it behind the first.",
            "`first.into_iter().chain(passed).take(count).collect()`",
        ],
    },
    Rule {
        name: "enough",
        text: "There are exactly as many replicas as asked for, each server once, or every server if there are fewer.",
        points: 2,
        section: "",
        hints: [
            "A server has several points, and is met several times.",
            "List every server where it is met first, all the way round the circle, before you look at racks.",
            "`if !met.contains(&server) { met.push(server); }`, and cut the list to `count` at the very end.",
        ],
    },
    Rule {
        name: "moving-house",
        text: "Only the servers and racks of the moment count: a server that leaves and comes back in another rack is in that rack.",
        points: 2,
        section: "",
        hints: [
            "What does your ring remember of a server that has left?",
            "The rack goes with the server: forget it in `remove`, set it in `add`.",
            "`self.racks.insert(server.to_owned(), rack.to_owned())` replaces what was there; `entry(…).or_insert(…)` does not.",
        ],
    },
    Rule {
        name: "bad-requests",
        text: "A server added twice, in whatever rack, or removed while unknown is refused, and changes nothing.",
        points: 1,
        section: "",
        hints: [
            "Read the table in the contract's documentation.",
            "Look whether the server is there before you change its points or its rack.",
            "`if self.racks.contains_key(server) { return Err(RingError::duplicate(server)); }`",
        ],
    },
];

/// The checks of a solution of [`RackReplicas`].
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{RackRing, checks};
///
/// for check in checks::rack_replicas::all::<RackRing>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: RackReplicas + 'static>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| racks_first(racked::<T>, seed),
            |seed| then_servers(racked::<T>, seed),
            |seed| enough(racked::<T>, seed),
            |seed| moving_house(racked::<T>, seed),
            |seed| bad_requests(racked::<T>, seed),
        ],
    )
}

fn pair(solution: Build) -> Pair {
    Pair { solution, model }
}

fn setup(points: usize) -> Setup {
    Setup {
        labelled: true,
        points: NonZeroU32::new(points as u32),
        bounded: None,
    }
}

/// Short names, so that a counterexample fits on a line.
fn rack(number: usize) -> String {
    format!("rack-{number}")
}

/// Adds each server in one of `racks` racks; the first ones fill a rack each.
fn placed(draw: &mut Draw, servers: &[String], racks: usize) -> Vec<Step> {
    let mut steps = Vec::new();
    for (server, number) in servers.iter().zip(0..) {
        let number = if number < racks {
            number
        } else {
            draw.below(racks)
        };
        steps.push(Step::AddInRack(server.clone(), rack(number)));
    }
    draw.shuffled(steps)
}

fn asked(keys: &[Vec<u8>], count: usize) -> impl Iterator<Item = Step> {
    keys.iter()
        .map(move |key| Step::Replicas(key.clone(), count))
}

/// No more copies than racks, and one point a server.
fn racks_first(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 200, 6, |draw, size| {
        let servers = draw.servers(size + 2, 1);
        let racks = 2 + draw.below(size);
        let mut steps = placed(draw, &servers, racks);
        let keys = draw.keys_around(&servers);
        steps.extend(asked(&keys, 1 + draw.below(racks)));
        Scenario {
            setup: setup(1),
            steps,
        }
    })
}

/// More copies than racks, and one point a server.
fn then_servers(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 200, 6, |draw, size| {
        let servers = draw.servers(size + 2, 1);
        let racks = 1 + draw.below(size);
        let mut steps = placed(draw, &servers, racks);
        let keys = draw.keys_around(&servers);
        steps.extend(asked(&keys, racks + 1 + draw.below(servers.len() - racks)));
        Scenario {
            setup: setup(1),
            steps,
        }
    })
}

/// Several points a server, and counts from none to too many.
fn enough(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 100, 5, |draw, size| {
        let points = 2 + draw.below(3);
        // With size 1 the ring is empty.
        let servers = draw.servers(size - 1, points);
        let racks = 1 + draw.below(size);
        let mut steps = placed(draw, &servers, racks);
        let keys = draw.keys_around(&servers);
        for count in [0, 1, size - 1, size, size + 3, 1000] {
            steps.extend(asked(&keys, count));
        }
        Scenario {
            setup: setup(points),
            steps,
        }
    })?;
    agree(pair(subject), seed, 15, 12, |draw, size| {
        let servers = draw.plain_servers(size);
        let mut steps = placed(draw, &servers, 1 + size / 3);
        steps.extend(asked(&draw.plain_keys(10), 3));
        Scenario {
            setup: Setup {
                labelled: false,
                points: NonZeroU32::new(1 + draw.below(9) as u32),
                bounded: None,
            },
            steps,
        }
    })
}

fn moving_house(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 80, 5, |draw, size| {
        let points = 1 + draw.below(3);
        let servers = draw.servers(size + 2, points);
        let mut steps = placed(draw, &servers, 2);
        let keys = draw.keys_around(&servers);
        for server in draw.shuffled(servers).into_iter().skip(1) {
            steps.push(Step::Remove(server.clone()));
            if draw.coin() {
                steps.push(Step::AddInRack(server, rack(draw.below(3))));
            }
            steps.extend(asked(&keys, 1 + draw.below(3)));
        }
        Scenario {
            setup: setup(points),
            steps,
        }
    })
}

fn bad_requests(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 80, 12, |draw, size| {
        let servers = draw.servers(3, 1);
        let keys = draw.keys_around(&servers);
        let mut steps: Vec<Step> = asked(&keys[..1], 2).collect();
        for _ in 0..size {
            let server = draw.one_of(&servers);
            steps.push(if draw.below(3) > 0 {
                Step::AddInRack(server, rack(draw.below(2)))
            } else {
                Step::Remove(server)
            });
            steps.extend(asked(&keys, 2));
        }
        Scenario {
            setup: setup(1),
            steps,
        }
    })
}
