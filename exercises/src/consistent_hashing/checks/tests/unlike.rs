//! Right solutions that share nothing with the references but the contract: other
//! containers, other searches, everything computed when it is asked for.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::num::NonZeroU32;

use super::{SEEDS, passes};
use crate::consistent_hashing::{
    BoundedLoads, HashRing, Replicas, RingError, RingHash, VirtualNodes, WeightedNodes, checks,
};
use crate::grade::Check;

#[track_caller]
fn check(checks: Vec<Check>) {
    for check in checks {
        for seed in SEEDS {
            assert!(passes(&check, seed), "{}, seed {seed}", check.name);
        }
    }
}

/// A tree of pairs, searched by range.
struct Tree {
    hash: RingHash,
    count: u32,
    points: BTreeSet<(u64, String)>,
}

impl Tree {
    fn pairs(&self, server: &str) -> Vec<(u64, String)> {
        (0..self.count)
            .map(|index| (self.hash.point(server, index), server.to_owned()))
            .collect()
    }

    fn is_there(&self, server: &str) -> bool {
        self.points
            .contains(&(self.hash.point(server, 0), server.to_owned()))
    }
}

impl VirtualNodes for Tree {
    fn new(hash: RingHash, points_per_server: NonZeroU32) -> Self {
        Self {
            hash,
            count: points_per_server.get(),
            points: BTreeSet::new(),
        }
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        if self.is_there(server) {
            return Err(RingError::duplicate(server));
        }
        self.points.extend(self.pairs(server));
        Ok(())
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        if !self.is_there(server) {
            return Err(RingError::unknown(server));
        }
        for pair in self.pairs(server) {
            self.points.remove(&pair);
        }
        Ok(())
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        let from = (self.hash.key(key), String::new());
        let found = self
            .points
            .range(from..)
            .next()
            .or_else(|| self.points.first());
        found.map(|(_, server)| server.as_str())
    }
}

impl Replicas for Tree {
    fn replicas(&self, key: &[u8], count: usize) -> Vec<&str> {
        let from = (self.hash.key(key), String::new());
        let turn = self
            .points
            .range(from.clone()..)
            .chain(self.points.range(..from));
        let mut seen = BTreeSet::new();
        turn.map(|(_, server)| server.as_str())
            .filter(|server| seen.insert(*server))
            .take(count)
            .collect()
    }
}

impl HashRing for Tree {
    fn new(hash: RingHash) -> Self {
        <Self as VirtualNodes>::new(hash, NonZeroU32::MIN)
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        VirtualNodes::add(self, server)
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        VirtualNodes::remove(self, server)
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        VirtualNodes::owner(self, key)
    }
}

/// Names and weights only; points are computed at each question.
struct Lazy {
    hash: RingHash,
    per_weight: u32,
    weights: HashMap<String, u32>,
}

impl WeightedNodes for Lazy {
    fn new(hash: RingHash, points_per_weight: NonZeroU32) -> Self {
        Self {
            hash,
            per_weight: points_per_weight.get(),
            weights: HashMap::new(),
        }
    }

    fn add(&mut self, server: &str, weight: u32) -> Result<(), RingError> {
        match (self.weights.contains_key(server), weight) {
            (true, _) => return Err(RingError::duplicate(server)),
            (false, 0) => return Err(RingError::zero_weight(server)),
            _ => self.weights.insert(server.to_owned(), weight),
        };
        Ok(())
    }

    fn set_weight(&mut self, server: &str, weight: u32) -> Result<(), RingError> {
        let known = self
            .weights
            .get_mut(server)
            .ok_or_else(|| RingError::unknown(server))?;
        if weight == 0 {
            return Err(RingError::zero_weight(server));
        }
        *known = weight;
        Ok(())
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        self.weights
            .remove(server)
            .map(drop)
            .ok_or_else(|| RingError::unknown(server))
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        let key = self.hash.key(key);
        let nearest = |server: &str, weight: u32| {
            let points = (0..weight * self.per_weight).map(|index| self.hash.point(server, index));
            points.map(|point| point.wrapping_sub(key)).min()
        };
        let servers = self.weights.iter();
        let found = servers.min_by_key(|(server, weight)| (nearest(server, **weight), *server))?;
        Some(found.0)
    }
}

/// A list of slots: the names of the keys are the load.
struct Slots {
    hash: RingHash,
    percent: u128,
    points: Vec<(u64, String)>,
    slots: BTreeMap<String, Vec<Vec<u8>>>,
}

impl BoundedLoads for Slots {
    fn new(
        hash: RingHash,
        points_per_server: NonZeroU32,
        epsilon_percent: u32,
        servers: &[&str],
    ) -> Result<Self, RingError> {
        let mut ring = Self {
            hash,
            percent: 100 + u128::from(epsilon_percent),
            points: Vec::new(),
            slots: BTreeMap::new(),
        };
        for server in servers {
            if ring
                .slots
                .insert((*server).to_owned(), Vec::new())
                .is_some()
            {
                return Err(RingError::duplicate(server));
            }
            let indices = 0..points_per_server.get();
            ring.points
                .extend(indices.map(|index| (hash.point(server, index), (*server).to_owned())));
        }
        ring.points.sort();
        Ok(ring)
    }

    fn assign(&mut self, key: &[u8]) -> Result<String, RingError> {
        let holds = |(_, keys): &(&String, &Vec<Vec<u8>>)| keys.iter().any(|held| held == key);
        if let Some((server, _)) = self.slots.iter().find(holds) {
            return Ok(server.clone());
        }
        let keys = 1 + self.slots.values().map(Vec::len).sum::<usize>() as u128;
        let position = self.hash.key(key);
        let mut order: Vec<&(u64, String)> = self.points.iter().collect();
        order.sort_by_key(|(point, name)| (point.wrapping_sub(position), name));
        for (_, server) in order {
            // One more would still be at most the ceiling, hence below the fraction plus one.
            let load = self.slots[server].len() as u128;
            if load * 100 * (self.slots.len() as u128) < self.percent * keys {
                let server = server.clone();
                self.slots
                    .entry(server.clone())
                    .or_default()
                    .push(key.to_owned());
                return Ok(server);
            }
        }
        Err(RingError::NoServers)
    }

    fn release(&mut self, key: &[u8]) -> Result<(), RingError> {
        for keys in self.slots.values_mut() {
            if let Some(place) = keys.iter().position(|held| held == key) {
                keys.remove(place);
                return Ok(());
            }
        }
        Err(RingError::unknown_key(key))
    }

    fn load(&self, server: &str) -> Option<usize> {
        self.slots.get(server).map(Vec::len)
    }
}

#[test]
fn a_tree_searched_by_range_passes() {
    check(checks::hash_ring::all::<Tree>());
    check(checks::virtual_nodes::all::<Tree>());
    check(checks::replicas::all::<Tree>());
}

#[test]
fn weights_without_any_stored_point_pass() {
    check(checks::weighted_nodes::all::<Lazy>());
}

#[test]
fn loads_that_are_lists_of_keys_pass() {
    check(checks::bounded_loads::all::<Slots>());
}
