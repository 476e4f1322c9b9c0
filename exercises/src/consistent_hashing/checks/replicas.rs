//! Checks of the exercise `replicas`.

use std::num::NonZeroU32;

use super::draw::{Draw, labels, position_of};
use super::machine::copies;
use super::model::model;
use super::play::{Pair, agree};
use super::scenario::{Build, Scenario, Setup, Step};
use super::steps::{added, any_changes, leaving};
use crate::consistent_hashing::Replicas;
use crate::grade::kit::Rule;
use crate::grade::{Check, Seed, Verdict};

const RULES: [Rule; 6] = [
    Rule {
        name: "clockwise",
        text: "The first replica is the key's owner, and the others follow in the order in which servers are met clockwise.",
        points: 2,
        section: "",
        hints: [
            "Begin where `owner` begins: at the first point at or after the key.",
            "From there look at point after point, and stop when you have enough servers.",
            "`let i = self.successor(self.hash.key(key));` and then `for (_, server) in self.points[i..].iter().chain(&self.points[..i]) { … }`",
        ],
    },
    Rule {
        name: "distinct",
        text: "No server comes twice, however many of its points are met.",
        points: 3,
        section: "",
        hints: [
            "The next points may belong to a server that you have chosen already.",
            "Pass over a point whose server is among the chosen; comparing with the last chosen is not enough.",
            "`if !chosen.contains(&server) { chosen.push(server); }`",
        ],
    },
    Rule {
        name: "enough",
        text: "There are exactly as many replicas as asked for, or every server once if there are fewer.",
        points: 2,
        section: "",
        hints: [
            "Looking at `count` points is not the same as finding `count` servers.",
            "Go on until you have `count` servers or are once round the circle; with `count` 0 do not begin.",
            "Test `chosen.len() == count` before you push, and let the walk end by itself.",
        ],
    },
    Rule {
        name: "wrap-around",
        text: "The walk goes on behind the last point at the first, and ends after one turn.",
        points: 2,
        section: "a-ring",
        hints: [
            "What comes after the last point of the list?",
            "Walk the part of the list from the successor on, then the part before it.",
            "`points[i..].iter().chain(&points[..i])`",
        ],
    },
    Rule {
        name: "leave",
        text: "When a server leaves, the others on a key's list keep their order and the next server fills up.",
        points: 1,
        section: "a-server-joins-a-server-leaves",
        hints: [
            "Does anything in your ring still remember a server that is gone?",
            "Compute the list from the present points each time.",
            "Keep no list of replicas; walk the circle in `replicas`.",
        ],
    },
    Rule {
        name: "still-a-ring",
        text: "The ring underneath is as before: `owner` names the first replica, and a server added twice or removed while unknown is refused.",
        points: 1,
        section: "virtual-nodes",
        hints: [
            "If you put a ring of your own under `replicas`, does it pass the checks of `virtual_nodes`?",
            "`owner` and `replicas` must look from the same place, at the same points.",
            "`owner` can be `self.replicas(key, 1).pop()`; `add` and `remove` look whether the server is there before they change anything.",
        ],
    },
];

/// The checks of a solution of [`Replicas`].
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{VirtualRing, checks};
///
/// for check in checks::replicas::all::<VirtualRing>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: Replicas + 'static>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| clockwise(copies::<T>, seed),
            |seed| distinct(copies::<T>, seed),
            |seed| enough(copies::<T>, seed),
            |seed| wrap_around(copies::<T>, seed),
            |seed| leave(copies::<T>, seed),
            |seed| still_a_ring(copies::<T>, seed),
        ],
    )
}

fn pair(solution: Build) -> Pair {
    Pair { solution, model }
}

/// A toy ring with two to four points a server.
fn labelled(draw: &mut Draw) -> (Setup, usize) {
    let points = 2 + draw.below(3);
    let setup = Setup {
        labelled: true,
        points: NonZeroU32::new(points as u32),
        bounded: None,
    };
    (setup, points)
}

fn asked(keys: &[Vec<u8>], count: usize) -> impl Iterator<Item = Step> {
    keys.iter()
        .map(move |key| Step::Replicas(key.clone(), count))
}

/// Two of at least two servers, from keys that need not go round the circle to
/// find them, on a ring where servers take turns.
fn clockwise(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 200, 6, |draw, size| {
        let setup = Setup {
            labelled: true,
            points: Some(NonZeroU32::MIN),
            bounded: None,
        };
        let servers = draw.servers(size + 1, 1);
        let mut positions: Vec<u64> = servers.iter().flat_map(|server| labels(server)).collect();
        positions.sort_unstable();
        let mut keys = draw.keys_around(&servers);
        keys.retain(|key| position_of(key) <= Some(positions[0]));
        let asked: Vec<Step> = (1..=size + 1)
            .flat_map(|count| asked(&keys, count))
            .collect();
        Scenario {
            setup,
            steps: added(&servers).chain(asked).collect(),
        }
    })?;
    agree(pair(subject), seed, 20, 12, |draw, size| {
        let setup = Setup {
            labelled: false,
            points: NonZeroU32::new(1 + draw.below(9) as u32),
            bounded: None,
        };
        let servers = draw.plain_servers(size);
        let keys = draw.plain_keys(20);
        Scenario {
            setup,
            steps: added(&servers).chain(asked(&keys, 3)).collect(),
        }
    })
}

/// Few servers, many points, so that a server is met again before the next one.
fn distinct(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 150, 4, |draw, size| {
        let (setup, labels) = labelled(draw);
        let servers = draw.servers(size + 1, labels);
        let keys = draw.keys_around(&servers);
        let count = 2 + draw.below(size);
        Scenario {
            setup,
            steps: added(&servers).chain(asked(&keys, count)).collect(),
        }
    })
}

fn enough(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 100, 5, |draw, size| {
        let (setup, labels) = labelled(draw);
        // With size 1 the ring is empty.
        let servers = draw.servers(size - 1, labels);
        let keys = draw.keys_around(&servers);
        let counts = [0, 1, size - 1, size, size + 3, 1000];
        let asked: Vec<Step> = counts
            .iter()
            .flat_map(|count| asked(&keys, *count))
            .collect();
        Scenario {
            setup,
            steps: added(&servers).chain(asked).collect(),
        }
    })
}

/// Only from keys behind the first server's first point, so that the walk to the
/// last server has to go round.
fn wrap_around(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 200, 6, |draw, size| {
        let setup = Setup {
            labelled: true,
            points: Some(NonZeroU32::MIN),
            bounded: None,
        };
        let servers = draw.servers(size, 1);
        let first = servers.iter().flat_map(|server| labels(server)).min();
        let mut keys = draw.keys_around(&servers);
        keys.retain(|key| position_of(key) > first);
        Scenario {
            setup,
            steps: added(&servers).chain(asked(&keys, size + 1)).collect(),
        }
    })
}

fn leave(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 80, 5, |draw, size| {
        let (setup, labels) = labelled(draw);
        let servers = draw.servers(size + 1, labels);
        let keys = draw.keys_around(&servers);
        let mut steps: Vec<Step> = added(&servers).collect();
        for change in leaving(draw, servers, &[]) {
            steps.push(change);
            steps.extend(asked(&keys, 1 + draw.below(3)));
        }
        Scenario { setup, steps }
    })
}

/// Servers come and go without regard to who is there; after each question for an owner
/// comes one for copies, and before any, so that an unwritten `replicas` is noticed.
fn still_a_ring(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 80, 10, |draw, size| {
        let (setup, labels) = labelled(draw);
        let servers = draw.servers(3, labels);
        let mut steps = Vec::new();
        for step in any_changes(draw, &servers, size) {
            if let Step::Owner(key) = &step {
                steps.push(Step::Replicas(key.clone(), 1));
            }
            steps.push(step);
        }
        Scenario { setup, steps }
    })
}
