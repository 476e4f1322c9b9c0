//! Another solution of *Bounded loads*: each server has the list of its keys.
//!
//! The reference counts loads and remembers in a map where each key is. Here the lists
//! are all there is: a load is a length, and a key is found by looking. Who has room is
//! decided without a division, by comparing what a division would have compared.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use exercises::consistent_hashing::{BoundedLoads, RingError, RingHash, checks};

struct Mine {
    hash: RingHash,
    /// Mean load and what is allowed above it, in per cent of the mean.
    percent: u128,
    points: Vec<(u64, String)>,
    held: BTreeMap<String, Vec<Vec<u8>>>,
}

impl Mine {
    /// Whether a server of this load may take one of `keys` keys.
    fn has_room(&self, load: usize, keys: usize) -> bool {
        // `load < ⌈a / b⌉` is `load · b < a` for whole numbers.
        let servers = self.held.len() as u128;
        load as u128 * 100 * servers < self.percent * keys as u128
    }

    /// The server whose list has the key.
    fn holder(&self, key: &[u8]) -> Option<&String> {
        let holds = |keys: &Vec<Vec<u8>>| keys.iter().any(|held| held == key);
        let mut servers = self.held.iter().filter(|(_, keys)| holds(keys));
        servers.next().map(|(server, _)| server)
    }
}

impl BoundedLoads for Mine {
    fn new(
        hash: RingHash,
        points_per_server: NonZeroU32,
        epsilon_percent: u32,
        servers: &[&str],
    ) -> Result<Self, RingError> {
        let mut points = Vec::new();
        let mut held = BTreeMap::new();
        for &server in servers {
            if held.insert(server.to_owned(), Vec::new()).is_some() {
                return Err(RingError::duplicate(server));
            }
            let indices = 0..points_per_server.get();
            points.extend(indices.map(|index| (hash.point(server, index), server.to_owned())));
        }
        let percent = 100 + u128::from(epsilon_percent);
        Ok(Self {
            hash,
            percent,
            points,
            held,
        })
    }

    fn assign(&mut self, key: &[u8]) -> Result<String, RingError> {
        if let Some(server) = self.holder(key) {
            return Ok(server.clone());
        }
        let keys = 1 + self.held.values().map(Vec::len).sum::<usize>();
        let position = self.hash.key(key);
        let nearest = self
            .points
            .iter()
            .filter(|(_, server)| self.has_room(self.held[server].len(), keys))
            .min_by_key(|(point, server)| (point.wrapping_sub(position), server));
        let (_, server) = nearest.ok_or(RingError::NoServers)?;
        let server = server.clone();
        self.held
            .entry(server.clone())
            .or_default()
            .push(key.to_owned());
        Ok(server)
    }

    fn release(&mut self, key: &[u8]) -> Result<(), RingError> {
        let server = self
            .holder(key)
            .ok_or_else(|| RingError::unknown_key(key))?
            .clone();
        self.held
            .entry(server)
            .or_default()
            .retain(|held| held != key);
        Ok(())
    }

    fn load(&self, server: &str) -> Option<usize> {
        self.held.get(server).map(Vec::len)
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("bounded_loads", checks::bounded_loads::all::<Mine>)
}
