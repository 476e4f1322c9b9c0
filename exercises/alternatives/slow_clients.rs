//! Another solution of *Slow clients*: one list of what was published, and for each client
//! the numbers of the updates that it is owed.
//!
//! The reference clones an update into every queue. Here an update is kept once, until no
//! queue names it any more, and queues are sets of numbers, which are in order by
//! themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use exercises::realtime::{Batch, JoinError, SlowClients, SlowPolicy, Update, checks};

struct Mine {
    policy: SlowPolicy,
    limit: usize,
    room: usize,
    is_open: bool,
    next: u64,
    updates: BTreeMap<u64, Update>,
    owed: BTreeMap<u64, (BTreeSet<u64>, u64)>,
}

impl Mine {
    /// Drops the updates that nobody is owed.
    fn tidy(&mut self) {
        let owed: BTreeSet<u64> = self.owed.values().flat_map(|(owed, _)| owed).copied().collect();
        self.updates.retain(|number, _| owed.contains(number));
    }
}

impl SlowClients for Mine {
    fn new(policy: SlowPolicy, queue: NonZeroUsize, clients: usize) -> Self {
        Self {
            policy,
            limit: queue.get(),
            room: clients,
            is_open: true,
            next: 0,
            updates: BTreeMap::new(),
            owed: BTreeMap::new(),
        }
    }

    fn join(&mut self, client: u64) -> Result<(), JoinError> {
        match (self.is_open, self.owed.get(&client)) {
            (false, _) => Err(JoinError::Closing),
            (true, Some(_)) => Err(JoinError::Twice),
            (true, None) if self.owed.len() == self.room => Err(JoinError::Full),
            (true, None) => {
                self.owed.insert(client, (BTreeSet::new(), 0));
                Ok(())
            }
        }
    }

    fn leave(&mut self, client: u64) {
        self.owed.remove(&client);
        self.tidy();
    }

    fn publish(&mut self, update: &Update) -> Vec<u64> {
        if !self.is_open {
            return Vec::new();
        }
        let older = self.updates.iter().filter(|(_, older)| older.key == update.key);
        let older: Vec<u64> = older.map(|(number, _)| *number).collect();
        self.updates.insert(self.next, update.clone());
        let mut slow = Vec::new();
        for (client, (owed, lost)) in &mut self.owed {
            if self.policy == SlowPolicy::Coalesce {
                owed.retain(|number| !older.contains(number));
            }
            owed.insert(self.next);
            if owed.len() > self.limit {
                match self.policy {
                    SlowPolicy::Disconnect => slow.push(*client),
                    _ => *lost += u64::from(owed.pop_first().is_some()),
                }
            }
        }
        self.next += 1;
        self.owed.retain(|client, _| !slow.contains(client));
        self.tidy();
        slow
    }

    fn take(&mut self, client: u64) -> Option<Batch> {
        let (owed, lost) = match self.is_open {
            true => std::mem::take(self.owed.get_mut(&client)?),
            false => self.owed.remove(&client)?,
        };
        let updates = owed.iter().map(|number| self.updates[number].clone()).collect();
        self.tidy();
        Some(Batch { updates, lost })
    }

    fn len(&self) -> usize {
        self.owed.len()
    }

    fn close(&mut self) {
        self.is_open = false;
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("slow_clients", checks::slow_clients::all::<Mine>)
}
