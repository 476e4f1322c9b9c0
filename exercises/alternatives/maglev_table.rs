//! Another solution of *Maglev table*: every server's whole list of preferences.
//!
//! The reference walks along each server's preferences and keeps only the place where it
//! is. Here all lists are written down first and read from the back, and the table is a
//! map from slot to name. It takes as much memory as servers times slots.

use std::collections::BTreeMap;

use exercises::consistent_hashing::{MaglevTable, RingError, RingHash, checks};

struct Mine {
    hash: RingHash,
    slots: u64,
    names: BTreeMap<u64, String>,
}

/// Whether exactly two numbers divide it.
fn is_prime(number: u64) -> bool {
    let divisors = (1..=number).filter(|divisor| number.is_multiple_of(*divisor));
    divisors.take(3).count() == 2
}

/// A server's slots, the one that it wants most at the end.
fn preferences(hash: RingHash, slots: u64, server: &str) -> Vec<u64> {
    let (offset, skip) = (hash.point(server, 0), hash.point(server, 1));
    let steps = (0..slots).rev();
    steps
        .map(|i| (offset % slots + i * (skip % (slots - 1) + 1)) % slots)
        .collect()
}

impl MaglevTable for Mine {
    fn new(hash: RingHash, slots: u32, servers: &[&str]) -> Result<Self, RingError> {
        if !is_prime(slots.into()) {
            return Err(RingError::SlotsNotPrime { slots });
        }
        let slots = u64::from(slots);
        let mut lists = BTreeMap::new();
        for server in servers {
            let list = preferences(hash, slots, server);
            if lists.insert(*server, list).is_some() {
                return Err(RingError::duplicate(server));
            }
        }
        let mut names = BTreeMap::new();
        while !lists.is_empty() && (names.len() as u64) < slots {
            for (server, list) in &mut lists {
                while let Some(slot) = list.pop() {
                    if let std::collections::btree_map::Entry::Vacant(free) = names.entry(slot) {
                        free.insert((*server).to_owned());
                        break;
                    }
                }
            }
        }
        Ok(Self { hash, slots, names })
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        let slot = self.hash.key(key) % self.slots;
        self.names.get(&slot).map(String::as_str)
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("maglev_table", checks::maglev_table::all::<Mine>)
}
