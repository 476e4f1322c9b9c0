//! Checks of the exercise `rendezvous`.

use super::bid_model::bid_model;
use super::draw::Draw;
use super::machine::bidding;
use super::play::{Pair, agree};
use super::scenario::{Build, Scenario, Setup, Step};
use super::steps::{added, any_changes, asked, joining, leaving};
use crate::consistent_hashing::RendezvousHash;
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

const RULES: [Rule; 5] = [
    Rule {
        name: "highest-bid",
        text: "A key belongs to the server with the highest bid for it.",
        points: 3,
        section: "",
        hints: [
            "Ask every server, and keep the one that bids most.",
            "A bid is a function of two positions: `bid(hash.point(server, 0), hash.key(key))`, compared as `u64`.",
            "`self.servers.iter().max_by_key(|server| bid(self.hash.point(server, 0), self.hash.key(key)))`",
        ],
    },
    Rule {
        name: "equal-bids",
        text: "Of servers with equal bids the one with the smaller name owns the key, whoever came first.",
        points: 1,
        section: "",
        hints: [
            "Servers whose names hash alike bid alike. Which of two equal values does `max_by_key` keep?",
            "`max_by_key` keeps the last of equals, and `sort_by_key` leaves equals in their order.",
            "Keep names sorted and search from the last to the first, or compare pairs `(bid, Reverse(name))`.",
        ],
    },
    Rule {
        name: "copies",
        text: "The copies of a key are on its highest bidders, the highest first, and on no server twice.",
        points: 2,
        section: "",
        hints: [
            "The second copy goes to whoever would own the key if the owner left.",
            "Sort the servers by their bids for this key, from high to low, and take as many as asked for.",
            "`ranked.sort_by_key(|server| Reverse(bid(…)))`, then `ranked.truncate(count)`",
        ],
    },
    Rule {
        name: "come-and-go",
        text: "A server that joins takes the keys for which it bids most, one that leaves gives its own away, and no other key moves.",
        points: 2,
        section: "",
        hints: [
            "Does a server's bid depend on anything but its own name and the key?",
            "A server's place in your list changes when another leaves; its name does not.",
            "Bid with `hash.point(server, 0)`, never with an index.",
        ],
    },
    Rule {
        name: "bad-requests",
        text: "Without servers no key has an owner; a server added twice or removed while unknown is refused, and changes nothing.",
        points: 2,
        section: "",
        hints: [
            "Read the table in the contract's documentation: each bad request has its own answer.",
            "Look whether the server is there before you change anything.",
            "`return Err(RingError::duplicate(server))`, `return Err(RingError::unknown(server))`, and `?` on the `Option` of `max_by_key`.",
        ],
    },
];

/// The checks of a solution of [`RendezvousHash`].
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{Rendezvous, checks};
///
/// for check in checks::rendezvous::all::<Rendezvous>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: RendezvousHash + 'static>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| highest_bid(bidding::<T>, seed),
            |seed| equal_bids(bidding::<T>, seed),
            |seed| copies(bidding::<T>, seed),
            |seed| come_and_go(bidding::<T>, seed),
            |seed| bad_requests(bidding::<T>, seed),
        ],
    )
}

fn pair(solution: Build) -> Pair {
    Pair {
        solution,
        model: bid_model,
    }
}

/// Servers that join in the order of their names, so that only the bids are hard.
fn highest_bid(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 60, 8, |draw, size| {
        let mut servers = draw.servers(size, 1);
        servers.sort();
        let keys = draw.keys_around(&servers);
        Scenario {
            setup: LABELLED,
            steps: added(&servers).chain(asked(keys)).collect(),
        }
    })?;
    agree(pair(subject), seed, 20, 12, |draw, size| {
        let mut servers = draw.plain_servers(size);
        servers.sort();
        let keys = draw.plain_keys(20);
        Scenario {
            setup: XXH3,
            steps: added(&servers).chain(asked(keys)).collect(),
        }
    })
}

/// Labelled servers on one position bid alike for every key.
fn equal_bids(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 80, 5, |draw, size| {
        let servers = draw.crowded_servers(size + 1, 1);
        let keys = draw.keys_around(&servers);
        let steps = added(&servers).chain(asked(keys.clone()));
        let copies = keys.iter().map(|key| Step::Replicas(key.clone(), size + 1));
        Scenario {
            setup: LABELLED,
            steps: steps.chain(copies).collect(),
        }
    })
}

fn copies(subject: Build, seed: Seed) -> Verdict {
    agree(pair(subject), seed, 60, 6, |draw, size| {
        // With size 1 there is nobody.
        let servers = draw.servers(size - 1, 1);
        let keys = draw.keys_around(&servers);
        let counts = [0, 1, 2, size - 1, size + 3, 1000];
        let asked = counts.into_iter().flat_map(|count| {
            keys.iter()
                .map(move |key| Step::Replicas(key.clone(), count))
        });
        Scenario {
            setup: LABELLED,
            steps: added(&servers).chain(asked).collect(),
        }
    })
}

fn come_and_go(subject: Build, seed: Seed) -> Verdict {
    let changes = |draw: &mut Draw, servers: Vec<String>, keys: Vec<Vec<u8>>| {
        let mut steps = joining(&servers, &keys);
        steps.extend(leaving(draw, servers, &keys));
        steps.extend(keys.into_iter().map(|key| Step::Replicas(key, 2)));
        steps
    };
    agree(pair(subject), seed, 40, 6, |draw, size| {
        let servers = draw.servers(size + 1, 1);
        let keys = draw.keys_around(&servers);
        Scenario {
            setup: LABELLED,
            steps: changes(draw, servers, keys),
        }
    })?;
    agree(pair(subject), seed, 10, 10, |draw, size| {
        let servers = draw.plain_servers(size + 1);
        let keys = draw.plain_keys(20);
        Scenario {
            setup: XXH3,
            steps: changes(draw, servers, keys),
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
