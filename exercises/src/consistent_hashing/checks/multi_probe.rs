//! Checks of the exercise `multi_probe`.

use std::num::NonZeroU32;

use super::draw::Draw;
use super::machine::probing;
use super::play::{Pair, agree};
use super::probe_model::probe_model;
use super::scenario::{Build, Scenario, Setup};
use super::steps::{added, any_changes, asked, joining, leaving};
use crate::consistent_hashing::MultiProbe;
use crate::grade::kit::Rule;
use crate::grade::{Check, Seed, Verdict};

const RULES: [Rule; 5] = [
    Rule {
        name: "one-probe",
        text: "With one probe it is a plain ring: a key belongs to the first server at or after its position, clockwise.",
        points: 2,
        section: "a-ring",
        hints: [
            "This is what you built in `hash_ring`. Every server has one point, number 0.",
            "Find the first point at or after the key's position; behind the last one, the first of all.",
            "`let i = points.partition_point(|(p, _)| *p < probe); points.get(i).or_else(|| points.first())`",
        ],
    },
    Rule {
        name: "nearest",
        text: "Of all probes the one with the smallest way to a server, clockwise, decides.",
        points: 3,
        section: "",
        hints: [
            "Each probe finds a server. Which of them is nearest to its probe?",
            "The way from a probe to a point is the point's position minus the probe's, in wrapping arithmetic.",
            "`(0..probes).map(|i| probe_position(key, i))`, and of the pairs `(point.wrapping_sub(probe), server)` the smallest",
        ],
    },
    Rule {
        name: "shared-position",
        text: "Of servers that are equally near, the one with the smaller name owns the key.",
        points: 1,
        section: "",
        hints: [
            "Several servers may share a position; then every probe finds all of them equally near.",
            "Sort points by position first and by name then, and compare ways with names, too.",
            "Tuples compare that way already: `(way, name)`.",
        ],
    },
    Rule {
        name: "come-and-go",
        text: "A server that joins takes the keys to which it is nearest, one that leaves gives its own away, and no other key moves.",
        points: 2,
        section: "",
        hints: [
            "Do a key's probes depend on anything but the key?",
            "Servers must stay sorted in whatever order they come, and a leaver's point must go.",
            "`points.insert(points.partition_point(|p| *p < new), new)`, and `points.retain(|(_, name)| name != server)`",
        ],
    },
    Rule {
        name: "bad-requests",
        text: "An empty ring has no owner for any key; a server added twice or removed while unknown is refused, and changes nothing.",
        points: 2,
        section: "",
        hints: [
            "Read the table in the contract's documentation: each bad request has its own answer.",
            "Look whether the server is there before you change anything.",
            "`return Err(RingError::duplicate(server))`, `return Err(RingError::unknown(server))`, and `?` on an `Option` in `owner`.",
        ],
    },
];

/// The checks of a solution of [`MultiProbe`].
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{ProbeRing, checks};
///
/// for check in checks::multi_probe::all::<ProbeRing>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: MultiProbe + 'static>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| one_probe(probing::<T>, seed),
            |seed| nearest(probing::<T>, seed),
            |seed| shared_position(probing::<T>, seed),
            |seed| come_and_go(probing::<T>, seed),
            |seed| bad_requests(probing::<T>, seed),
        ],
    )
}

fn pair(solution: Build) -> Pair {
    Pair {
        solution,
        model: probe_model,
    }
}

fn setup(labelled: bool, probes: usize) -> Setup {
    Setup {
        labelled,
        points: NonZeroU32::new(probes as u32),
        bounded: None,
    }
}

/// A ring that can be drawn on paper, because the only probe is the key's position.
fn one_probe(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 150, 8, |draw, size| {
        let servers = draw.servers(size, 1);
        let keys = draw.keys_around(&servers);
        Scenario {
            setup: setup(true, 1),
            steps: added(&servers).chain(asked(keys)).collect(),
        }
    })
}

/// Servers all over the circle, since probes are.
fn nearest(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 60, 12, |draw, size| {
        let servers = draw.plain_servers(size + 1);
        let keys = draw.plain_keys(30);
        Scenario {
            setup: setup(false, 2 + draw.below(4 + size)),
            steps: added(&servers).chain(asked(keys)).collect(),
        }
    })
}

fn shared_position(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 80, 5, |draw, size| {
        let servers = draw.crowded_servers(size + 1, 1);
        let keys = draw.keys_around(&servers);
        let mut steps = joining(&servers, &keys);
        steps.extend(leaving(draw, servers, &keys));
        Scenario {
            setup: setup(true, 1 + draw.below(4)),
            steps,
        }
    })
}

fn come_and_go(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 30, 8, |draw, size| {
        let servers = draw.plain_servers(size + 1);
        let keys = draw.plain_keys(12);
        let mut steps = joining(&servers, &keys);
        steps.extend(leaving(draw, servers, &keys));
        Scenario {
            setup: setup(false, 1 + draw.below(6)),
            steps,
        }
    })
}

fn bad_requests(subject: Build, seed: Seed) -> Verdict {
    let any = |draw: &mut Draw, size| {
        let servers = draw.servers(3, 1);
        Scenario {
            setup: setup(true, 1 + draw.below(3)),
            steps: any_changes(draw, &servers, size),
        }
    };
    agree(pair(subject), seed, 80, 12, any)
}
