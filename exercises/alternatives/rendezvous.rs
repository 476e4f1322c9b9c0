//! Another solution of *Rendezvous hashing*: a knock-out tournament.
//!
//! The reference looks for a maximum, and sorts for copies. Here servers meet in pairs
//! until one is left; the next copy is the winner of the same tournament without those
//! that have won before. Positions are hashed anew for each key.

use std::collections::BTreeSet;

use exercises::consistent_hashing::{RendezvousHash, RingError, RingHash, bid, checks};

struct Mine {
    hash: RingHash,
    servers: BTreeSet<String>,
}

impl Mine {
    /// Who wins among `players`; in the case of a draw the smaller name, which plays on
    /// the left.
    fn winner<'a>(&self, key: u64, players: &[&'a str]) -> Option<&'a str> {
        if let [] | [_] = players {
            return players.first().copied();
        }
        let (left, right) = players.split_at(players.len() / 2);
        let finalists = self.winner(key, left).zip(self.winner(key, right));
        let (left, right) = finalists?;
        let strength = |server: &str| bid(self.hash.point(server, 0), key);
        Some(if strength(right) > strength(left) {
            right
        } else {
            left
        })
    }
}

impl RendezvousHash for Mine {
    fn new(hash: RingHash) -> Self {
        Self {
            hash,
            servers: BTreeSet::new(),
        }
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        if self.servers.insert(server.to_owned()) {
            Ok(())
        } else {
            Err(RingError::duplicate(server))
        }
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        if self.servers.remove(server) {
            Ok(())
        } else {
            Err(RingError::unknown(server))
        }
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        self.replicas(key, 1).pop()
    }

    fn replicas(&self, key: &[u8], count: usize) -> Vec<&str> {
        let key = self.hash.key(key);
        let mut players: Vec<&str> = self.servers.iter().map(String::as_str).collect();
        let mut winners = Vec::new();
        while winners.len() < count {
            let Some(winner) = self.winner(key, &players) else {
                break;
            };
            players.retain(|player| *player != winner);
            winners.push(winner);
        }
        winners
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("rendezvous", checks::rendezvous::all::<Mine>)
}
