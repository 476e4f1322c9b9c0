//! Another solution of *Multi-probe hashing*: from the servers' side.
//!
//! The reference searches for each probe among the points. Here every server asks which
//! of the key's probes comes before it most closely: probes are sorted, points are not.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use exercises::consistent_hashing::{MultiProbe, RingError, RingHash, checks, probe_position};

struct Mine {
    hash: RingHash,
    probes: u32,
    servers: BTreeMap<String, u64>,
}

impl MultiProbe for Mine {
    fn new(hash: RingHash, probes: NonZeroU32) -> Self {
        Self {
            hash,
            probes: probes.get(),
            servers: BTreeMap::new(),
        }
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        if self.servers.contains_key(server) {
            return Err(RingError::duplicate(server));
        }
        let point = self.hash.point(server, 0);
        self.servers.insert(server.to_owned(), point);
        Ok(())
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        let point = self.servers.remove(server);
        point.map(|_| ()).ok_or_else(|| RingError::unknown(server))
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        let key = self.hash.key(key);
        let mut probes: Vec<u64> = (0..self.probes).map(|i| probe_position(key, i)).collect();
        probes.sort_unstable();
        let mut nearest: Option<(u64, &str)> = None;
        for (server, point) in &self.servers {
            let behind = probes.partition_point(|probe| probe <= point);
            // Before the first probe comes the last, one turn back.
            let probe = probes[behind.checked_sub(1).unwrap_or(probes.len() - 1)];
            let way = point.wrapping_sub(probe);
            if nearest.is_none_or(|(least, _)| way < least) {
                nearest = Some((way, server));
            }
        }
        nearest.map(|(_, server)| server)
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("multi_probe", checks::multi_probe::all::<Mine>)
}
