//! Wrong solutions of the exercise `weighted_nodes`.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::num::NonZeroU32;

use crate::catalog::Wrong;
use crate::consistent_hashing::{RingError, RingHash, WeightedNodes, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::consistent_hashing) fn all() -> Vec<Wrong> {
    vec![
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
    ]
}

fn of<F: Flaw>(name: &'static str, diagnosis: &'static str, rejected_by: &'static str) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::weighted_nodes::all::<Flawed<F>>,
    }
}

/// What a wrong solution does otherwise; every default is right.
trait Flaw {
    /// Number of points of a server, given the weights of all.
    fn count(weight: u32, points_per_weight: u32, _weights: &BTreeMap<String, u32>) -> u32 {
        weight * points_per_weight
    }

    /// The weight that a server has after `set_weight`.
    fn new_weight(_old: u32, new: u32) -> u32 {
        new
    }

    /// How many of a leaving server's points are removed.
    fn removed(_points_per_weight: u32) -> usize {
        usize::MAX
    }

    /// Which of two servers on one position wins: the one with the smaller rank.
    fn rank(server: &str, _count: u32) -> (u32, String) {
        (0, server.to_owned())
    }

    const REFUSES_ZERO: bool = true;
    const ZERO_FIRST: bool = false;
}

/// A weighted ring with this flaw. The ring is put together anew after each change.
struct Flawed<F> {
    hash: RingHash,
    points_per_weight: u32,
    weights: BTreeMap<String, u32>,
    /// Points of servers that are gone.
    stale: Vec<(u64, String)>,
    flaw: PhantomData<F>,
}

impl<F: Flaw> Flawed<F> {
    fn refuse(&self, server: &str, weight: u32, present: bool) -> Result<(), RingError> {
        let zero = F::REFUSES_ZERO && weight == 0;
        if zero && F::ZERO_FIRST {
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
        let count = F::count(weight, self.points_per_weight, &self.weights);
        (0..count)
            .map(|index| self.hash.point(server, index))
            .collect()
    }
}

impl<F: Flaw> WeightedNodes for Flawed<F> {
    fn new(hash: RingHash, points_per_weight: NonZeroU32) -> Self {
        Self {
            hash,
            points_per_weight: points_per_weight.get(),
            weights: BTreeMap::new(),
            stale: Vec::new(),
            flaw: PhantomData,
        }
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
        *old = F::new_weight(*old, weight);
        Ok(())
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        let weight = self
            .weights
            .get(server)
            .copied()
            .ok_or_else(|| RingError::unknown(server))?;
        let left = self
            .positions(server, weight)
            .into_iter()
            .skip(F::removed(self.points_per_weight));
        self.stale
            .extend(left.map(|position| (position, server.to_owned())));
        self.weights.remove(server);
        Ok(())
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        let key = self.hash.key(key);
        let present = self.weights.iter().flat_map(|(server, weight)| {
            let positions = self.positions(server, *weight);
            let rank = F::rank(server, positions.len() as u32);
            positions
                .into_iter()
                .map(move |position| (position.wrapping_sub(key), rank.clone(), server.as_str()))
        });
        let gone = self.stale.iter().map(|(position, server)| {
            (
                position.wrapping_sub(key),
                (0, server.clone()),
                server.as_str(),
            )
        });
        present.chain(gone).min().map(|(_, _, server)| server)
    }
}

struct IgnoresWeight;
impl Flaw for IgnoresWeight {
    fn count(_: u32, points_per_weight: u32, _: &BTreeMap<String, u32>) -> u32 {
        points_per_weight
    }
}

struct ForgetsPointsPerWeight;
impl Flaw for ForgetsPointsPerWeight {
    fn count(weight: u32, _: u32, _: &BTreeMap<String, u32>) -> u32 {
        weight
    }
}

struct ShareOfTotal;
impl Flaw for ShareOfTotal {
    fn count(weight: u32, points_per_weight: u32, weights: &BTreeMap<String, u32>) -> u32 {
        let total: u32 = weights.values().sum();
        let whole = points_per_weight * weights.len() as u32;
        whole * weight / total.max(1)
    }
}

struct OnlyGrows;
impl Flaw for OnlyGrows {
    fn new_weight(old: u32, new: u32) -> u32 {
        old.max(new)
    }
}

struct AddsWeights;
impl Flaw for AddsWeights {
    fn new_weight(old: u32, new: u32) -> u32 {
        old + new
    }
}

struct LeavesLikeLight;
impl Flaw for LeavesLikeLight {
    fn removed(points_per_weight: u32) -> usize {
        points_per_weight as usize
    }
}

struct HeavierWins;
impl Flaw for HeavierWins {
    fn rank(server: &str, count: u32) -> (u32, String) {
        (u32::MAX - count, server.to_owned())
    }
}

struct AcceptsZero;
impl Flaw for AcceptsZero {
    const REFUSES_ZERO: bool = false;
}

struct ZeroFirst;
impl Flaw for ZeroFirst {
    const ZERO_FIRST: bool = true;
}
