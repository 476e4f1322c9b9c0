//! Maglev hashing: a table of owners that servers fill in turns.
//!
//! Use it where a lookup must cost one memory access and servers change seldom, as in a
//! balancer of packets. Shares differ by at most one slot. The price: the table is
//! filled anew for every change, and some keys move that need not.
//!
//! Source: D. Eisenbud et al., *Maglev: A Fast and Reliable Software Network Load
//! Balancer*, NSDI 2016, §3.4.

use super::{MaglevTable, RingError, RingHash};

/// A Maglev table.
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{Maglev, RingError, RingHash};
///
/// let table = Maglev::new(RingHash::XXH3, 65_537, ["a", "b", "c"])?;
/// assert!(table.owner("user:42").is_some());
/// # Ok::<(), RingError>(())
/// ```
///
/// # Time complexity
///
/// For `m` slots and `n` servers, `new` is expected O(m log m) and at worst O(m · n);
/// `owner` is O(1).
#[derive(Debug, Clone)]
pub struct Maglev {
    hash: RingHash,
    slots: u32,
    /// Names in byte order.
    servers: Vec<String>,
    /// Index of each slot's server; empty without servers.
    owners: Vec<u32>,
}

/// The slots that a server wants, in the order in which it wants them.
struct Preferences {
    next: u64,
    skip: u64,
    slots: u64,
}

impl Iterator for Preferences {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let slot = self.next;
        self.next = (slot + self.skip) % self.slots;
        Some(slot as usize)
    }
}

impl Maglev {
    /// Fills a table of `slots` slots for these servers.
    ///
    /// # Errors
    ///
    /// [`RingError::SlotsNotPrime`], or else [`RingError::DuplicateServer`].
    pub fn new<S: Into<String>>(
        hash: RingHash,
        slots: u32,
        servers: impl IntoIterator<Item = S>,
    ) -> Result<Self, RingError> {
        if !is_prime(slots) {
            return Err(RingError::SlotsNotPrime { slots });
        }
        let mut servers: Vec<String> = servers.into_iter().map(Into::into).collect();
        servers.sort_unstable();
        if let Some(twice) = servers.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(RingError::duplicate(&twice[0]));
        }
        let owners = fill(hash, slots, &servers);
        Ok(Self {
            hash,
            slots,
            servers,
            owners,
        })
    }

    // ANCHOR: maglev_owner
    /// The server that holds `key`: that of the slot which the key's hash names.
    #[inline]
    pub fn owner(&self, key: impl AsRef<[u8]>) -> Option<&str> {
        let slot = self.hash.key(key.as_ref()) % u64::from(self.slots);
        let server = *self.owners.get(slot as usize)?;
        Some(&self.servers[server as usize])
    }
    // ANCHOR_END: maglev_owner

    /// Bytes that the table takes, without the servers' names.
    pub fn table_bytes(&self) -> usize {
        self.owners.len() * size_of::<u32>()
    }

    /// Recounts what the table relies on.
    ///
    /// # Panics
    ///
    /// If names are out of order, a slot is free though there are servers, or two
    /// servers' shares differ by more than one slot.
    pub fn validate(&self) {
        assert!(
            self.servers.is_sorted_by(|left, right| left < right),
            "names are sorted and none comes twice"
        );
        let slots = if self.servers.is_empty() {
            0
        } else {
            self.slots
        };
        assert_eq!(self.owners.len(), slots as usize, "every slot has an owner");
        let mut shares = vec![0_usize; self.servers.len()];
        for owner in &self.owners {
            shares[*owner as usize] += 1;
        }
        let (least, most) = (shares.iter().min(), shares.iter().max());
        assert!(
            most.zip(least)
                .is_none_or(|(most, least)| most - least <= 1),
            "servers take turns"
        );
    }
}

// ANCHOR: maglev
/// The owner of every slot: servers take turns, and each takes the first slot of its
/// preferences that is free.
fn fill(hash: RingHash, slots: u32, servers: &[String]) -> Vec<u32> {
    if servers.is_empty() {
        return Vec::new();
    }
    let slots = u64::from(slots);
    let preferences = servers.iter().map(|server| Preferences {
        next: hash.point(server, 0) % slots,
        // Of two slots there is one step, and nothing to take a remainder of.
        skip: hash.point(server, 1) % (slots - 1).max(1) + 1,
        slots,
    });
    let mut preferences: Vec<Preferences> = preferences.collect();
    let mut owners = vec![None; slots as usize];
    for turn in 0..owners.len() {
        let server = turn % servers.len();
        // A prime number of slots: the preferences come to every one of them.
        let free = preferences[server].find(|slot| owners[*slot].is_none());
        owners[free.expect("a slot is free until the last turn")] = Some(server as u32);
    }
    owners.into_iter().flatten().collect()
}
// ANCHOR_END: maglev

/// Whether only 1 and the number itself divide it.
fn is_prime(number: u32) -> bool {
    let mut divisors = (2..).take_while(|divisor| divisor * divisor <= u64::from(number));
    number > 1 && divisors.all(|divisor| !u64::from(number).is_multiple_of(divisor))
}

impl MaglevTable for Maglev {
    fn new(hash: RingHash, slots: u32, servers: &[&str]) -> Result<Self, RingError> {
        Self::new(hash, slots, servers.iter().copied())
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        self.owner(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consistent_hashing::{Placement, sample_keys, sample_servers};

    fn of(slots: u32, servers: &[String]) -> Maglev {
        let table = Maglev::new(RingHash::XXH3, slots, servers).expect("sample names differ");
        table.validate();
        table
    }

    #[test]
    fn the_papers_example_is_filled_as_in_its_table_1() {
        // Offsets 3, 0, 3 and skips 4, 2, 1 of 7 slots, for B0, B1 and B2.
        let servers = ["B0@3,3", "B1@0,1", "B2@3,0"];
        let table = Maglev::new(RingHash::LABELLED, 7, servers).expect("7 is prime");
        table.validate();
        assert_eq!(table.owners, [1, 0, 1, 0, 2, 2, 0]);
        let without_b1 = Maglev::new(RingHash::LABELLED, 7, [servers[0], servers[2]]);
        let owners = without_b1.expect("7 is prime").owners;
        assert_eq!(owners, [0, 0, 0, 0, 1, 1, 1]);
    }

    #[test]
    fn shares_differ_by_at_most_one_slot() {
        for count in [1, 2, 3, 7, 10, 50] {
            of(101, &sample_servers(count));
        }
        // More servers than slots: some have none.
        of(3, &sample_servers(5));
        of(2, &sample_servers(2));
    }

    #[test]
    fn bad_tables_are_refused_and_an_empty_one_owns_nothing() {
        let refused = |slots| Maglev::new(RingHash::XXH3, slots, ["a"]).err();
        for slots in [0, 1, 4, 9, 65_536] {
            assert_eq!(refused(slots), Some(RingError::SlotsNotPrime { slots }));
        }
        let twice = Maglev::new(RingHash::XXH3, 7, ["a", "b", "a"]);
        assert_eq!(twice.err(), Some(RingError::duplicate("a")));
        assert_eq!(of(7, &[]).owner("any"), None);
    }

    #[test]
    fn a_leaver_moves_little_more_than_its_own_keys() {
        let (servers, keys) = (sample_servers(10), sample_keys(3, 5_000));
        let place = |servers: &[String]| {
            let table = of(65_537, servers);
            Placement::of(servers, &keys, |key| table.owner(key))
        };
        let moved = place(&servers).moved_to(&place(&servers[1..]));
        assert!(moved.share() > 0.08 && moved.share() < 0.16, "{moved:?}");
    }
}
