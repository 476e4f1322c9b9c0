//! The rules of the contracts, searched the slow and obvious way.
//!
//! It shares no line with the references, so that a mistake in one shows up as a
//! difference. Every lookup looks at every point.

use std::collections::BTreeMap;

use super::scenario::{Answer, Machine, Setup, Step};
use crate::consistent_hashing::{RingError, RingHash};

/// The model of a plain ring.
pub(super) fn model(setup: &Setup) -> Result<Box<dyn Machine>, String> {
    Ok(Box::new(Model::new(setup)))
}

/// The model of bounded loads.
pub(super) fn bounded_model(setup: &Setup) -> Result<Box<dyn Machine>, String> {
    let mut ring = Model::new(setup);
    let (epsilon_percent, servers) = setup.bounded.clone().unwrap_or_default();
    for server in &servers {
        ring.add(server, 1).map_err(|refusal| refusal.to_string())?;
    }
    let places = Vec::new();
    Ok(Box::new(BoundedModel {
        ring,
        epsilon_percent,
        places,
    }))
}

/// A ring as its rules state it.
struct Model {
    hash: RingHash,
    points_per_weight: u32,
    positions: BTreeMap<String, Vec<u64>>,
    /// The racks of servers that were added with one.
    racks: BTreeMap<String, String>,
}

impl Model {
    fn new(setup: &Setup) -> Self {
        Self {
            hash: setup.hash(),
            points_per_weight: setup.point_count().get(),
            positions: BTreeMap::new(),
            racks: BTreeMap::new(),
        }
    }

    fn add(&mut self, server: &str, weight: u32) -> Result<(), RingError> {
        if self.positions.contains_key(server) {
            return Err(RingError::duplicate(server));
        }
        self.put(server, weight)
    }

    fn set_weight(&mut self, server: &str, weight: u32) -> Result<(), RingError> {
        if !self.positions.contains_key(server) {
            return Err(RingError::unknown(server));
        }
        self.put(server, weight)
    }

    fn put(&mut self, server: &str, weight: u32) -> Result<(), RingError> {
        if weight == 0 {
            return Err(RingError::zero_weight(server));
        }
        let indices = 0..weight * self.points_per_weight;
        let positions = indices
            .map(|index| self.hash.point(server, index))
            .collect();
        self.positions.insert(server.to_owned(), positions);
        Ok(())
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        let removed = self.positions.remove(server);
        removed.map(drop).ok_or_else(|| RingError::unknown(server))
    }

    fn add_in_rack(&mut self, server: &str, rack: &str) -> Result<(), RingError> {
        self.add(server, 1)?;
        self.racks.insert(server.to_owned(), rack.to_owned());
        Ok(())
    }

    /// The servers met clockwise: first each that is the first of its rack, then the
    /// others. Where nobody has a rack, everybody is alone in one.
    fn chosen_from(&self, key: &[u8]) -> Vec<&str> {
        let met = self.met_from(key);
        let rack = |server: &str| self.racks.get(server);
        let is_first = |index: usize| {
            let before = &met[..index];
            rack(met[index]).is_none_or(|own| before.iter().all(|other| rack(other) != Some(own)))
        };
        let of = |wanted: bool| (0..met.len()).filter(move |index| is_first(*index) == wanted);
        of(true).chain(of(false)).map(|index| met[index]).collect()
    }

    /// All servers in the order in which they are met clockwise from `key`: each
    /// is met at the nearest of its points, and on one position the smaller name
    /// comes first.
    fn met_from(&self, key: &[u8]) -> Vec<&str> {
        let start = self.hash.key(key);
        let mut met: Vec<(u64, &str)> = self
            .positions
            .iter()
            .filter_map(|(server, positions)| {
                let distances = positions
                    .iter()
                    .map(|position| position.wrapping_sub(start));
                Some((distances.min()?, server.as_str()))
            })
            .collect();
        met.sort_unstable();
        met.into_iter().map(|(_, server)| server).collect()
    }
}

impl Machine for Model {
    fn apply(&mut self, step: &Step) -> Answer {
        match step {
            Step::Add(server) => Answer::Done(self.add(server, 1)),
            Step::AddWeighted(server, weight) => Answer::Done(self.add(server, *weight)),
            Step::SetWeight(server, weight) => Answer::Done(self.set_weight(server, *weight)),
            Step::AddInRack(server, rack) => Answer::Done(self.add_in_rack(server, rack)),
            Step::Remove(server) => Answer::Done(self.remove(server)),
            Step::Owner(key) => Answer::Server(
                self.met_from(key)
                    .first()
                    .map(|server| (*server).to_owned()),
            ),
            Step::Replicas(key, count) => {
                let mut met = self.chosen_from(key);
                met.truncate(*count);
                Answer::Servers(met.into_iter().map(str::to_owned).collect())
            }
            other => unreachable!("a plain ring has no {other}"),
        }
    }
}

/// Bounded loads as their rules state them: nothing is remembered but where each
/// key is; loads are counted anew for every question.
struct BoundedModel {
    ring: Model,
    epsilon_percent: u32,
    places: Vec<(Vec<u8>, String)>,
}

impl BoundedModel {
    fn load(&self, server: &str) -> usize {
        self.places
            .iter()
            .filter(|(_, place)| place == server)
            .count()
    }

    /// Whether `load` more keys than none fit: `load < ⌈(100 + ε) · m / (100 · n)⌉`.
    /// A whole number is below a ceiling exactly if it is below the fraction.
    fn has_room(&self, load: usize, keys: usize) -> bool {
        let servers = self.ring.positions.len() as u128;
        let allowed = (100 + u128::from(self.epsilon_percent)) * keys as u128;
        load as u128 * 100 * servers < allowed
    }

    fn assign(&mut self, key: &[u8]) -> Result<String, RingError> {
        if let Some((_, place)) = self.places.iter().find(|(placed, _)| placed == key) {
            return Ok(place.clone());
        }
        let keys = self.places.len() + 1;
        let met = self.ring.met_from(key);
        let mut with_room = met
            .iter()
            .filter(|server| self.has_room(self.load(server), keys));
        let server = (*with_room.next().ok_or(RingError::NoServers)?).to_owned();
        self.places.push((key.to_owned(), server.clone()));
        Ok(server)
    }

    fn release(&mut self, key: &[u8]) -> Result<(), RingError> {
        let place = self.places.iter().position(|(placed, _)| placed == key);
        self.places
            .remove(place.ok_or_else(|| RingError::unknown_key(key))?);
        Ok(())
    }
}

impl Machine for BoundedModel {
    fn apply(&mut self, step: &Step) -> Answer {
        match step {
            Step::Assign(key) => Answer::Placed(self.assign(key)),
            Step::Release(key) => Answer::Done(self.release(key)),
            Step::Load(server) => {
                let known = self.ring.positions.contains_key(server);
                Answer::Load(known.then(|| self.load(server)))
            }
            other => unreachable!("bounded loads have no {other}"),
        }
    }
}
