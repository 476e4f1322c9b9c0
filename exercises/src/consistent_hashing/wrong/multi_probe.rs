//! Wrong solutions of the exercise `multi_probe`.

use std::marker::PhantomData;
use std::num::NonZeroU32;

use crate::catalog::Wrong;
use crate::consistent_hashing::{MultiProbe, RingError, RingHash, checks, probe_position};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::consistent_hashing) const ALL: [Wrong; 11] = [
    of::<EndsAtTheTop>(
        "EndsAtTheTop",
        "A probe behind the last server finds nobody; the circle goes on at the first.",
        "one-probe",
    ),
    of::<Strict>(
        "Strict",
        "It looks for a point behind the probe and passes over one exactly on it.",
        "one-probe",
    ),
    of::<EitherWay>(
        "EitherWay",
        "It takes the nearest server in either direction; the way leads clockwise.",
        "one-probe",
    ),
    of::<FirstProbe>(
        "FirstProbe",
        "It uses the first probe only, so that it is a plain ring.",
        "nearest",
    ),
    of::<LastProbe>(
        "LastProbe",
        "It takes what the last probe finds, however far away that is.",
        "nearest",
    ),
    of::<Farthest>(
        "Farthest",
        "It takes the probe with the largest way.",
        "nearest",
    ),
    of::<OneTooMany>(
        "OneTooMany",
        "It counts probes to `probes` inclusive.",
        "nearest",
    ),
    of::<ProbesOfProbes>(
        "ProbesOfProbes",
        "It makes each probe from the one before it, instead of from the key's position.",
        "nearest",
    ),
    of::<LargerName>(
        "LargerName",
        "Of servers on one position the larger name wins.",
        "shared-position",
    ),
    of::<Unsorted>(
        "Unsorted",
        "A newcomer's point is put at the end, and a binary search needs sorted points.",
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
        checks: checks::multi_probe::all::<Flawed<F>>,
    }
}

type Points = Vec<(u64, String)>;

/// The parts of a ring with probes.
struct Parts {
    /// The probes of a key at a position, given their number.
    probes: fn(u64, u32) -> Vec<u64>,
    /// Index of the point that a probe finds.
    successor: fn(&Points, u64) -> Option<usize>,
    /// How well a way from probe to point does; the smallest wins, and of equals the
    /// first probe.
    rank: fn(u64) -> u64,
    sort: fn(&mut Points),
    refuses: bool,
}

const RIGHT: Parts = Parts {
    probes: |key, count| (0..count).map(|index| probe_position(key, index)).collect(),
    successor: |points, probe| {
        let found = points.partition_point(|(point, _)| *point < probe);
        let wrapped = if found < points.len() { found } else { 0 };
        (!points.is_empty()).then_some(wrapped)
    },
    rank: |way| way,
    sort: |points| points.sort(),
    refuses: true,
};

trait Flaw: 'static {
    const PARTS: Parts;
}

struct Flawed<F> {
    hash: RingHash,
    probes: u32,
    points: Points,
    flaw: PhantomData<F>,
}

impl<F: Flaw> Flawed<F> {
    fn is_there(&self, server: &str) -> bool {
        self.points.iter().any(|(_, name)| name == server)
    }
}

impl<F: Flaw> MultiProbe for Flawed<F> {
    fn new(hash: RingHash, probes: NonZeroU32) -> Self {
        Self {
            hash,
            probes: probes.get(),
            points: Points::new(),
            flaw: PhantomData,
        }
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        if self.is_there(server) {
            let refused = Err(RingError::duplicate(server));
            return if F::PARTS.refuses { refused } else { Ok(()) };
        }
        let point = self.hash.point(server, 0);
        self.points.push((point, server.to_owned()));
        (F::PARTS.sort)(&mut self.points);
        Ok(())
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        if F::PARTS.refuses && !self.is_there(server) {
            return Err(RingError::unknown(server));
        }
        self.points.retain(|(_, name)| name != server);
        Ok(())
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        let parts = F::PARTS;
        let probes = (parts.probes)(self.hash.key(key), self.probes).into_iter();
        let found = probes.filter_map(|probe| {
            let point = (parts.successor)(&self.points, probe)?;
            let way = self.points[point].0.wrapping_sub(probe);
            Some(((parts.rank)(way), point))
        });
        let (_, point) = found.min_by_key(|(rank, _)| *rank)?;
        Some(&self.points[point].1)
    }
}

struct EndsAtTheTop;
impl Flaw for EndsAtTheTop {
    const PARTS: Parts = Parts {
        successor: |points, probe| points.iter().position(|(point, _)| *point >= probe),
        ..RIGHT
    };
}

struct Strict;
impl Flaw for Strict {
    const PARTS: Parts = Parts {
        successor: |points, probe| (RIGHT.successor)(points, probe.wrapping_add(1)),
        ..RIGHT
    };
}

struct EitherWay;
impl Flaw for EitherWay {
    const PARTS: Parts = Parts {
        successor: |points, probe| {
            let way = |point: u64| point.wrapping_sub(probe).min(probe.wrapping_sub(point));
            (0..points.len()).min_by_key(|index| way(points[*index].0))
        },
        rank: |way| way.min(way.wrapping_neg()),
        ..RIGHT
    };
}

struct FirstProbe;
impl Flaw for FirstProbe {
    const PARTS: Parts = Parts {
        probes: |key, _| vec![key],
        ..RIGHT
    };
}

struct LastProbe;
impl Flaw for LastProbe {
    const PARTS: Parts = Parts {
        probes: |key, count| vec![probe_position(key, count - 1)],
        ..RIGHT
    };
}

struct Farthest;
impl Flaw for Farthest {
    const PARTS: Parts = Parts {
        rank: |way| u64::MAX - way,
        ..RIGHT
    };
}

struct OneTooMany;
impl Flaw for OneTooMany {
    const PARTS: Parts = Parts {
        // Right for a single probe, as such a mistake often is.
        probes: |key, count| (RIGHT.probes)(key, count + u32::from(count > 1)),
        ..RIGHT
    };
}

struct ProbesOfProbes;
impl Flaw for ProbesOfProbes {
    const PARTS: Parts = Parts {
        probes: |key, count| {
            let next = |probe: &u64| Some(probe_position(*probe, 1));
            std::iter::successors(Some(key), next)
                .take(count as usize)
                .collect()
        },
        ..RIGHT
    };
}

struct LargerName;
impl Flaw for LargerName {
    const PARTS: Parts = Parts {
        sort: |points| points.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.cmp(&one.1))),
        ..RIGHT
    };
}

struct Unsorted;
impl Flaw for Unsorted {
    const PARTS: Parts = Parts {
        sort: |_| {},
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
