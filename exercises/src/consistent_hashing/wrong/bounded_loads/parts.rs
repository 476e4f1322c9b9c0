//! A right bounded ring, with the places where it can go wrong as [`Parts`].

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::num::NonZeroU32;

use crate::consistent_hashing::{BoundedLoads, Circle, RingError, RingHash};

pub(super) type Loads = BTreeMap<String, usize>;

/// The parts of a bounded ring; see [`crate::consistent_hashing::wrong::flawed::Parts`].
pub(super) struct Parts {
    /// What a server may hold: from ε in per cent, the keys with the new one, and
    /// the servers.
    pub(super) capacity: fn(usize, usize, usize) -> usize,
    /// The server that takes a key, given the servers of the points clockwise, the
    /// loads and the capacity.
    pub(super) choose: for<'a> fn(&[&'a str], &Loads, usize) -> Option<&'a str>,
    pub(super) lowers_load: bool,
    pub(super) stops_counting: bool,
    pub(super) knows_placed_keys: bool,
    pub(super) places_again: bool,
    pub(super) refuses_twice: bool,
    pub(super) refuses_unknown_keys: bool,
    pub(super) knows_servers: bool,
}

pub(super) const RIGHT: Parts = Parts {
    capacity: |percent, keys, servers| ((100 + percent) * keys).div_ceil(100 * servers),
    choose: |walk, loads, capacity| {
        walk.iter()
            .copied()
            .find(|server| loads[*server] < capacity)
    },
    lowers_load: true,
    stops_counting: true,
    knows_placed_keys: true,
    places_again: false,
    refuses_twice: true,
    refuses_unknown_keys: true,
    knows_servers: true,
};

pub(super) trait Flaw: 'static {
    const PARTS: Parts;
}

pub(super) struct Flawed<F> {
    ring: Ring,
    flaw: PhantomData<F>,
}

struct Ring {
    parts: Parts,
    hash: RingHash,
    epsilon_percent: u32,
    circle: Circle,
    loads: Loads,
    placed: BTreeMap<Vec<u8>, String>,
    keys: usize,
}

impl Ring {
    fn new(
        parts: Parts,
        hash: RingHash,
        points_per_server: NonZeroU32,
        epsilon_percent: u32,
        servers: &[&str],
    ) -> Result<Self, RingError> {
        let mut circle = Circle::default();
        for server in servers {
            if !parts.refuses_twice && circle.contains(server) {
                continue;
            }
            let indices = 0..points_per_server.get();
            circle.insert(server, indices.map(|index| hash.point(server, index)))?;
        }
        let loads = servers
            .iter()
            .map(|server| ((*server).to_owned(), 0))
            .collect();
        let placed = BTreeMap::new();
        Ok(Self {
            parts,
            hash,
            epsilon_percent,
            circle,
            loads,
            placed,
            keys: 0,
        })
    }

    fn assign(&mut self, key: &[u8]) -> Result<String, RingError> {
        if self.parts.places_again && self.placed.contains_key(key) {
            self.release(key)?;
        }
        if let Some(server) = self
            .placed
            .get(key)
            .filter(|_| self.parts.knows_placed_keys)
        {
            return Ok(server.clone());
        }
        let walk: Vec<&str> = self.circle.clockwise(self.hash.key(key)).collect();
        if walk.is_empty() {
            return Err(RingError::NoServers);
        }
        let percent = self.epsilon_percent as usize;
        let capacity = (self.parts.capacity)(percent, self.keys + 1, self.loads.len());
        let chosen = (self.parts.choose)(&walk, &self.loads, capacity);
        let server = chosen.ok_or(RingError::NoServers)?.to_owned();
        *self
            .loads
            .get_mut(&server)
            .expect("points belong to servers") += 1;
        self.keys += 1;
        self.placed.insert(key.to_owned(), server.clone());
        Ok(server)
    }

    fn release(&mut self, key: &[u8]) -> Result<(), RingError> {
        let Some(server) = self.placed.remove(key) else {
            let refusal = Err(RingError::unknown_key(key));
            return if self.parts.refuses_unknown_keys {
                refusal
            } else {
                Ok(())
            };
        };
        self.keys -= usize::from(self.parts.stops_counting);
        if self.parts.lowers_load {
            *self.loads.get_mut(&server).expect("keys are on servers") -= 1;
        }
        Ok(())
    }

    fn load(&self, server: &str) -> Option<usize> {
        let known = self.loads.get(server).copied();
        if self.parts.knows_servers {
            known
        } else {
            Some(known.unwrap_or(0))
        }
    }
}

impl<F: Flaw> BoundedLoads for Flawed<F> {
    fn new(
        hash: RingHash,
        points_per_server: NonZeroU32,
        epsilon_percent: u32,
        servers: &[&str],
    ) -> Result<Self, RingError> {
        let ring = Ring::new(F::PARTS, hash, points_per_server, epsilon_percent, servers)?;
        Ok(Self {
            ring,
            flaw: PhantomData,
        })
    }

    fn assign(&mut self, key: &[u8]) -> Result<String, RingError> {
        self.ring.assign(key)
    }

    fn release(&mut self, key: &[u8]) -> Result<(), RingError> {
        self.ring.release(key)
    }

    fn load(&self, server: &str) -> Option<usize> {
        self.ring.load(server)
    }
}
