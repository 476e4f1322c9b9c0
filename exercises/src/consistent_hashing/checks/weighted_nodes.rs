//! Checks of the exercise `weighted_nodes`.

use std::num::NonZeroU32;

use super::draw::Draw;
use super::machine::weighted;
use super::model::model;
use super::play::{Pair, agree};
use super::scenario::{Build, Scenario, Setup, Step};
use super::steps::asked;
use crate::consistent_hashing::WeightedNodes;
use crate::grade::kit::Rule;
use crate::grade::{Check, Seed, Verdict};

/// Largest weight in a labelled scenario: four units of up to two points each are
/// what fits a readable name.
const LARGEST: usize = 4;

const RULES: [Rule; 5] = [
    Rule {
        name: "points-by-weight",
        text: "A server of weight `w` owns exactly the points `hash.point(server, i)` for every `i` below `w × points_per_weight`.",
        points: 3,
        section: "",
        hints: [
            "How many points has a server of weight 3, when each unit of weight is worth 2?",
            "A server's points depend on its own weight only, never on the sum of all weights.",
            "`for index in 0..weight * self.points_per_weight.get() { … self.hash.point(server, index) … }`",
        ],
    },
    Rule {
        name: "set-weight",
        text: "A new weight replaces the old one: points are added or removed at the end, and only keys to or from this server move.",
        points: 2,
        section: "",
        hints: [
            "Lower a weight: which points have to go?",
            "Taking all of the server's points away and putting the new number in is simple and right.",
            "`self.points.retain(|(_, name)| name != server);` and then what `add` does.",
        ],
    },
    Rule {
        name: "leave",
        text: "A server that leaves takes all its points with it; when it comes back, its new weight counts.",
        points: 2,
        section: "",
        hints: [
            "A heavy server has more points than a light one. Do all of them go?",
            "Remove by name, not by counting up to some number of points; forget the weight too.",
            "`self.points.retain(|(_, name)| name != server);`",
        ],
    },
    Rule {
        name: "shared-position",
        text: "Where points of two servers share a position, the smaller name owns it, whatever the weights.",
        points: 1,
        section: "a-ring",
        hints: [
            "A map from position to one server loses a point when two share the position.",
            "Weight decides how many points a server has, not who wins one.",
            "Sort `(position, name)` pairs and keep both.",
        ],
    },
    Rule {
        name: "bad-requests",
        text: "Weight 0, a server added twice, and an unknown server are refused with their own errors, and nothing changes.",
        points: 2,
        section: "",
        hints: [
            "The contract says which error comes first when two apply.",
            "Look for the server first and at the weight second, and only then change something.",
            "In `add`: duplicate, then zero weight. In `set_weight`: unknown, then zero weight. `Err(RingError::zero_weight(server))`.",
        ],
    },
];

/// The checks of a solution of [`WeightedNodes`].
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{WeightedRing, checks};
///
/// for check in checks::weighted_nodes::all::<WeightedRing>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: WeightedNodes + 'static>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| points_by_weight(weighted::<T>, seed),
            |seed| set_weight(weighted::<T>, seed),
            |seed| leave(weighted::<T>, seed),
            |seed| shared_position(weighted::<T>, seed),
            |seed| bad_requests(weighted::<T>, seed),
        ],
    )
}

fn pair(solution: Build) -> Pair {
    Pair { solution, model }
}

fn labelled(draw: &mut Draw) -> (Setup, usize) {
    let points = 1 + draw.below(2);
    let setup = Setup {
        labelled: true,
        points: NonZeroU32::new(points as u32),
        bounded: None,
    };
    (setup, points * LARGEST)
}

fn xxh3(draw: &mut Draw) -> Setup {
    let points = NonZeroU32::new(1 + draw.below(10) as u32);
    Setup {
        labelled: false,
        points,
        bounded: None,
    }
}

fn weight(draw: &mut Draw) -> u32 {
    1 + draw.below(LARGEST) as u32
}

/// Every server joins with some weight; keys are asked for after each.
fn joining(draw: &mut Draw, servers: &[String], keys: &[Vec<u8>]) -> Vec<Step> {
    let mut steps = Vec::new();
    for server in servers {
        steps.push(Step::AddWeighted(server.clone(), weight(draw)));
        steps.extend(asked(keys.to_vec()));
    }
    steps
}

fn points_by_weight(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 80, 4, |draw, size| {
        let (setup, labels) = labelled(draw);
        let servers = draw.servers(size, labels);
        let keys = draw.keys_around(&servers);
        Scenario {
            setup,
            steps: joining(draw, &servers, &keys),
        }
    })?;
    agree(pair(subject), seed, 10, 10, |draw, size| {
        let (servers, keys) = (draw.plain_servers(size), draw.plain_keys(30));
        let mut steps = joining(draw, &servers, &keys);
        // Beside the others, a server that is a hundred times as heavy.
        steps.push(Step::AddWeighted("giant".to_owned(), 400));
        steps.extend(asked(keys));
        Scenario {
            setup: xxh3(draw),
            steps,
        }
    })
}

fn set_weight(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 60, 6, |draw, size| {
        let (setup, labels) = labelled(draw);
        let servers = draw.servers(size.min(4), labels);
        let keys = draw.keys_around(&servers);
        let mut steps: Vec<Step> = servers
            .iter()
            .map(|server| Step::AddWeighted(server.clone(), weight(draw)))
            .collect();
        for _ in 0..size {
            steps.push(Step::SetWeight(draw.one_of(&servers), weight(draw)));
            steps.extend(asked(keys.clone()));
        }
        Scenario { setup, steps }
    })
}

fn leave(subject: Build, seed: Seed) -> Verdict {
    let leaving = |draw: &mut Draw, setup, servers: Vec<String>, keys: Vec<Vec<u8>>| {
        let mut steps = joining(draw, &servers, &[]);
        for server in draw.shuffled(servers).into_iter().skip(1) {
            if draw.coin() {
                steps.push(Step::SetWeight(server.clone(), weight(draw)));
            }
            steps.push(Step::Remove(server.clone()));
            steps.extend(asked(keys.clone()));
            if draw.coin() {
                steps.push(Step::AddWeighted(server.clone(), weight(draw)));
                steps.extend(asked(keys.clone()));
                steps.push(Step::Remove(server));
            }
        }
        Scenario { setup, steps }
    };
    agree(pair(subject), seed, 50, 4, |draw, size| {
        let (setup, labels) = labelled(draw);
        let servers = draw.servers(size + 1, labels);
        let keys = draw.keys_around(&servers);
        leaving(draw, setup, servers, keys)
    })?;
    agree(pair(subject), seed, 10, 10, |draw, size| {
        let (servers, keys) = (draw.plain_servers(size + 1), draw.plain_keys(20));
        let setup = xxh3(draw);
        leaving(draw, setup, servers, keys)
    })
}

fn shared_position(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 60, 3, |draw, size| {
        let (setup, labels) = labelled(draw);
        let servers = draw.crowded_servers(size + 1, labels);
        let keys = draw.keys_around(&servers);
        let mut steps = joining(draw, &servers, &keys);
        for server in draw.shuffled(servers).into_iter().skip(1) {
            steps.push(Step::SetWeight(server.clone(), weight(draw)));
            steps.extend(asked(keys.clone()));
            steps.push(Step::Remove(server));
            steps.extend(asked(keys.clone()));
        }
        Scenario { setup, steps }
    })
}

fn bad_requests(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 80, 10, |draw, size| {
        let (setup, labels) = labelled(draw);
        let servers = draw.servers(3, labels);
        let keys = draw.keys_around(&servers);
        let mut steps: Vec<Step> = asked(keys[..1].to_vec()).collect();
        for _ in 0..size {
            let server = draw.one_of(&servers);
            let weight = draw.below(LARGEST) as u32;
            steps.push(match draw.below(3) {
                0 => Step::AddWeighted(server, weight),
                1 => Step::SetWeight(server, weight),
                _ => Step::Remove(server),
            });
            steps.extend(asked(keys.clone()));
        }
        Scenario { setup, steps }
    })
}
