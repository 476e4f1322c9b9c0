//! Bounded queues between one source and many clients.
//!
//! Memory is bounded by clients × queue, whatever they do. `publish` costs the same for a
//! client that sleeps as for one that is fast: nothing here waits.

use std::collections::{BTreeMap, VecDeque};
use std::num::NonZeroUsize;

use super::{Batch, JoinError, SlowClients, SlowPolicy, Update};

/// The reference for [`SlowClients`].
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::realtime::{Hub, SlowClients, SlowPolicy};
///
/// let mut hub = Hub::new(SlowPolicy::Disconnect, NonZeroUsize::MIN, 2);
/// assert_eq!((hub.join(1), hub.len()), (Ok(()), 1));
/// ```
///
/// # Time complexity
///
/// `publish` is O(clients), with [`SlowPolicy::Coalesce`] O(clients × queue); the others
/// are O(log clients).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hub {
    policy: SlowPolicy,
    queue: usize,
    max_clients: usize,
    is_closing: bool,
    clients: BTreeMap<u64, Queue>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Queue {
    updates: VecDeque<Update>,
    lost: u64,
}

// ANCHOR: hub
impl SlowClients for Hub {
    fn new(policy: SlowPolicy, queue: NonZeroUsize, clients: usize) -> Self {
        Self {
            policy,
            queue: queue.get(),
            max_clients: clients,
            is_closing: false,
            clients: BTreeMap::new(),
        }
    }

    fn join(&mut self, client: u64) -> Result<(), JoinError> {
        if self.is_closing {
            return Err(JoinError::Closing);
        }
        if self.clients.contains_key(&client) {
            return Err(JoinError::Twice);
        }
        if self.clients.len() >= self.max_clients {
            return Err(JoinError::Full);
        }
        self.clients.insert(client, Queue::default());
        Ok(())
    }

    fn leave(&mut self, client: u64) {
        self.clients.remove(&client);
    }

    fn publish(&mut self, update: &Update) -> Vec<u64> {
        if self.is_closing {
            return Vec::new();
        }
        let (policy, limit) = (self.policy, self.queue);
        let cut_off = self
            .clients
            .extract_if(.., |_, queue| !queue.push(update, policy, limit));
        cut_off.map(|(client, _)| client).collect()
    }

    fn take(&mut self, client: u64) -> Option<Batch> {
        let queue = match self.is_closing {
            true => self.clients.remove(&client)?,
            false => std::mem::take(self.clients.get_mut(&client)?),
        };
        Some(Batch {
            updates: queue.updates.into(),
            lost: queue.lost,
        })
    }

    fn len(&self) -> usize {
        self.clients.len()
    }

    fn close(&mut self) {
        self.is_closing = true;
    }
}

impl Queue {
    /// Whether the client may stay.
    fn push(&mut self, update: &Update, policy: SlowPolicy, limit: usize) -> bool {
        if policy == SlowPolicy::Coalesce {
            // Not in its place: what is sent stays in the order of publishing.
            self.updates.retain(|queued| queued.key != update.key);
        }
        if self.updates.len() >= limit {
            if policy == SlowPolicy::Disconnect {
                return false;
            }
            self.updates.pop_front();
            self.lost += 1;
        }
        self.updates.push_back(update.clone());
        true
    }
}
// ANCHOR_END: hub

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_client_costs_a_fast_one_nothing_under_any_policy() {
        let queue = NonZeroUsize::new(4).expect("not 0");
        for policy in [
            SlowPolicy::DropOldest,
            SlowPolicy::Disconnect,
            SlowPolicy::Coalesce,
        ] {
            let mut hub = Hub::new(policy, queue, 2);
            assert_eq!((hub.join(1), hub.join(2)), (Ok(()), Ok(())));
            let mut seen = Vec::new();
            for value in 0..100 {
                let key = format!("key {value}");
                hub.publish(&Update { key, value });
                let batch = hub.take(1).expect("the fast one stays");
                assert_eq!(batch.lost, 0);
                seen.extend(batch.updates.into_iter().map(|update| update.value));
            }
            assert_eq!(seen, Vec::from_iter(0..100));
            assert_eq!(hub.len() == 1, policy == SlowPolicy::Disconnect);
        }
    }
}
