//! The rules of rendezvous hashing, the slow and obvious way: all servers sorted by
//! their bids, anew for every question.

use super::scenario::{Answer, Machine, Setup, Step};
use crate::consistent_hashing::{RingError, RingHash, bid};

/// The model of rendezvous hashing.
pub(super) fn bid_model(setup: &Setup) -> Result<Box<dyn Machine>, String> {
    let hash = setup.hash();
    let servers = Vec::new();
    Ok(Box::new(BidModel { hash, servers }))
}

struct BidModel {
    hash: RingHash,
    /// In the order in which they came.
    servers: Vec<String>,
}

impl BidModel {
    fn add(&mut self, server: &str) -> Result<(), RingError> {
        if self.servers.iter().any(|name| name == server) {
            return Err(RingError::duplicate(server));
        }
        self.servers.push(server.to_owned());
        Ok(())
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        let place = self.servers.iter().position(|name| name == server);
        self.servers
            .remove(place.ok_or_else(|| RingError::unknown(server))?);
        Ok(())
    }

    /// All servers, the highest bid first; of equal bids the smaller name.
    fn ranked(&self, key: &[u8]) -> Vec<String> {
        let key = self.hash.key(key);
        let mut ranked = self.servers.clone();
        ranked.sort_by(|one, other| {
            let of = |server: &str| bid(self.hash.point(server, 0), key);
            of(other).cmp(&of(one)).then(one.cmp(other))
        });
        ranked
    }
}

impl Machine for BidModel {
    fn apply(&mut self, step: &Step) -> Answer {
        match step {
            Step::Add(server) => Answer::Done(self.add(server)),
            Step::Remove(server) => Answer::Done(self.remove(server)),
            Step::Owner(key) => Answer::Server(self.ranked(key).first().cloned()),
            Step::Replicas(key, count) => {
                let mut ranked = self.ranked(key);
                ranked.truncate(*count);
                Answer::Servers(ranked)
            }
            other => unreachable!("rendezvous hashing has no {other}"),
        }
    }
}
