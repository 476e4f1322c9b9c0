//! Wrong solutions of the exercise `replicas`.

use std::collections::BTreeSet;
use std::marker::PhantomData;
use std::num::NonZeroU32;

use crate::catalog::Wrong;
use crate::consistent_hashing::{Circle, Replicas, RingError, RingHash, VirtualNodes, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::consistent_hashing) const ALL: [Wrong; 12] = [
    of::<NextPoints>(
        "NextPoints",
        "It takes the next points and not the next servers, so two copies may land on one machine.",
        "distinct",
    ),
    of::<DedupsNeighbours>(
        "DedupsNeighbours",
        "`dedup` removes a server only next to itself; it comes again when another server lies between.",
        "distinct",
    ),
    of::<StopsShort>(
        "StopsShort",
        "It looks at `count` points and drops the repetitions, so there are fewer copies than asked for.",
        "enough",
    ),
    of::<AtLeastOne>(
        "AtLeastOne",
        "It pushes before it tests, so 0 copies are one.",
        "enough",
    ),
    of::<StartsOver>(
        "StartsOver",
        "With more copies than servers it begins the list again, so a server comes twice.",
        "enough",
    ),
    of::<EndsAtTheTop>(
        "EndsAtTheTop",
        "The walk ends at the last point of the list instead of going on at the first.",
        "wrap-around",
    ),
    of::<SkipsOwner>(
        "SkipsOwner",
        "The list begins behind the owner, as if it held the other copies only.",
        "clockwise",
    ),
    of::<ByName>(
        "ByName",
        "Behind the owner come the next servers by name: then one server's neighbour takes all its load.",
        "clockwise",
    ),
    of::<HashesAgain>(
        "HashesAgain",
        "Each copy hashes the key with its number; when servers change, copies move that could have stayed.",
        "clockwise",
    ),
    of::<RemembersLeavers>(
        "RemembersLeavers",
        "`replicas` walks a ring from which leaving servers are not removed.",
        "leave",
    ),
    of::<OwnerBehind>(
        "OwnerBehind",
        "`owner` answers with the server of the point before the key, and the copies begin at the one after it.",
        "still-a-ring",
    ),
    of::<Forgives>(
        "Forgives",
        "The ring under `replicas` refuses nothing: adding twice and removing nobody are both fine.",
        "still-a-ring",
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
        checks: checks::replicas::all::<Flawed<F>>,
    }
}

/// The parts of a ring that copies; see [`super::flawed::Parts`].
struct Parts {
    /// The servers for `count` copies of the key at a position.
    replicas: fn(&Circle, u64, usize) -> Vec<&str>,
    remembers_leavers: bool,
    owner: fn(&Circle, u64) -> Option<&str>,
    refuses: bool,
}

const RIGHT: Parts = Parts {
    replicas: |circle, position, count| distinct(circle.clockwise(position)).take(count).collect(),
    remembers_leavers: false,
    owner: |circle, position| circle.owner_at(position),
    refuses: true,
};

trait Flaw: 'static {
    const PARTS: Parts;
}

struct Flawed<F> {
    ring: Ring,
    flaw: PhantomData<F>,
}

struct Ring {
    hash: RingHash,
    points_per_server: u32,
    circle: Circle,
    /// Where copies are looked for.
    walked: Circle,
}

impl Ring {
    fn add(&mut self, server: &str) -> Result<(), RingError> {
        let positions = (0..self.points_per_server).map(|index| self.hash.point(server, index));
        self.circle.insert(server, positions.clone())?;
        if !self.walked.contains(server) {
            self.walked.insert(server, positions)?;
        }
        Ok(())
    }

    fn remove(&mut self, server: &str, remembers: bool) -> Result<(), RingError> {
        self.circle.remove(server)?;
        if remembers {
            Ok(())
        } else {
            self.walked.remove(server)
        }
    }
}

impl<F: Flaw> VirtualNodes for Flawed<F> {
    fn new(hash: RingHash, points_per_server: NonZeroU32) -> Self {
        let ring = Ring {
            hash,
            points_per_server: points_per_server.get(),
            circle: Circle::default(),
            walked: Circle::default(),
        };
        Self {
            ring,
            flaw: PhantomData,
        }
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        let added = self.ring.add(server);
        if F::PARTS.refuses { added } else { Ok(()) }
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        let removed = self.ring.remove(server, F::PARTS.remembers_leavers);
        if F::PARTS.refuses { removed } else { Ok(()) }
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        (F::PARTS.owner)(&self.ring.circle, self.ring.hash.key(key))
    }
}

impl<F: Flaw> Replicas for Flawed<F> {
    fn replicas(&self, key: &[u8], count: usize) -> Vec<&str> {
        (F::PARTS.replicas)(&self.ring.walked, self.ring.hash.key(key), count)
    }
}

/// Each server where it is met first.
fn distinct<'a>(walk: impl Iterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    let mut met = BTreeSet::new();
    walk.filter(move |server| met.insert(*server))
}

struct NextPoints;
impl Flaw for NextPoints {
    const PARTS: Parts = Parts {
        replicas: |circle, position, count| circle.clockwise(position).take(count).collect(),
        ..RIGHT
    };
}

struct DedupsNeighbours;
impl Flaw for DedupsNeighbours {
    const PARTS: Parts = Parts {
        replicas: |circle, position, count| {
            let mut walk: Vec<&str> = circle.clockwise(position).collect();
            walk.dedup();
            walk.truncate(count);
            walk
        },
        ..RIGHT
    };
}

struct StopsShort;
impl Flaw for StopsShort {
    const PARTS: Parts = Parts {
        replicas: |circle, position, count| {
            distinct(circle.clockwise(position).take(count)).collect()
        },
        ..RIGHT
    };
}

struct AtLeastOne;
impl Flaw for AtLeastOne {
    const PARTS: Parts = Parts {
        replicas: |circle, position, count| {
            distinct(circle.clockwise(position))
                .take(count.max(1))
                .collect()
        },
        ..RIGHT
    };
}

struct StartsOver;
impl Flaw for StartsOver {
    const PARTS: Parts = Parts {
        replicas: |circle, position, count| {
            let servers: Vec<&str> = distinct(circle.clockwise(position)).collect();
            // Ten more at most, else the list would not end for a huge count.
            let count = count.min(servers.len() + 10);
            servers.iter().copied().cycle().take(count).collect()
        },
        ..RIGHT
    };
}

struct EndsAtTheTop;
impl Flaw for EndsAtTheTop {
    const PARTS: Parts = Parts {
        replicas: |circle, position, count| {
            let rest = circle.points().filter(|(point, _)| *point >= position);
            distinct(rest.map(|(_, server)| server))
                .take(count)
                .collect()
        },
        ..RIGHT
    };
}

struct SkipsOwner;
impl Flaw for SkipsOwner {
    const PARTS: Parts = Parts {
        replicas: |circle, position, count| {
            distinct(circle.clockwise(position))
                .skip(1)
                .take(count)
                .collect()
        },
        ..RIGHT
    };
}

struct ByName;
impl Flaw for ByName {
    const PARTS: Parts = Parts {
        replicas: |circle, position, count| {
            let owner = circle.owner_at(position);
            let names = circle.servers().iter().map(String::as_str);
            let from_owner = names.clone().skip_while(|name| Some(*name) != owner);
            distinct(from_owner.chain(names)).take(count).collect()
        },
        ..RIGHT
    };
}

struct HashesAgain;
impl Flaw for HashesAgain {
    const PARTS: Parts = Parts {
        replicas: |circle, position, count| {
            let again = |copy: u64| RingHash::XXH3.key(&position.wrapping_add(copy).to_le_bytes());
            let copies = (0..1000).filter_map(|copy| circle.owner_at(again(copy)));
            distinct(circle.owner_at(position).into_iter().chain(copies))
                .take(count)
                .collect()
        },
        ..RIGHT
    };
}

struct RemembersLeavers;
impl Flaw for RemembersLeavers {
    const PARTS: Parts = Parts {
        remembers_leavers: true,
        ..RIGHT
    };
}

struct OwnerBehind;
impl Flaw for OwnerBehind {
    const PARTS: Parts = Parts {
        owner: |circle, position| circle.clockwise(position).last(),
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
