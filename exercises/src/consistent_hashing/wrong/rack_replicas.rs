//! Wrong solutions of the exercise `rack_replicas`.

use std::collections::{BTreeMap, BTreeSet};
use std::marker::PhantomData;
use std::num::NonZeroU32;

use crate::catalog::Wrong;
use crate::consistent_hashing::{Circle, RackReplicas, RingError, RingHash, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::consistent_hashing) const ALL: [Wrong; 12] = [
    of::<IgnoresRacks>(
        "IgnoresRacks",
        "It takes the next servers wherever they stand, so that one rack may hold all copies.",
        "racks-first",
    ),
    of::<LastRackOnly>(
        "LastRackOnly",
        "It compares with the rack of the last chosen server only; a rack comes again behind another.",
        "racks-first",
    ),
    of::<RacksByName>(
        "RacksByName",
        "It goes through the racks by name instead of clockwise: the same racks come first for every key.",
        "racks-first",
    ),
    of::<OneARack>(
        "OneARack",
        "It stops when every rack has a copy, though more are asked for.",
        "then-servers",
    ),
    of::<InWalkOrder>(
        "InWalkOrder",
        "It chooses the right servers and then lists them as they are met, so the first of another rack is not next in line.",
        "then-servers",
    ),
    of::<StartsOver>(
        "StartsOver",
        "Once every rack has a copy it takes the next servers from where the walk stopped, not those that were passed over first.",
        "then-servers",
    ),
    of::<SecondRound>(
        "SecondRound",
        "It fills up with a second server of each rack, and then a third: the order asked for is that in which servers are met.",
        "then-servers",
    ),
    of::<CountsPoints>(
        "CountsPoints",
        "It passes over points and not servers, so a server with many points comes twice.",
        "enough",
    ),
    of::<AtLeastOne>(
        "AtLeastOne",
        "It chooses before it counts, so 0 copies are one.",
        "enough",
    ),
    of::<FirstRackStays>(
        "FirstRackStays",
        "A server that comes back is still in the rack where it was first.",
        "moving-house",
    ),
    of::<RemembersLeavers>(
        "RemembersLeavers",
        "`remove` leaves the server's points on the ring.",
        "moving-house",
    ),
    of::<MovesTheRack>(
        "MovesTheRack",
        "A refused `add` has put the server into the new rack all the same.",
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
        checks: checks::rack_replicas::all::<Flawed<F>>,
    }
}

type Racks = BTreeMap<String, String>;

/// The parts of a ring with racks.
struct Parts {
    /// The servers for `count` copies, given the server of every point, clockwise from
    /// the key.
    choose: for<'a> fn(&[&'a str], &Racks, usize) -> Vec<&'a str>,
    forgets_racks: bool,
    removes_points: bool,
    sets_rack_first: bool,
}

const RIGHT: Parts = Parts {
    choose: |walk, racks, count| {
        let (first, passed) = parted(&met(walk), racks);
        first.into_iter().chain(passed).take(count).collect()
    },
    forgets_racks: true,
    removes_points: true,
    sets_rack_first: false,
};

/// Each server where it is met first.
fn met<'a>(walk: &[&'a str]) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    let new = walk.iter().filter(|server| seen.insert(**server));
    new.copied().collect()
}

/// The first server of each rack, and the others.
fn parted<'a>(met: &[&'a str], racks: &Racks) -> (Vec<&'a str>, Vec<&'a str>) {
    let mut seen = BTreeSet::new();
    met.iter().partition(|server| seen.insert(&racks[**server]))
}

trait Flaw: 'static {
    const PARTS: Parts;
}

struct Flawed<F> {
    hash: RingHash,
    points_per_server: u32,
    circle: Circle,
    racks: Racks,
    /// Servers that have left, as the contract sees it.
    gone: BTreeSet<String>,
    flaw: PhantomData<F>,
}

impl<F: Flaw> Flawed<F> {
    fn is_there(&self, server: &str) -> bool {
        self.circle.contains(server) && !self.gone.contains(server)
    }
}

impl<F: Flaw> RackReplicas for Flawed<F> {
    fn new(hash: RingHash, points_per_server: NonZeroU32) -> Self {
        Self {
            hash,
            points_per_server: points_per_server.get(),
            circle: Circle::default(),
            racks: Racks::new(),
            gone: BTreeSet::new(),
            flaw: PhantomData,
        }
    }

    fn add(&mut self, server: &str, rack: &str) -> Result<(), RingError> {
        if F::PARTS.sets_rack_first {
            self.racks.insert(server.to_owned(), rack.to_owned());
        }
        if self.is_there(server) {
            return Err(RingError::duplicate(server));
        }
        if !self.gone.remove(server) {
            let positions = (0..self.points_per_server).map(|index| self.hash.point(server, index));
            self.circle.insert(server, positions)?;
        }
        self.racks
            .entry(server.to_owned())
            .or_insert_with(|| rack.to_owned());
        Ok(())
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        if !self.is_there(server) {
            return Err(RingError::unknown(server));
        }
        if F::PARTS.forgets_racks && F::PARTS.removes_points {
            self.racks.remove(server);
        }
        if F::PARTS.removes_points {
            return self.circle.remove(server);
        }
        self.gone.insert(server.to_owned());
        Ok(())
    }

    fn replicas(&self, key: &[u8], count: usize) -> Vec<&str> {
        let walk: Vec<&str> = self.circle.clockwise(self.hash.key(key)).collect();
        (F::PARTS.choose)(&walk, &self.racks, count)
    }
}

struct IgnoresRacks;
impl Flaw for IgnoresRacks {
    const PARTS: Parts = Parts {
        choose: |walk, _, count| met(walk).into_iter().take(count).collect(),
        ..RIGHT
    };
}

struct LastRackOnly;
impl Flaw for LastRackOnly {
    const PARTS: Parts = Parts {
        choose: |walk, racks, count| {
            let (mut first, mut passed) = (Vec::new(), Vec::new());
            for server in met(walk) {
                let same = first
                    .last()
                    .is_some_and(|last: &&str| racks[*last] == racks[server]);
                if same {
                    passed.push(server);
                } else {
                    first.push(server);
                }
            }
            first.into_iter().chain(passed).take(count).collect()
        },
        ..RIGHT
    };
}

struct RacksByName;
impl Flaw for RacksByName {
    const PARTS: Parts = Parts {
        choose: |walk, racks, count| {
            let (mut first, passed) = parted(&met(walk), racks);
            first.sort_by_key(|server| &racks[*server]);
            first.into_iter().chain(passed).take(count).collect()
        },
        ..RIGHT
    };
}

struct OneARack;
impl Flaw for OneARack {
    const PARTS: Parts = Parts {
        choose: |walk, racks, count| {
            let (first, _) = parted(&met(walk), racks);
            first.into_iter().take(count).collect()
        },
        ..RIGHT
    };
}

struct InWalkOrder;
impl Flaw for InWalkOrder {
    const PARTS: Parts = Parts {
        choose: |walk, racks, count| {
            let chosen = (RIGHT.choose)(walk, racks, count);
            let all = met(walk).into_iter();
            all.filter(|server| chosen.contains(server)).collect()
        },
        ..RIGHT
    };
}

struct StartsOver;
impl Flaw for StartsOver {
    const PARTS: Parts = Parts {
        choose: |walk, racks, count| {
            let met = met(walk);
            let (first, mut passed) = parted(&met, racks);
            let stopped = met.iter().position(|server| first.last() == Some(server));
            let before = &met[..stopped.unwrap_or(0)];
            // Stable: those behind the place where the walk stopped come first.
            passed.sort_by_key(|server| before.contains(server));
            first.into_iter().chain(passed).take(count).collect()
        },
        ..RIGHT
    };
}

struct SecondRound;
impl Flaw for SecondRound {
    const PARTS: Parts = Parts {
        choose: |walk, racks, count| {
            let mut rest = met(walk);
            let mut chosen = Vec::new();
            while !rest.is_empty() {
                let (first, passed) = parted(&rest, racks);
                chosen.extend(first);
                rest = passed;
            }
            chosen.truncate(count);
            chosen
        },
        ..RIGHT
    };
}

struct CountsPoints;
impl Flaw for CountsPoints {
    const PARTS: Parts = Parts {
        choose: |walk, racks, count| {
            let (first, passed) = parted(walk, racks);
            first.into_iter().chain(passed).take(count).collect()
        },
        ..RIGHT
    };
}

struct AtLeastOne;
impl Flaw for AtLeastOne {
    const PARTS: Parts = Parts {
        choose: |walk, racks, count| (RIGHT.choose)(walk, racks, count.max(1)),
        ..RIGHT
    };
}

struct FirstRackStays;
impl Flaw for FirstRackStays {
    const PARTS: Parts = Parts {
        forgets_racks: false,
        ..RIGHT
    };
}

struct RemembersLeavers;
impl Flaw for RemembersLeavers {
    const PARTS: Parts = Parts {
        removes_points: false,
        ..RIGHT
    };
}

struct MovesTheRack;
impl Flaw for MovesTheRack {
    const PARTS: Parts = Parts {
        sets_rack_first: true,
        ..RIGHT
    };
}
