//! Another solution of *Rack replicas*: servers ranked by how many of their rack are
//! nearer.
//!
//! The reference walks the circle and remembers the racks that it has seen. Here no walk
//! is made: each server's distance is measured, and a server is the first of its rack if
//! no other server of that rack is nearer. Only names and racks are stored.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use exercises::consistent_hashing::{RackReplicas, RingError, RingHash, checks};

struct Mine {
    hash: RingHash,
    points_per_server: u32,
    /// Server to rack.
    racks: BTreeMap<String, String>,
}

impl Mine {
    /// Steps from the key clockwise to the nearest point of a server, and its name.
    fn way<'a>(&self, key: u64, server: &'a str) -> (Option<u64>, &'a str) {
        let indices = 0..self.points_per_server;
        let steps = indices.map(|index| self.hash.point(server, index).wrapping_sub(key));
        (steps.min(), server)
    }
}

impl RackReplicas for Mine {
    fn new(hash: RingHash, points_per_server: NonZeroU32) -> Self {
        Self {
            hash,
            points_per_server: points_per_server.get(),
            racks: BTreeMap::new(),
        }
    }

    fn add(&mut self, server: &str, rack: &str) -> Result<(), RingError> {
        if self.racks.contains_key(server) {
            return Err(RingError::duplicate(server));
        }
        self.racks.insert(server.into(), rack.into());
        Ok(())
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        match self.racks.remove(server) {
            Some(_) => Ok(()),
            None => Err(RingError::unknown(server)),
        }
    }

    fn replicas(&self, key: &[u8], count: usize) -> Vec<&str> {
        let key = self.hash.key(key);
        let mut ranked: Vec<(bool, (Option<u64>, &str))> = Vec::new();
        for (server, rack) in &self.racks {
            let way = self.way(key, server);
            let mates = self.racks.iter().filter(|(_, other)| *other == rack);
            let has_nearer = mates.into_iter().any(|(mate, _)| self.way(key, mate) < way);
            ranked.push((has_nearer, way));
        }
        ranked.sort();
        let names = ranked.into_iter().map(|(_, (_, server))| server);
        names.take(count).collect()
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("rack_replicas", checks::rack_replicas::all::<Mine>)
}
