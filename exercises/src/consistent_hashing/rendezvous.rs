//! Rendezvous hashing, also called highest random weight: every server bids for
//! the key, the highest bid wins.
//!
//! Use it for up to some dozens of servers: it needs no table, balances as well
//! as chance allows, and a leaving server's keys spread over all others. Each
//! lookup asks every server, so at a thousand servers a ring is far quicker.
//!
//! Source: D. Thaler, C. Ravishankar, *Using Name-Based Mappings to Increase Hit
//! Rates*, IEEE/ACM Transactions on Networking 6(1), 1998.

use std::cmp::Reverse;

use super::{RendezvousHash, RingError, RingHash, bid};

/// Rendezvous hashing over named servers.
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{Rendezvous, RingError, RingHash};
///
/// let mut servers = Rendezvous::new(RingHash::XXH3);
/// servers.add("cache-a")?;
/// servers.add("cache-b")?;
/// assert!(servers.owner("user:42").is_some());
/// # Ok::<(), RingError>(())
/// ```
///
/// # Time complexity
///
/// For `n` servers: `owner`, `add` and `remove` are O(n).
#[derive(Debug, Clone)]
pub struct Rendezvous {
    hash: RingHash,
    /// Name and hash of each server, in byte order of the names.
    servers: Vec<(String, u64)>,
}

impl Rendezvous {
    /// No servers yet; keys and names are hashed by `hash`.
    pub fn new(hash: RingHash) -> Self {
        Self {
            hash,
            servers: Vec::new(),
        }
    }

    /// Lets a server bid.
    ///
    /// # Errors
    ///
    /// [`RingError::DuplicateServer`] if it is there already.
    pub fn add(&mut self, server: &str) -> Result<(), RingError> {
        let Err(place) = self.find(server) else {
            return Err(RingError::duplicate(server));
        };
        let hash = self.hash.point(server, 0);
        self.servers.insert(place, (server.to_owned(), hash));
        Ok(())
    }

    /// Takes a server out of the bidding.
    ///
    /// # Errors
    ///
    /// [`RingError::UnknownServer`] if it is not there.
    pub fn remove(&mut self, server: &str) -> Result<(), RingError> {
        let place = self.find(server).map_err(|_| RingError::unknown(server))?;
        self.servers.remove(place);
        Ok(())
    }

    // ANCHOR: rendezvous
    /// The server whose bid for `key` is the highest; of equal bids, the one
    /// with the smaller name.
    pub fn owner(&self, key: impl AsRef<[u8]>) -> Option<&str> {
        let key = self.hash.key(key.as_ref());
        // From the last name to the first, because `max_by_key` keeps the last of equals.
        let bidders = self.servers.iter().rev();
        let (winner, _) = bidders.max_by_key(|(_, server)| bid(*server, key))?;
        Some(winner)
    }

    /// The `count` servers with the highest bids, the highest first: where copies go.
    ///
    /// # Time complexity
    ///
    /// O(n log n) for `n` servers.
    pub fn replicas(&self, key: impl AsRef<[u8]>, count: usize) -> Vec<&str> {
        let key = self.hash.key(key.as_ref());
        let mut ranked: Vec<&(String, u64)> = self.servers.iter().collect();
        // A stable sort: equal bids stay in the order of the names.
        ranked.sort_by_key(|(_, server)| Reverse(bid(*server, key)));
        let names = ranked.into_iter().map(|(name, _)| name.as_str());
        names.take(count).collect()
    }
    // ANCHOR_END: rendezvous

    /// Recounts what the lookup relies on.
    ///
    /// # Panics
    ///
    /// If names are out of order or doubled, or a server's hash is not its own.
    pub fn validate(&self) {
        assert!(
            self.servers.is_sorted_by(|left, right| left.0 < right.0),
            "names are sorted and none comes twice"
        );
        for (server, hash) in &self.servers {
            assert_eq!(*hash, self.hash.point(server, 0), "hash of {server}");
        }
    }

    fn find(&self, server: &str) -> Result<usize, usize> {
        self.servers
            .binary_search_by(|(name, _)| name.as_str().cmp(server))
    }
}

impl RendezvousHash for Rendezvous {
    fn new(hash: RingHash) -> Self {
        Self::new(hash)
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        self.add(server)
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        self.remove(server)
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        self.owner(key)
    }

    fn replicas(&self, key: &[u8], count: usize) -> Vec<&str> {
        self.replicas(key, count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consistent_hashing::{Placement, sample_keys, sample_servers};

    fn of(names: &[String]) -> Rendezvous {
        let mut servers = Rendezvous::new(RingHash::XXH3);
        for name in names {
            servers.add(name).expect("sample names are distinct");
        }
        servers.validate();
        servers
    }

    #[test]
    fn bad_requests_change_nothing() {
        let mut servers = of(&["a".to_owned()]);
        assert_eq!(servers.add("a"), Err(RingError::duplicate("a")));
        assert_eq!(servers.remove("b"), Err(RingError::unknown("b")));
        assert_eq!(servers.remove("a"), Ok(()));
        assert_eq!(servers.owner("k"), None);
    }

    #[test]
    fn the_order_of_arrival_does_not_matter() {
        let mut names = sample_servers(12);
        let there = of(&names);
        names.reverse();
        let back = of(&names);
        for key in sample_keys(5, 500) {
            assert_eq!(there.owner(&key), back.owner(&key));
        }
    }

    #[test]
    fn a_new_server_takes_its_share_from_all_and_nothing_else_moves() {
        let names = sample_servers(11);
        let (before, after) = (of(&names[..10]), of(&names));
        let keys = sample_keys(5, 50_000);
        let before = Placement::of(&names[..10], &keys, |key| before.owner(key));
        let after = Placement::of(&names, &keys, |key| after.owner(key));
        let moved = before.moved_to(&after);
        assert_eq!(moved.between_old, 0);
        // 1/11 of 50,000 keys is 4,545, with a standard error of 64.
        assert!((4290..4800).contains(&moved.keys), "{moved:?}");
        // Sampling alone makes 11 loads differ by 1.5 % of their mean.
        let balance = after.balance().expect("there are keys");
        assert!(balance.stdev_over_mean < 0.03, "{balance:?}");
    }
}
