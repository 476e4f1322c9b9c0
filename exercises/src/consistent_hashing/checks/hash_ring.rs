//! Checks of the exercise `hash_ring`.

use super::draw::{Draw, labels, position_of};
use super::machine::one_point;
use super::model::model;
use super::play::{Pair, agree};
use super::scenario::{Build, Scenario, Setup};
use super::steps::{added, any_changes, asked, joining, leaving};
use crate::consistent_hashing::HashRing;
use crate::grade::kit::Rule;
use crate::grade::{Check, Seed, Verdict};

const LABELLED: Setup = Setup {
    labelled: true,
    points: None,
    bounded: None,
};
const XXH3: Setup = Setup {
    labelled: false,
    points: None,
    bounded: None,
};

const RULES: [Rule; 6] = [
    Rule {
        name: "successor",
        text: "A key belongs to the first server at or after its position, clockwise.",
        points: 2,
        section: "",
        hints: [
            "Ask the hash that `new` was given for both positions, and compare positions, not names.",
            "Keep pairs of position and server sorted by position; the owner is the first whose position is not smaller than the key's.",
            "`let i = points.partition_point(|(p, _)| *p < self.hash.key(key));` and the owner is `points[i]`.",
        ],
    },
    Rule {
        name: "wrap-around",
        text: "Behind the last server the circle starts again at the first.",
        points: 1,
        section: "",
        hints: [
            "What does your search find for a key behind every server?",
            "A search that finds nothing means: take the first server of the circle.",
            "`points.get(i).or_else(|| points.first())`",
        ],
    },
    Rule {
        name: "join",
        text: "A server that joins takes over the keys between its predecessor and itself, in whatever order servers come; no other key moves.",
        points: 2,
        section: "a-server-joins-a-server-leaves",
        hints: [
            "Add servers from the largest position to the smallest: does your search still hold?",
            "A binary search needs sorted points, so a new point goes where it belongs, not to the end.",
            "`match points.binary_search(&point) { Ok(_) => …, Err(place) => points.insert(place, point) }`, or a `BTreeSet<(u64, String)>`.",
        ],
    },
    Rule {
        name: "leave",
        text: "When a server leaves, its keys go to the next server clockwise and no other key moves.",
        points: 2,
        section: "a-server-joins-a-server-leaves",
        hints: [
            "After `remove`, is anything left that still names the server?",
            "Remove exactly the one point that belongs to this server, and keep the rest in order.",
            "Look up `(self.hash.point(server, 0), server.to_owned())` and remove that entry; `retain(|(_, s)| s != server)` does it too.",
        ],
    },
    Rule {
        name: "shared-position",
        text: "Where servers share a position, the one with the smaller name owns it, and the others are still there when it leaves.",
        points: 1,
        section: "",
        hints: [
            "A map from position to one server forgets a server when two land on the same position.",
            "Make the server part of what you sort by: position first, then name.",
            "Tuples compare that way already: sort or search `(u64, String)` pairs.",
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

/// The checks of a solution of [`HashRing`].
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{Ring, checks};
///
/// for check in checks::hash_ring::all::<Ring>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: HashRing + 'static>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| successor(one_point::<T>, seed),
            |seed| wrap_around(one_point::<T>, seed),
            |seed| join(one_point::<T>, seed),
            |seed| leave(one_point::<T>, seed),
            |seed| shared_position(one_point::<T>, seed),
            |seed| bad_requests(one_point::<T>, seed),
        ],
    )
}

fn pair(solution: Build) -> Pair {
    Pair { solution, model }
}

/// Servers of labelled rings, from the smallest position to the largest, so that
/// only the question asked is hard.
fn in_order(draw: &mut Draw, size: usize) -> Vec<String> {
    let mut servers = draw.servers(size.min(6), 1);
    servers.sort_by_key(|server| labels(server).next());
    servers
}

fn successor(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 200, 8, |draw, size| {
        let servers = in_order(draw, size);
        let last = servers.last().and_then(|server| labels(server).next());
        let mut keys = draw.keys_around(&servers);
        keys.retain(|key| position_of(key) <= last);
        Scenario {
            setup: LABELLED,
            steps: added(&servers).chain(asked(keys)).collect(),
        }
    })
}

fn wrap_around(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 200, 8, |draw, size| {
        let servers = in_order(draw, size);
        let keys = draw.keys_around(&servers);
        Scenario {
            setup: LABELLED,
            steps: added(&servers).chain(asked(keys)).collect(),
        }
    })
}

fn join(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 80, 8, |draw, size| {
        let servers = draw.servers(size, 1);
        let keys = draw.keys_around(&servers);
        Scenario {
            setup: LABELLED,
            steps: joining(&servers, &keys),
        }
    })?;
    agree(pair(subject), seed, 20, 30, |draw, size| {
        let servers = draw.plain_servers(size);
        let keys = draw.plain_keys(40);
        Scenario {
            setup: XXH3,
            steps: added(&servers).chain(asked(keys)).collect(),
        }
    })
}

fn leave(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 80, 7, |draw, size| {
        let servers = draw.servers(size + 1, 1);
        let keys = draw.keys_around(&servers);
        let steps = added(&servers)
            .chain(leaving(draw, servers.clone(), &keys))
            .collect();
        Scenario {
            setup: LABELLED,
            steps,
        }
    })?;
    agree(pair(subject), seed, 10, 16, |draw, size| {
        let servers = draw.plain_servers(size + 1);
        let keys = draw.plain_keys(20);
        let steps = added(&servers)
            .chain(leaving(draw, servers.clone(), &keys))
            .collect();
        Scenario { setup: XXH3, steps }
    })
}

fn shared_position(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 80, 5, |draw, size| {
        let servers = draw.crowded_servers(size + 1, 1);
        let keys = draw.keys_around(&servers);
        let mut steps = joining(&servers, &keys);
        steps.extend(leaving(draw, servers, &keys));
        Scenario {
            setup: LABELLED,
            steps,
        }
    })
}

fn bad_requests(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 80, 12, |draw, size| {
        let servers = draw.servers(3, 1);
        Scenario {
            setup: LABELLED,
            steps: any_changes(draw, &servers, size),
        }
    })
}
