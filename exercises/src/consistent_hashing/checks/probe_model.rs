//! The rules of multi-probe hashing, the slow and obvious way: every probe is held
//! against every server.

use std::collections::BTreeMap;

use super::scenario::{Answer, Machine, Setup, Step};
use crate::consistent_hashing::{RingError, RingHash, probe_position};

/// The model of multi-probe hashing; the setup's points are its probes.
pub(super) fn probe_model(setup: &Setup) -> Result<Box<dyn Machine>, String> {
    Ok(Box::new(ProbeModel {
        hash: setup.hash(),
        probes: setup.point_count().get(),
        points: BTreeMap::new(),
    }))
}

struct ProbeModel {
    hash: RingHash,
    probes: u32,
    /// Where each server sits.
    points: BTreeMap<String, u64>,
}

impl ProbeModel {
    fn add(&mut self, server: &str) -> Result<(), RingError> {
        if self.points.contains_key(server) {
            return Err(RingError::duplicate(server));
        }
        let point = self.hash.point(server, 0);
        self.points.insert(server.to_owned(), point);
        Ok(())
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        let removed = self.points.remove(server);
        removed.map(drop).ok_or_else(|| RingError::unknown(server))
    }

    /// The server with the smallest way from any probe; of equal ways the smaller name.
    fn owner(&self, key: &[u8]) -> Option<String> {
        let key = self.hash.key(key);
        let way = |point: u64| {
            let probes = (0..self.probes).map(|index| probe_position(key, index));
            probes.map(|probe| point.wrapping_sub(probe)).min()
        };
        let nearest = self.points.iter().min_by_key(|(_, point)| way(**point))?;
        Some(nearest.0.clone())
    }
}

impl Machine for ProbeModel {
    fn apply(&mut self, step: &Step) -> Answer {
        match step {
            Step::Add(server) => Answer::Done(self.add(server)),
            Step::Remove(server) => Answer::Done(self.remove(server)),
            Step::Owner(key) => Answer::Server(self.owner(key)),
            other => unreachable!("multi-probe hashing has no {other}"),
        }
    }
}
