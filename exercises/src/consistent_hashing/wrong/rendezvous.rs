//! Wrong solutions of the exercise `rendezvous`.

use std::cmp::Reverse;
use std::marker::PhantomData;

use crate::catalog::Wrong;
use crate::consistent_hashing::{RendezvousHash, RingError, RingHash, bid, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::consistent_hashing) const ALL: [Wrong; 12] = [
    of::<LowestBid>("LowestBid", "It takes the lowest bid.", "highest-bid"),
    of::<SignedBids>(
        "SignedBids",
        "It compares bids as signed numbers, so that the upper half of them counts as negative.",
        "highest-bid",
    ),
    of::<HalfBids>(
        "HalfBids",
        "It compares only half of the bits of a bid.",
        "highest-bid",
    ),
    of::<Swapped>(
        "Swapped",
        "It calls `bid` with the key's position first: the same two numbers, and another bid.",
        "highest-bid",
    ),
    of::<Clockwise>(
        "Clockwise",
        "It takes the next server clockwise, as on a ring; here every server bids.",
        "highest-bid",
    ),
    of::<LargerName>(
        "LargerName",
        "Of equal bids it takes the larger name: `max_by_key` keeps the last of equals.",
        "equal-bids",
    ),
    of::<FirstCome>(
        "FirstCome",
        "Of equal bids it takes the server that came first, which two clients may see differently.",
        "equal-bids",
    ),
    of::<CopiesByName>(
        "CopiesByName",
        "Behind the owner come the next servers by name, so one server takes all the load of another.",
        "copies",
    ),
    of::<LowestFirst>(
        "LowestFirst",
        "It takes the right servers, and lists the lowest bid first.",
        "copies",
    ),
    of::<AtLeastOne>(
        "AtLeastOne",
        "It takes the owner before it counts, so 0 copies are one.",
        "copies",
    ),
    of::<BidsByIndex>(
        "BidsByIndex",
        "A server bids with its place in the list, and that changes when another comes or goes.",
        "come-and-go",
    ),
    of::<Forgives>(
        "Forgives",
        "It refuses nothing: adding twice and removing nobody are both fine.",
        "bad-requests",
    ),
];

const fn of<F: Flaw>(
    name: &'static str,
    diagnosis: &'static str,
    rejected_by: &'static str,
) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::rendezvous::all::<Flawed<F>>,
    }
}

/// A server as its flaws see it.
struct Bidder<'a> {
    name: &'a str,
    position: u64,
    /// Its place among the names.
    index: u64,
    /// How many came before it.
    arrival: usize,
}

/// The parts of rendezvous hashing.
struct Parts {
    /// What a server bids for the key at a position.
    bid: fn(&Bidder<'_>, u64) -> u64,
    /// Sorts equal bids, the winner first.
    ties: fn(&mut Vec<Bidder<'_>>),
    /// The servers for `count` copies, of all servers from the highest bid to the lowest.
    copies: for<'a> fn(Vec<&'a str>, usize) -> Vec<&'a str>,
    refuses: bool,
}

const RIGHT: Parts = Parts {
    bid: |bidder, key| bid(bidder.position, key),
    ties: |bidders| bidders.sort_by_key(|bidder| bidder.index),
    copies: |ranked, count| ranked.into_iter().take(count).collect(),
    refuses: true,
};

trait Flaw: 'static {
    const PARTS: Parts;
}

struct Flawed<F> {
    hash: RingHash,
    /// In the order in which they came.
    servers: Vec<String>,
    flaw: PhantomData<F>,
}

impl<F: Flaw> Flawed<F> {
    fn ranked(&self, key: &[u8]) -> Vec<&str> {
        let key = self.hash.key(key);
        let bidder = |(arrival, name): (usize, &String)| Bidder {
            index: self.servers.iter().filter(|other| *other < name).count() as u64,
            position: self.hash.point(name, 0),
            arrival,
            // The lifetime is the list's.
            name: self.servers[arrival].as_str(),
        };
        let mut bidders: Vec<Bidder<'_>> = self.servers.iter().enumerate().map(bidder).collect();
        (F::PARTS.ties)(&mut bidders);
        // Stable, so that ties stay sorted.
        bidders.sort_by_key(|bidder| Reverse((F::PARTS.bid)(bidder, key)));
        bidders.into_iter().map(|bidder| bidder.name).collect()
    }

    fn place(&self, server: &str) -> Option<usize> {
        self.servers.iter().position(|name| name == server)
    }
}

impl<F: Flaw> RendezvousHash for Flawed<F> {
    fn new(hash: RingHash) -> Self {
        Self {
            hash,
            servers: Vec::new(),
            flaw: PhantomData,
        }
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        match self.place(server) {
            Some(_) if F::PARTS.refuses => return Err(RingError::duplicate(server)),
            Some(_) => {}
            None => self.servers.push(server.to_owned()),
        }
        Ok(())
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        match self.place(server) {
            None if F::PARTS.refuses => return Err(RingError::unknown(server)),
            None => {}
            Some(place) => drop(self.servers.remove(place)),
        }
        Ok(())
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        self.ranked(key).first().copied()
    }

    fn replicas(&self, key: &[u8], count: usize) -> Vec<&str> {
        (F::PARTS.copies)(self.ranked(key), count)
    }
}

struct LowestBid;
impl Flaw for LowestBid {
    const PARTS: Parts = Parts {
        bid: |bidder, key| u64::MAX - bid(bidder.position, key),
        ..RIGHT
    };
}

struct SignedBids;
impl Flaw for SignedBids {
    const PARTS: Parts = Parts {
        // The order of signed numbers among unsigned ones.
        bid: |bidder, key| bid(bidder.position, key) ^ (1 << 63),
        ..RIGHT
    };
}

struct HalfBids;
impl Flaw for HalfBids {
    const PARTS: Parts = Parts {
        bid: |bidder, key| bid(bidder.position, key) & u64::from(u32::MAX),
        ..RIGHT
    };
}

struct Swapped;
impl Flaw for Swapped {
    const PARTS: Parts = Parts {
        bid: |bidder, key| bid(key, bidder.position),
        ..RIGHT
    };
}

struct Clockwise;
impl Flaw for Clockwise {
    const PARTS: Parts = Parts {
        bid: |bidder, key| u64::MAX - bidder.position.wrapping_sub(key),
        ..RIGHT
    };
}

struct LargerName;
impl Flaw for LargerName {
    const PARTS: Parts = Parts {
        ties: |bidders| bidders.sort_by_key(|bidder| Reverse(bidder.index)),
        ..RIGHT
    };
}

struct FirstCome;
impl Flaw for FirstCome {
    const PARTS: Parts = Parts {
        ties: |bidders| bidders.sort_by_key(|bidder| bidder.arrival),
        ..RIGHT
    };
}

struct CopiesByName;
impl Flaw for CopiesByName {
    const PARTS: Parts = Parts {
        copies: |ranked, count| {
            let owner = ranked.first().copied();
            let mut names = ranked;
            names.sort_unstable();
            let start = names.iter().position(|name| Some(*name) == owner);
            names.rotate_left(start.unwrap_or(0));
            names.truncate(count);
            names
        },
        ..RIGHT
    };
}

struct LowestFirst;
impl Flaw for LowestFirst {
    const PARTS: Parts = Parts {
        copies: |ranked, count| {
            let mut copies = (RIGHT.copies)(ranked, count);
            copies.reverse();
            copies
        },
        ..RIGHT
    };
}

struct AtLeastOne;
impl Flaw for AtLeastOne {
    const PARTS: Parts = Parts {
        copies: |ranked, count| (RIGHT.copies)(ranked, count.max(1)),
        ..RIGHT
    };
}

struct BidsByIndex;
impl Flaw for BidsByIndex {
    const PARTS: Parts = Parts {
        bid: |bidder, key| bid(bidder.index, key),
        ..RIGHT
    };
}

struct Forgives;
impl Flaw for Forgives {
    const PARTS: Parts = Parts {
        refuses: false,
        ..RIGHT
    };
}
