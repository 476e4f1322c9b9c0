//! Wrong solutions of the exercise `weighted_nodes`.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::num::NonZeroU32;

use crate::catalog::Wrong;
use crate::consistent_hashing::{RingError, RingHash, WeightedNodes, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::consistent_hashing) const ALL: [Wrong; 9] = [
    of::<IgnoresWeight>(
        "IgnoresWeight",
        "Every server has the points of weight 1.",
        "points-by-weight",
    ),
    of::<ForgetsPointsPerWeight>(
        "ForgetsPointsPerWeight",
        "A server of weight w has w points, whatever a unit of weight is worth.",
        "points-by-weight",
    ),
    of::<ShareOfTotal>(
        "ShareOfTotal",
        "Points are a share of a fixed total, rounded down: beside a giant a small server has none, and each change of a weight changes everybody's points.",
        "points-by-weight",
    ),
    of::<OnlyGrows>(
        "OnlyGrows",
        "A lower weight keeps the points of the higher one.",
        "set-weight",
    ),
    of::<AddsWeights>(
        "AddsWeights",
        "`set_weight` adds to the old weight instead of replacing it.",
        "set-weight",
    ),
    of::<LeavesLikeLight>(
        "LeavesLikeLight",
        "A leaving server takes the points of weight 1 with it; a heavy one leaves the rest behind.",
        "leave",
    ),
    of::<HeavierWins>(
        "HeavierWins",
        "On a shared position the server that joined with more points wins, not the smaller name.",
        "shared-position",
    ),
    of::<AcceptsZero>(
        "AcceptsZero",
        "Weight 0 is answered with `Ok` and makes a server that is there and owns nothing.",
        "bad-requests",
    ),
    of::<ZeroFirst>(
        "ZeroFirst",
        "Weight 0 is reported before the duplicate or unknown server.",
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
        checks: checks::weighted_nodes::all::<Flawed<F>>,
    }
}

/// The parts of a weighted ring; see [`super::flawed::Parts`].
struct Parts {
    /// Number of points of a server: its weight, the points a unit, and all weights.
    count: fn(u32, u32, &Weights) -> u32,
    /// The weight after `set_weight`: from the old and the new.
    new_weight: fn(u32, u32) -> u32,
    /// How many of a leaving server's points are removed, given the points a unit.
    removed: fn(u32) -> usize,
    /// On one position the server with the smallest of these wins: from its number
    /// of points.
    rank: fn(usize) -> usize,
    refuses_zero: bool,
    zero_first: bool,
}

const RIGHT: Parts = Parts {
    count: |weight, points_per_weight, _| weight * points_per_weight,
    new_weight: |_, new| new,
    removed: |_| usize::MAX,
    rank: |_| 0,
    refuses_zero: true,
    zero_first: false,
};

type Weights = BTreeMap<String, u32>;

trait Flaw: 'static {
    const PARTS: Parts;
}

struct Flawed<F> {
    ring: Ring,
    flaw: PhantomData<F>,
}

/// Nothing but the weights; points are computed at each question.
struct Ring {
    parts: Parts,
    hash: RingHash,
    points_per_weight: u32,
    weights: Weights,
    /// Points of servers that are gone.
    stale: Vec<(u64, String)>,
}

impl Ring {
    fn refuse(&self, server: &str, weight: u32, present: bool) -> Result<(), RingError> {
        let zero = self.parts.refuses_zero && weight == 0;
        if zero && self.parts.zero_first {
            return Err(RingError::zero_weight(server));
        }
        match (self.weights.contains_key(server), present) {
            (true, false) => Err(RingError::duplicate(server)),
            (false, true) => Err(RingError::unknown(server)),
            _ if zero => Err(RingError::zero_weight(server)),
            _ => Ok(()),
        }
    }

    fn positions(&self, server: &str, weight: u32) -> Vec<u64> {
        let count = (self.parts.count)(weight, self.points_per_weight, &self.weights);
        (0..count)
            .map(|index| self.hash.point(server, index))
            .collect()
    }

    fn add(&mut self, server: &str, weight: u32) -> Result<(), RingError> {
        self.refuse(server, weight, false)?;
        self.weights.insert(server.to_owned(), weight);
        Ok(())
    }

    fn set_weight(&mut self, server: &str, weight: u32) -> Result<(), RingError> {
        self.refuse(server, weight, true)?;
        let old = self
            .weights
            .get_mut(server)
            .expect("unknown servers were refused");
        *old = (self.parts.new_weight)(*old, weight);
        Ok(())
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        let weight = self.weights.get(server).copied();
        let positions = self.positions(server, weight.ok_or_else(|| RingError::unknown(server))?);
        let left = positions
            .into_iter()
            .skip((self.parts.removed)(self.points_per_weight));
        self.stale
            .extend(left.map(|position| (position, server.to_owned())));
        self.weights.remove(server);
        Ok(())
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        let key = self.hash.key(key);
        let mut nearest = None;
        for (server, weight) in &self.weights {
            let positions = self.positions(server, *weight);
            let rank = (self.parts.rank)(positions.len());
            let distances = positions.iter().map(|position| position.wrapping_sub(key));
            let own = distances
                .min()
                .map(|distance| (distance, rank, server.as_str()));
            nearest = nearest.into_iter().chain(own).min();
        }
        let gone = self
            .stale
            .iter()
            .map(|(position, server)| (position.wrapping_sub(key), 0, server.as_str()));
        nearest
            .into_iter()
            .chain(gone)
            .min()
            .map(|(_, _, server)| server)
    }
}

impl<F: Flaw> WeightedNodes for Flawed<F> {
    fn new(hash: RingHash, points_per_weight: NonZeroU32) -> Self {
        let ring = Ring {
            parts: F::PARTS,
            hash,
            points_per_weight: points_per_weight.get(),
            weights: Weights::new(),
            stale: Vec::new(),
        };
        Self {
            ring,
            flaw: PhantomData,
        }
    }

    fn add(&mut self, server: &str, weight: u32) -> Result<(), RingError> {
        self.ring.add(server, weight)
    }

    fn set_weight(&mut self, server: &str, weight: u32) -> Result<(), RingError> {
        self.ring.set_weight(server, weight)
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        self.ring.remove(server)
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        self.ring.owner(key)
    }
}

struct IgnoresWeight;
impl Flaw for IgnoresWeight {
    const PARTS: Parts = Parts {
        count: |_, points_per_weight, _| points_per_weight,
        ..RIGHT
    };
}

struct ForgetsPointsPerWeight;
impl Flaw for ForgetsPointsPerWeight {
    const PARTS: Parts = Parts {
        count: |weight, _, _| weight,
        ..RIGHT
    };
}

struct ShareOfTotal;
impl Flaw for ShareOfTotal {
    const PARTS: Parts = Parts {
        count: |weight, points_per_weight, weights| {
            let total: u32 = weights.values().sum();
            points_per_weight * weights.len() as u32 * weight / total.max(1)
        },
        ..RIGHT
    };
}

struct OnlyGrows;
impl Flaw for OnlyGrows {
    const PARTS: Parts = Parts {
        new_weight: u32::max,
        ..RIGHT
    };
}

struct AddsWeights;
impl Flaw for AddsWeights {
    const PARTS: Parts = Parts {
        new_weight: |old, new| old + new,
        ..RIGHT
    };
}

struct LeavesLikeLight;
impl Flaw for LeavesLikeLight {
    const PARTS: Parts = Parts {
        removed: |points_per_weight| points_per_weight as usize,
        ..RIGHT
    };
}

struct HeavierWins;
impl Flaw for HeavierWins {
    const PARTS: Parts = Parts {
        rank: |n_points| usize::MAX - n_points,
        ..RIGHT
    };
}

struct AcceptsZero;
impl Flaw for AcceptsZero {
    const PARTS: Parts = Parts {
        refuses_zero: false,
        ..RIGHT
    };
}

struct ZeroFirst;
impl Flaw for ZeroFirst {
    const PARTS: Parts = Parts {
        zero_first: true,
        ..RIGHT
    };
}
