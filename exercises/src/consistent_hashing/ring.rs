//! The hash ring in its plainest form: one point a server, a sorted list, a
//! binary search.
//!
//! This is the form to read first. With one point a server the arcs are very
//! unequal (the largest of ten is 2.9 times its fair share on average) and a
//! leaving server dumps everything on one neighbour; [`VirtualRing`] mends both.
//!
//! Source: D. Karger et al., *Consistent Hashing and Random Trees*, STOC 1997.
//!
//! [`VirtualRing`]: super::VirtualRing

use super::{HashRing, RingError, RingHash};

/// The reference for [`HashRing`].
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{Ring, RingError, RingHash};
///
/// let mut ring = Ring::new(RingHash::XXH3);
/// for server in ["cache-a", "cache-b", "cache-c"] {
///     ring.add(server)?;
/// }
/// let before = ring.owner("user:42").map(str::to_owned);
///
/// // A server that did not hold the key may come and go: the key stays.
/// ring.add("cache-d")?;
/// ring.remove("cache-d")?;
/// assert_eq!(ring.owner("user:42"), before.as_deref());
/// # Ok::<(), RingError>(())
/// ```
///
/// # Time complexity
///
/// For `n` servers: `owner` is O(log n), `add` and `remove` are O(n).
// ANCHOR: ring
#[derive(Debug, Clone)]
pub struct Ring {
    hash: RingHash,
    /// Position and server, sorted. Of two servers on one position the smaller
    /// name comes first, which is the contract's tie rule.
    points: Vec<(u64, String)>,
}
// ANCHOR_END: ring

impl Ring {
    /// An empty ring that takes all positions from `hash`.
    pub fn new(hash: RingHash) -> Self {
        Self {
            hash,
            points: Vec::new(),
        }
    }

    // ANCHOR: owner
    /// The server that holds `key`: the first at or after the key's position.
    pub fn owner(&self, key: impl AsRef<[u8]>) -> Option<&str> {
        let position = self.hash.key(key.as_ref());
        let successor = self.points.partition_point(|(point, _)| *point < position);
        // Behind the last point the circle starts again at the first.
        let (_, server) = self.points.get(successor).or_else(|| self.points.first())?;
        Some(server)
    }
    // ANCHOR_END: owner

    // ANCHOR: add
    /// Puts a server on the ring.
    ///
    /// # Errors
    ///
    /// [`RingError::DuplicateServer`] if it is there already.
    pub fn add(&mut self, server: &str) -> Result<(), RingError> {
        let point = (self.hash.point(server, 0), server.to_owned());
        match self.points.binary_search(&point) {
            Ok(_) => Err(RingError::duplicate(server)),
            Err(place) => {
                self.points.insert(place, point);
                Ok(())
            }
        }
    }
    // ANCHOR_END: add

    // ANCHOR: remove
    /// Takes a server off the ring.
    ///
    /// # Errors
    ///
    /// [`RingError::UnknownServer`] if it is not there.
    pub fn remove(&mut self, server: &str) -> Result<(), RingError> {
        let point = (self.hash.point(server, 0), server.to_owned());
        let place = self
            .points
            .binary_search(&point)
            .map_err(|_| RingError::unknown(server))?;
        self.points.remove(place);
        Ok(())
    }
    // ANCHOR_END: remove

    /// Position and server of every point, clockwise from 0.
    pub fn points(&self) -> impl ExactSizeIterator<Item = (u64, &str)> {
        self.points
            .iter()
            .map(|(position, server)| (*position, server.as_str()))
    }

    /// Recounts what the ring relies on.
    ///
    /// # Panics
    ///
    /// If points are out of order, doubled, or not where the hash puts them.
    pub fn validate(&self) {
        assert!(
            self.points.is_sorted_by(|left, right| left < right),
            "points are sorted and none comes twice"
        );
        for (position, server) in &self.points {
            assert_eq!(*position, self.hash.point(server, 0), "point of {server}");
        }
    }
}

impl HashRing for Ring {
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
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    /// Owners of the keys on a labelled ring of these servers.
    #[track_caller]
    fn check(servers: &[&str], keys: &[&str], expected: Expect) {
        let mut ring = Ring::new(RingHash::LABELLED);
        for server in servers {
            ring.add(server).expect("no server comes twice");
            ring.validate();
        }
        let lines: Vec<String> = keys
            .iter()
            .map(|key| format!("{key} -> {}", ring.owner(key).unwrap_or("nobody")))
            .collect();
        expected.assert_eq(&lines.join("\n"));
    }

    #[test]
    fn a_key_goes_to_the_first_server_clockwise_and_wraps_behind_the_last() {
        check(
            &["c@200", "a@64", "b@128"],
            &["k@0", "k@64", "k@65", "k@200", "k@201"],
            expect![[r#"
                k@0 -> a@64
                k@64 -> a@64
                k@65 -> b@128
                k@200 -> c@200
                k@201 -> a@64"#]],
        );
    }

    #[test]
    fn an_empty_ring_has_no_owner() {
        check(&[], &["k@0"], expect!["k@0 -> nobody"]);
    }

    #[test]
    fn the_smaller_name_owns_a_shared_position_whatever_the_order() {
        check(&["b@7", "a@7"], &["k@7"], expect!["k@7 -> a@7"]);
        check(&["a@7", "b@7"], &["k@7"], expect!["k@7 -> a@7"]);
    }

    #[test]
    fn removing_one_of_two_servers_on_a_position_leaves_the_other() -> Result<(), RingError> {
        let mut ring = Ring::new(RingHash::LABELLED);
        ring.add("a@7")?;
        ring.add("b@7")?;
        ring.remove("a@7")?;
        ring.validate();
        assert_eq!(ring.owner("k@7"), Some("b@7"));
        Ok(())
    }

    #[test]
    fn bad_requests_change_nothing() -> Result<(), RingError> {
        let mut ring = Ring::new(RingHash::XXH3);
        ring.add("a")?;
        assert_eq!(ring.add("a"), Err(RingError::duplicate("a")));
        assert_eq!(ring.remove("b"), Err(RingError::unknown("b")));
        assert_eq!(ring.points().count(), 1);
        ring.remove("a")?;
        assert_eq!(ring.remove("a"), Err(RingError::unknown("a")));
        assert_eq!(ring.owner("k"), None);
        Ok(())
    }
}
