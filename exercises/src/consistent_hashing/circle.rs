//! The circle of points that all rings with several points a server stand on:
//! a sorted list of positions, and who owns each.
//!
//! It knows no hash: positions come in as numbers, which is what lets the same
//! code serve the real ring, the labelled toy ring and the checks. Use it when you
//! write a ring of your own and the search is not the point.
//!
//! A point names its server by rank, the server's place among all names in byte
//! order. So a point is 16 bytes instead of 40, sorting points by position and
//! rank *is* the tie rule, and equal sets of servers make equal circles,
//! whatever the order in which they came. The price: a new server shifts the
//! ranks behind it, one pass over points that have to move anyway.

use super::RingError;

/// A position on the circle and the rank of the server that owns it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Point {
    pub(super) position: u64,
    pub(super) rank: u32,
}

/// Points on a circle of 2^64 positions, each owned by a server.
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{Circle, RingError};
///
/// let mut circle = Circle::default();
/// circle.insert("a", [64, 200])?;
/// circle.insert("b", [128])?;
/// assert_eq!(circle.owner_at(100), Some("b"));
/// assert_eq!(circle.owner_at(201), Some("a"));
/// assert_eq!(circle.clockwise(100).collect::<Vec<_>>(), ["b", "a", "a"]);
/// # Ok::<(), RingError>(())
/// ```
///
/// # Time complexity
///
/// For `p` points: `owner_at` is O(log p); `insert` of `v` points is
/// O(p + v log v), `remove` is O(p).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Circle {
    /// Names in byte order; a server's rank is its index.
    servers: Vec<String>,
    points: Vec<Point>,
}

impl Circle {
    /// A circle of many servers at once, for the price of one sort.
    ///
    /// # Errors
    ///
    /// [`RingError::DuplicateServer`] if a name comes twice.
    ///
    /// # Time complexity
    ///
    /// O(p log p) for `p` points, where adding server by server would be O(n · p).
    pub fn from_servers<S, P>(
        servers: S,
        mut positions: impl FnMut(&str) -> P,
    ) -> Result<Self, RingError>
    where
        S: IntoIterator<Item: Into<String>>,
        P: IntoIterator<Item = u64>,
    {
        let mut servers: Vec<String> = servers.into_iter().map(Into::into).collect();
        servers.sort_unstable();
        if let Some(twice) = servers.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(RingError::duplicate(&twice[0]));
        }
        let mut points = Vec::new();
        for (rank, server) in (0_u32..).zip(&servers) {
            points.extend(
                positions(server)
                    .into_iter()
                    .map(|position| Point { position, rank }),
            );
        }
        points.sort_unstable();
        Ok(Self { servers, points })
    }

    /// Adds a server that owns these positions.
    ///
    /// # Errors
    ///
    /// [`RingError::DuplicateServer`] if it is there already.
    pub fn insert(
        &mut self,
        server: &str,
        positions: impl IntoIterator<Item = u64>,
    ) -> Result<(), RingError> {
        let Err(place) = self.find(server) else {
            return Err(RingError::duplicate(server));
        };
        self.servers.insert(place, server.to_owned());
        let rank = place as u32;
        for point in &mut self.points {
            point.rank += u32::from(point.rank >= rank);
        }
        self.points.extend(
            positions
                .into_iter()
                .map(|position| Point { position, rank }),
        );
        // The stable sort finds the old points as one sorted run and merges;
        // the unstable one would start from nothing.
        self.points.sort();
        Ok(())
    }

    /// Removes a server with all its points.
    ///
    /// # Errors
    ///
    /// [`RingError::UnknownServer`] if it is not there.
    pub fn remove(&mut self, server: &str) -> Result<(), RingError> {
        let place = self.find(server).map_err(|_| RingError::unknown(server))?;
        self.servers.remove(place);
        let rank = place as u32;
        self.points.retain(|point| point.rank != rank);
        for point in &mut self.points {
            point.rank -= u32::from(point.rank > rank);
        }
        Ok(())
    }

    /// Whether a server of this name is there.
    pub fn contains(&self, server: &str) -> bool {
        self.find(server).is_ok()
    }

    /// The servers, in byte order of their names.
    pub fn servers(&self) -> &[String] {
        &self.servers
    }

    // ANCHOR: owner_at
    /// The server that owns `position`: that of the first point at or after it.
    pub fn owner_at(&self, position: u64) -> Option<&str> {
        let successor = self.successor(position);
        let point = self.points.get(successor).or_else(|| self.points.first())?;
        Some(&self.servers[point.rank as usize])
    }

    /// Index of the first point at or after `position`; the number of points if
    /// there is none before the circle starts again.
    fn successor(&self, position: u64) -> usize {
        self.points
            .partition_point(|point| point.position < position)
    }
    // ANCHOR_END: owner_at

    // ANCHOR: clockwise
    /// The servers of all points, once round the circle from `position`; a
    /// server comes as often as it has points.
    pub fn clockwise(&self, position: u64) -> impl Iterator<Item = &str> {
        let (before, after) = self.points.split_at(self.successor(position));
        after
            .iter()
            .chain(before)
            .map(|point| self.servers[point.rank as usize].as_str())
    }
    // ANCHOR_END: clockwise

    /// Position and server of every point, clockwise from 0.
    pub fn points(&self) -> impl ExactSizeIterator<Item = (u64, &str)> {
        self.points
            .iter()
            .map(|point| (point.position, self.servers[point.rank as usize].as_str()))
    }

    /// How many positions each server owns, in the order of
    /// [`servers`](Self::servers); together 2^64. Exact, so that balance can be
    /// studied without sampling keys.
    ///
    /// # Time complexity
    ///
    /// O(p) for `p` points.
    pub fn owned_positions(&self) -> Vec<u128> {
        let mut owned = vec![0; self.servers.len()];
        let Some(last) = self.points.last() else {
            return owned;
        };
        // The first point's arc begins behind the last point, one turn back.
        let mut previous = i128::from(last.position) - (1 << 64);
        for point in &self.points {
            let position = i128::from(point.position);
            owned[point.rank as usize] += (position - previous) as u128;
            previous = position;
        }
        owned
    }

    /// Recounts what the circle relies on.
    ///
    /// # Panics
    ///
    /// If names or points are out of order, a name comes twice, or a point
    /// belongs to nobody.
    pub fn validate(&self) {
        assert!(
            self.servers.is_sorted_by(|left, right| left < right),
            "names are sorted and none comes twice"
        );
        assert!(self.points.is_sorted(), "points are sorted");
        assert!(
            self.points
                .iter()
                .all(|point| (point.rank as usize) < self.servers.len()),
            "every point belongs to a server"
        );
        let owned: u128 = self.owned_positions().iter().sum();
        let circle = if self.points.is_empty() { 0 } else { 1 << 64 };
        assert_eq!(owned, circle, "the arcs cover the circle once");
    }

    pub(super) fn raw_points(&self) -> &[Point] {
        &self.points
    }

    fn find(&self, server: &str) -> Result<usize, usize> {
        self.servers
            .binary_search_by(|name| name.as_str().cmp(server))
    }
}
