//! Consistent hashing with bounded loads: a cap on every server, and whoever
//! finds it full goes on clockwise.
//!
//! Use it where keys are long-lived things that load a server while they are
//! placed: connections, sessions, streams. Unlike the other rings it must remember
//! where each key went, so all who place keys have to share that memory. For ε it
//! holds that small means even loads and more keys away from their first choice.
//!
//! `assign` and `release` move no other key. [`BoundedRing::add`] and
//! [`BoundedRing::remove`] place all keys anew in the order in which they came, so
//! that the result depends on keys and servers only, as in the paper. The paper
//! finds the keys that have to move without looking at the others; this form does
//! look at all of them.
//!
//! Source: V. Mirrokni, M. Thorup, M. Zadimoghaddam, *Consistent Hashing with
//! Bounded Loads*, 2016, <https://arxiv.org/abs/1608.01350>.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use super::{BoundedLoads, Circle, RingError, RingHash};

/// Where a key is, and when it came.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Placed {
    server: String,
    ticket: u64,
}

/// The reference for [`BoundedLoads`].
///
/// # Examples
///
/// ```
/// use std::num::NonZeroU32;
///
/// use exercises::consistent_hashing::{BoundedRing, RingError, RingHash};
///
/// let points = NonZeroU32::new(20).expect("20 is not 0");
/// let mut ring = BoundedRing::new(RingHash::XXH3, points, 25, ["a", "b", "c", "d"])?;
/// for user in 0..1000 {
///     ring.assign(format!("user:{user}"))?;
/// }
/// // ⌈1.25 · 1000 / 4⌉
/// assert_eq!(ring.capacity(), 313);
/// assert!(ring.loads().all(|(_, load)| load <= 313));
/// # Ok::<(), RingError>(())
/// ```
///
/// # Time complexity
///
/// For `p` points and `m` keys: `assign` is O(log p + log m) and expected O(1/ε²)
/// servers passed over (Mirrokni et al., theorem 3); `release` is O(log m);
/// `add` and `remove` are O(p) and one `assign` for each key.
#[derive(Debug, Clone)]
pub struct BoundedRing {
    hash: RingHash,
    points_per_server: NonZeroU32,
    epsilon_percent: u32,
    circle: Circle,
    loads: BTreeMap<String, usize>,
    placed: BTreeMap<Vec<u8>, Placed>,
    next_ticket: u64,
}

impl BoundedRing {
    /// A ring of these servers, with `points_per_server` points of `hash` each,
    /// that allows `epsilon_percent` per cent above the mean load.
    ///
    /// # Errors
    ///
    /// [`RingError::DuplicateServer`] if a name comes twice.
    pub fn new<S: Into<String>>(
        hash: RingHash,
        points_per_server: NonZeroU32,
        epsilon_percent: u32,
        servers: impl IntoIterator<Item = S>,
    ) -> Result<Self, RingError> {
        let mut ring = Self {
            hash,
            points_per_server,
            epsilon_percent,
            circle: Circle::default(),
            loads: BTreeMap::new(),
            placed: BTreeMap::new(),
            next_ticket: 0,
        };
        for server in servers {
            ring.add(&server.into())?;
        }
        Ok(ring)
    }

    // ANCHOR: capacity
    /// What each server may hold while `keys` keys are placed: `⌈(1 + ε) · m / n⌉`.
    ///
    /// In whole numbers, because in floating point `1.1 × 50` is a little more
    /// than 55, and a fifth of it has the ceiling 12.
    fn capacity_for(&self, keys: usize) -> usize {
        let allowed = (100 + u128::from(self.epsilon_percent)) * keys as u128;
        let servers = 100 * self.loads.len() as u128;
        // No more than all keys can come to one server; so it fits a `usize`.
        allowed.div_ceil(servers.max(1)).min(keys as u128) as usize
    }
    // ANCHOR_END: capacity

    // ANCHOR: assign
    /// Places `key` on the first server clockwise that is not full, and answers
    /// the server's name; a key that is placed already stays where it is.
    ///
    /// # Errors
    ///
    /// [`RingError::NoServers`] if there is no server.
    pub fn assign(&mut self, key: impl AsRef<[u8]>) -> Result<&str, RingError> {
        let key = key.as_ref();
        if !self.placed.contains_key(key) {
            let capacity = self.capacity_for(self.placed.len() + 1);
            let server = self.first_with_room(key, capacity)?;
            *self.loads.entry(server.clone()).or_default() += 1;
            let placed = Placed {
                server,
                ticket: self.next_ticket,
            };
            self.placed.insert(key.to_owned(), placed);
            self.next_ticket += 1;
        }
        Ok(&self.placed[key].server)
    }

    fn first_with_room(&self, key: &[u8], capacity: usize) -> Result<String, RingError> {
        self.circle
            .clockwise(self.hash.key(key))
            .find(|server| self.loads[*server] < capacity)
            .map(str::to_owned)
            // With a server there is always room: n capacities exceed m - 1 keys.
            .ok_or(RingError::NoServers)
    }
    // ANCHOR_END: assign

    /// Forgets `key`, so that its server has room for another.
    ///
    /// The capacity falls with the number of keys, and no key is moved: a server
    /// may be above it until it loses keys or a server comes or goes.
    ///
    /// # Errors
    ///
    /// [`RingError::UnknownKey`] if the key is not placed.
    pub fn release(&mut self, key: impl AsRef<[u8]>) -> Result<(), RingError> {
        let key = key.as_ref();
        let placed = self
            .placed
            .remove(key)
            .ok_or_else(|| RingError::unknown_key(key))?;
        *self.loads.entry(placed.server).or_default() -= 1;
        Ok(())
    }

    /// Puts a server on the ring and answers how many keys moved.
    ///
    /// # Errors
    ///
    /// [`RingError::DuplicateServer`] if it is there already.
    pub fn add(&mut self, server: &str) -> Result<usize, RingError> {
        let indices = 0..self.points_per_server.get();
        let positions = indices.map(|index| self.hash.point(server, index));
        self.circle.insert(server, positions)?;
        self.loads.insert(server.to_owned(), 0);
        self.place_all_anew()
    }

    /// Takes a server off the ring and answers how many keys moved.
    ///
    /// # Errors
    ///
    /// [`RingError::UnknownServer`] if it is not there; [`RingError::NoServers`]
    /// if it is the last and still holds keys, which have nowhere to go. The ring
    /// is unchanged in both cases.
    pub fn remove(&mut self, server: &str) -> Result<usize, RingError> {
        if self.circle.contains(server) && self.loads.len() == 1 && !self.placed.is_empty() {
            return Err(RingError::NoServers);
        }
        self.circle.remove(server)?;
        self.loads.remove(server);
        self.place_all_anew()
    }

    /// Places every key as if all had come in their order, at today's capacity.
    fn place_all_anew(&mut self) -> Result<usize, RingError> {
        let capacity = self.capacity_for(self.placed.len());
        let before = std::mem::take(&mut self.placed);
        self.loads.values_mut().for_each(|load| *load = 0);
        let mut in_order: Vec<(Vec<u8>, Placed)> = before.into_iter().collect();
        in_order.sort_unstable_by_key(|(_, placed)| placed.ticket);
        let mut moved = 0;
        for (key, mut placed) in in_order {
            let server = self.first_with_room(&key, capacity)?;
            *self.loads.entry(server.clone()).or_default() += 1;
            moved += usize::from(server != placed.server);
            placed.server = server;
            self.placed.insert(key, placed);
        }
        Ok(moved)
    }

    /// The server where `key` is; `None` if it is not placed.
    pub fn owner(&self, key: impl AsRef<[u8]>) -> Option<&str> {
        self.placed
            .get(key.as_ref())
            .map(|placed| placed.server.as_str())
    }

    /// How many keys `server` holds; `None` if there is no such server.
    pub fn load(&self, server: &str) -> Option<usize> {
        self.loads.get(server).copied()
    }

    /// Servers and their loads, in byte order of the names.
    pub fn loads(&self) -> impl ExactSizeIterator<Item = (&str, usize)> {
        self.loads
            .iter()
            .map(|(server, load)| (server.as_str(), *load))
    }

    /// What each server may hold now: `⌈(1 + ε) · m / n⌉`.
    pub fn capacity(&self) -> usize {
        self.capacity_for(self.placed.len())
    }

    /// The circle of points that the ring stands on.
    pub fn circle(&self) -> &Circle {
        &self.circle
    }

    /// Recounts what the ring relies on.
    ///
    /// # Panics
    ///
    /// If the circle is broken or a load is not the number of its server's keys.
    pub fn validate(&self) {
        self.circle.validate();
        let mut counted: BTreeMap<&str, usize> = self
            .circle
            .servers()
            .iter()
            .map(|server| (server.as_str(), 0))
            .collect();
        for placed in self.placed.values() {
            *counted
                .get_mut(placed.server.as_str())
                .expect("keys are on servers of the ring") += 1;
            assert!(
                placed.ticket < self.next_ticket,
                "tickets are handed out once"
            );
        }
        assert!(
            counted.into_iter().eq(self.loads()),
            "loads are what the keys add up to"
        );
    }
}

impl BoundedLoads for BoundedRing {
    fn new(
        hash: RingHash,
        points_per_server: NonZeroU32,
        epsilon_percent: u32,
        servers: &[&str],
    ) -> Result<Self, RingError> {
        Self::new(
            hash,
            points_per_server,
            epsilon_percent,
            servers.iter().copied(),
        )
    }

    fn assign(&mut self, key: &[u8]) -> Result<String, RingError> {
        self.assign(key).map(str::to_owned)
    }

    fn release(&mut self, key: &[u8]) -> Result<(), RingError> {
        self.release(key)
    }

    fn load(&self, server: &str) -> Option<usize> {
        self.load(server)
    }
}

#[cfg(test)]
mod tests;
