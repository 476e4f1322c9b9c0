//! Checks of the exercise `bounded_loads`.

use std::num::NonZeroU32;

use super::draw::Draw;
use super::machine::bounded;
use super::model::bounded_model;
use super::play::{Pair, agree};
use super::scenario::{Build, Scenario, Setup, Step};
use crate::consistent_hashing::{BoundedLoads, RingError};
use crate::grade::kit::Rule;
use crate::grade::{Check, Counterexample, Seed, Verdict};

const RULES: [Rule; 6] = [
    Rule {
        name: "first-choice",
        text: "While its clockwise successor has room, a key goes there.",
        points: 1,
        section: "",
        hints: [
            "Without a limit this is the ring that you know.",
            "Walk the points clockwise from the key; the first server with room is the one.",
            "`let clockwise = self.points[i..].iter().chain(&self.points[..i]);` and then `clockwise.map(|(_, server)| server).find(|server| self.loads[*server] < capacity)`, where `i` is the key's successor.",
        ],
    },
    Rule {
        name: "spill-clockwise",
        text: "A key whose successor is full goes on clockwise to the first server with room, round the circle if need be.",
        points: 3,
        section: "",
        hints: [
            "Full means that the load has reached the capacity.",
            "Go on from point to point, past as many full servers as there are, and round the circle; the least loaded server is not the goal.",
            "`find(|server| load < capacity)` over the whole clockwise walk, not over one point.",
        ],
    },
    Rule {
        name: "exact-capacity",
        text: "A server takes at most ⌈(1 + ε) · m / n⌉ keys, rounded up, where m counts the key being placed.",
        points: 3,
        section: "",
        hints: [
            "Work an example on paper: ε = 25 %, 2 servers, the third key. What is the capacity?",
            "Count the new key, round up, and stay with whole numbers: `1.1 * 50.0` is not 55.",
            "`((100 + percent) * (keys + 1)).div_ceil(100 * servers)` in `usize`",
        ],
    },
    Rule {
        name: "release",
        text: "A released key leaves room on its server, counts no longer towards m, and moves no other key.",
        points: 2,
        section: "",
        hints: [
            "What did placing the key change? All of it has to be undone.",
            "Remember where each key went, so that the right server loses one.",
            "`let server = self.placed.remove(key).ok_or_else(…)?;` and one less in `self.loads` for that server.",
        ],
    },
    Rule {
        name: "placed-already",
        text: "A key that is placed stays where it is when it is assigned again, and counts once.",
        points: 1,
        section: "",
        hints: [
            "Assign the same key twice and look at `load`.",
            "Before you walk the ring, look whether you know the key.",
            "`if let Some(server) = self.placed.get(key) { return Ok(server.clone()); }`",
        ],
    },
    Rule {
        name: "bad-requests",
        text: "No servers, an unknown key, an unknown server and a name given twice each get the contract's answer.",
        points: 2,
        section: "",
        hints: [
            "Read the table in the contract's documentation.",
            "A ring without servers exists; it is `assign` that is refused there.",
            "`RingError::duplicate` from `new`, `RingError::NoServers` from `assign`, `RingError::unknown_key` from `release`, `None` from `load`.",
        ],
    },
];

/// The checks of a solution of [`BoundedLoads`].
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{BoundedRing, checks};
///
/// for check in checks::bounded_loads::all::<BoundedRing>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: BoundedLoads + 'static>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| first_choice(bounded::<T>, seed),
            |seed| spill(bounded::<T>, seed),
            |seed| exact_capacity(bounded::<T>, seed),
            |seed| release(bounded::<T>, seed),
            |seed| placed_already(bounded::<T>, seed),
            |seed| bad_requests(bounded::<T>, seed),
        ],
    )
}

fn pair(solution: Build) -> Pair {
    Pair {
        solution,
        model: bounded_model,
    }
}

fn setup(draw: &mut Draw, servers: usize, epsilon_percent: u32) -> Setup {
    let points = 1 + draw.below(2);
    Setup {
        labelled: true,
        points: NonZeroU32::new(points as u32),
        bounded: Some((epsilon_percent, draw.servers(servers, points))),
    }
}

fn servers_of(setup: &Setup) -> &[String] {
    setup.bounded.as_ref().map_or(&[], |(_, servers)| servers)
}

/// Asks for the load of every server.
fn loads(setup: &Setup) -> impl Iterator<Item = Step> {
    servers_of(setup).iter().cloned().map(Step::Load)
}

/// Distinct keys around the servers' points, `count` of them at most.
fn some_keys(draw: &mut Draw, setup: &Setup, count: usize) -> Vec<Vec<u8>> {
    let mut keys = draw.keys_around(servers_of(setup));
    keys.truncate(count);
    keys
}

/// So much room that nothing ever spills.
const PLENTY_PERCENT: u32 = 100_000;

fn first_choice(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 150, 6, |draw, size| {
        let setup = setup(draw, size, PLENTY_PERCENT);
        let keys = some_keys(draw, &setup, 40);
        let steps = keys
            .into_iter()
            .map(Step::Assign)
            .chain(loads(&setup))
            .collect();
        Scenario { setup, steps }
    })?;
    agree(pair(subject), seed, 20, 10, |draw, size| {
        let points = NonZeroU32::new(1 + draw.below(10) as u32);
        let bounded = Some((PLENTY_PERCENT, draw.plain_servers(size)));
        let setup = Setup {
            labelled: false,
            points,
            bounded,
        };
        let keys = draw.plain_keys(40);
        let steps = keys
            .into_iter()
            .map(Step::Assign)
            .chain(loads(&setup))
            .collect();
        Scenario { setup, steps }
    })
}

/// ε = 0 and a multiple of the number of servers already placed would hide
/// rounding, so ε is large or zero and the walk is what is tried.
fn spill(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 200, 6, |draw, size| {
        let epsilon_percent = draw.one_of(&[0, 100]);
        let setup = setup(draw, size, epsilon_percent);
        let keys = some_keys(draw, &setup, 4 * size);
        let steps = keys
            .into_iter()
            .map(Step::Assign)
            .chain(loads(&setup))
            .collect();
        Scenario { setup, steps }
    })
}

/// Every pair of ε and number of servers, with keys that all want the same server
/// and so fill it to its capacity after each one. Drawing pairs at random would
/// miss the few where floating point rounds wrongly.
fn exact_capacity(subject: Build, seed: Seed) -> Verdict {
    for epsilon_percent in [0, 1, 5, 10, 12, 25, 33, 50, 100, 150] {
        for n_servers in 1..=5 {
            agree(pair(subject), seed, 1, 1, |draw, _| {
                let setup = setup(draw, n_servers, epsilon_percent);
                let steps = crowd(draw.below(100), 55).map(Step::Assign).collect();
                Scenario { setup, steps }
            })?;
        }
    }
    agree(pair(subject), seed, 3, 3, |draw, size| {
        let points = NonZeroU32::new(10);
        let bounded = Some((draw.one_of(&[5, 25, 60]), draw.plain_servers(4 * size)));
        let setup = Setup {
            labelled: false,
            points,
            bounded,
        };
        let keys = draw.plain_keys(200 * size);
        let steps = keys
            .into_iter()
            .map(Step::Assign)
            .chain(loads(&setup))
            .collect();
        Scenario { setup, steps }
    })
}

/// Distinct keys at one position: the label is what follows the `@`.
fn crowd(position: usize, count: usize) -> impl Iterator<Item = Vec<u8>> {
    (0..count).map(move |number| format!("{number}@{position}").into_bytes())
}

fn release(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 150, 24, |draw, size| {
        let (n_servers, epsilon_percent) = (1 + draw.below(4), draw.one_of(&[0, 25, 100]));
        let setup = setup(draw, n_servers, epsilon_percent);
        let fresh = some_keys(draw, &setup, size);
        let mut placed: Vec<Vec<u8>> = Vec::new();
        let mut steps = Vec::new();
        for key in fresh {
            steps.push(Step::Assign(key.clone()));
            placed.push(key);
            while !placed.is_empty() && draw.below(3) == 0 {
                let gone = placed.swap_remove(draw.below(placed.len()));
                steps.push(Step::Release(gone.clone()));
                steps.extend(loads(&setup));
                if draw.coin() {
                    steps.push(Step::Assign(gone.clone()));
                    placed.push(gone);
                }
            }
        }
        Scenario { setup, steps }
    })
}

fn placed_already(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 150, 12, |draw, size| {
        let (n_servers, epsilon_percent) = (1 + draw.below(4), draw.one_of(&[0, 25, 100]));
        let setup = setup(draw, n_servers, epsilon_percent);
        let keys = some_keys(draw, &setup, size);
        let mut steps = Vec::new();
        for (number, key) in keys.iter().enumerate() {
            steps.push(Step::Assign(key.clone()));
            steps.push(Step::Assign(keys[draw.below(number + 1)].clone()));
            steps.extend(loads(&setup));
        }
        Scenario { setup, steps }
    })
}

fn bad_requests(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 100, 10, |draw, size| {
        let n_servers = draw.below(3);
        let setup = setup(draw, n_servers, 25);
        let keys = some_keys(draw, &setup, 4);
        let mut steps = vec![Step::Load("stranger".to_owned())];
        for _ in 0..size {
            let key = draw.one_of(&keys);
            steps.push(if draw.coin() {
                Step::Assign(key)
            } else {
                Step::Release(key)
            });
            steps.extend(loads(&setup));
        }
        Scenario { setup, steps }
    })?;
    refuses_twice(subject, seed)
}

fn refuses_twice(subject: Build, seed: Seed) -> Verdict {
    let mut servers = Draw::new(seed).servers(2, 1);
    servers.push(servers[0].clone());
    let expected = format!("Err({:?})", RingError::duplicate(&servers[0]));
    let points = Some(NonZeroU32::MIN);
    let setup = Setup {
        labelled: true,
        points,
        bounded: Some((25, servers)),
    };
    match subject(&setup) {
        Err(refusal) if refusal == expected => Ok(()),
        refused_or_made => {
            let actual = refused_or_made.err().unwrap_or_else(|| "a ring".to_owned());
            Err(Counterexample::new(
                format!("Mine::new({setup})"),
                expected,
                actual,
            ))
        }
    }
}
