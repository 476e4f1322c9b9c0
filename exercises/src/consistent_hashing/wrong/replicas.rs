//! Wrong solutions of the exercise `replicas`.

use std::collections::BTreeSet;
use std::marker::PhantomData;
use std::num::NonZeroU32;

use crate::catalog::Wrong;
use crate::consistent_hashing::{Circle, Replicas, RingError, RingHash, VirtualNodes, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::consistent_hashing) fn all() -> Vec<Wrong> {
    vec![
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
    ]
}

fn of<F: Flaw>(name: &'static str, diagnosis: &'static str, rejected_by: &'static str) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::replicas::all::<Flawed<F>>,
    }
}

/// How a wrong solution walks the circle from a position.
trait Flaw {
    fn replicas(circle: &Circle, position: u64, count: usize) -> Vec<&str>;

    const REMEMBERS_LEAVERS: bool = false;
}

/// A right ring whose walk has this flaw.
struct Flawed<F> {
    hash: RingHash,
    points_per_server: NonZeroU32,
    circle: Circle,
    walked: Circle,
    flaw: PhantomData<F>,
}

impl<F: Flaw> VirtualNodes for Flawed<F> {
    fn new(hash: RingHash, points_per_server: NonZeroU32) -> Self {
        Self {
            hash,
            points_per_server,
            circle: Circle::default(),
            walked: Circle::default(),
            flaw: PhantomData,
        }
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        let positions =
            (0..self.points_per_server.get()).map(|index| self.hash.point(server, index));
        self.circle.insert(server, positions.clone())?;
        if !self.walked.contains(server) {
            self.walked.insert(server, positions)?;
        }
        Ok(())
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        self.circle.remove(server)?;
        if !F::REMEMBERS_LEAVERS {
            self.walked.remove(server)?;
        }
        Ok(())
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        self.circle.owner_at(self.hash.key(key))
    }
}

impl<F: Flaw> Replicas for Flawed<F> {
    fn replicas(&self, key: &[u8], count: usize) -> Vec<&str> {
        F::replicas(&self.walked, self.hash.key(key), count)
    }
}

/// Each server where it is met first.
fn distinct<'a>(walk: impl Iterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    let mut met = BTreeSet::new();
    walk.filter(move |server| met.insert(*server))
}

struct NextPoints;
impl Flaw for NextPoints {
    fn replicas(circle: &Circle, position: u64, count: usize) -> Vec<&str> {
        circle.clockwise(position).take(count).collect()
    }
}

struct DedupsNeighbours;
impl Flaw for DedupsNeighbours {
    fn replicas(circle: &Circle, position: u64, count: usize) -> Vec<&str> {
        let mut walk: Vec<&str> = circle.clockwise(position).collect();
        walk.dedup();
        walk.truncate(count);
        walk
    }
}

struct StopsShort;
impl Flaw for StopsShort {
    fn replicas(circle: &Circle, position: u64, count: usize) -> Vec<&str> {
        distinct(circle.clockwise(position).take(count)).collect()
    }
}

struct AtLeastOne;
impl Flaw for AtLeastOne {
    fn replicas(circle: &Circle, position: u64, count: usize) -> Vec<&str> {
        distinct(circle.clockwise(position))
            .take(count.max(1))
            .collect()
    }
}

struct StartsOver;
impl Flaw for StartsOver {
    fn replicas(circle: &Circle, position: u64, count: usize) -> Vec<&str> {
        let servers: Vec<&str> = distinct(circle.clockwise(position)).collect();
        // Ten copies at most, else the list would not end for a huge count.
        servers
            .iter()
            .copied()
            .cycle()
            .take(count.min(servers.len() + 10))
            .collect()
    }
}

struct EndsAtTheTop;
impl Flaw for EndsAtTheTop {
    fn replicas(circle: &Circle, position: u64, count: usize) -> Vec<&str> {
        let rest = circle.points().filter(|(point, _)| *point >= position);
        distinct(rest.map(|(_, server)| server))
            .take(count)
            .collect()
    }
}

struct SkipsOwner;
impl Flaw for SkipsOwner {
    fn replicas(circle: &Circle, position: u64, count: usize) -> Vec<&str> {
        distinct(circle.clockwise(position))
            .skip(1)
            .take(count)
            .collect()
    }
}

struct ByName;
impl Flaw for ByName {
    fn replicas(circle: &Circle, position: u64, count: usize) -> Vec<&str> {
        let Some(owner) = circle.owner_at(position) else {
            return Vec::new();
        };
        let names = circle.servers().iter().map(String::as_str);
        let from_owner = names.clone().skip_while(|name| *name != owner);
        distinct(from_owner.chain(names)).take(count).collect()
    }
}

struct HashesAgain;
impl Flaw for HashesAgain {
    fn replicas(circle: &Circle, position: u64, count: usize) -> Vec<&str> {
        let count = count.min(circle.servers().len());
        let again = (0..).map(|copy: u64| {
            RingHash::XXH3.key(&(position, copy).0.wrapping_add(copy).to_le_bytes())
        });
        let owners = again.filter_map(|position| circle.owner_at(position));
        distinct(
            circle
                .owner_at(position)
                .into_iter()
                .chain(owners.take(1000)),
        )
        .take(count)
        .collect()
    }
}

struct RemembersLeavers;
impl Flaw for RemembersLeavers {
    fn replicas(circle: &Circle, position: u64, count: usize) -> Vec<&str> {
        distinct(circle.clockwise(position)).take(count).collect()
    }

    const REMEMBERS_LEAVERS: bool = true;
}
