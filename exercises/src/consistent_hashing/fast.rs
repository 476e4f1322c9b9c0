//! The ring with a guide table: the same owners as [`VirtualRing`], found in
//! constant time.
//!
//! A binary search over 160,000 points takes 17 steps, most of them cache misses.
//! But positions are hashes, and hashes are spread evenly: the top bits of a
//! position already tell about where in the sorted list its successor is. So the
//! circle is cut into slices, two or more a point, and a table holds for each
//! slice the first point at or after its beginning. A lookup reads one entry and
//! passes over the points of its slice that lie before the key: a quarter of a
//! point on average.
//!
//! Use it where lookups outnumber changes; a change rebuilds the table, one pass
//! over the points. It needs evenly spread positions: on a circle whose points
//! crowd together (the labelled toy ring) it is right, and no faster than a scan.
//!
//! The idea is that of interpolation search with one step precomputed; as a
//! "guide table" it is known from sampling discrete distributions (H.-C. Chen,
//! Y. Asau, *On generating random variates from an empirical distribution*, 1974).
//!
//! [`VirtualRing`]: super::VirtualRing

use std::num::NonZeroU32;

use super::circle::Point;
use super::{Circle, RingError, key_position, point_position};

/// A ring with virtual nodes and constant-time lookup, on XXH3 positions.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroU32;
///
/// use exercises::consistent_hashing::{FastRing, RingError};
///
/// let points = NonZeroU32::new(160).expect("160 is not 0");
/// let mut ring = FastRing::from_servers(points, ["cache-a", "cache-b", "cache-c"])?;
/// let owner = ring.owner("user:42").map(str::to_owned);
///
/// ring.add("cache-d")?;
/// ring.remove("cache-d")?;
/// assert_eq!(ring.owner("user:42"), owner.as_deref());
/// # Ok::<(), RingError>(())
/// ```
///
/// # Time complexity
///
/// For `p` points in all: `owner` is expected O(1), `add` and `remove` are O(p),
/// `from_servers` is O(p log p). Memory: 16 bytes a point and 4 bytes a slice,
/// two to four slices a point.
#[derive(Debug, Clone)]
pub struct FastRing {
    points_per_server: NonZeroU32,
    circle: Circle,
    guide: Guide,
}

// ANCHOR: guide
/// For each slice of the circle, the first point at or after its beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Guide {
    first_point: Vec<u32>,
    /// `position >> shift` is the number of the slice.
    shift: u32,
}

impl Guide {
    /// One pass over points and slices; no search for any slice.
    fn new(points: &[Point]) -> Self {
        let slices = (2 * points.len()).next_power_of_two().max(2);
        let shift = u64::BITS - slices.trailing_zeros();
        let mut first_point = Vec::with_capacity(slices);
        for (index, point) in (0_u32..).zip(points) {
            let slice = (point.position >> shift) as usize;
            // All slices that begin behind the previous point, up to this one's.
            if first_point.len() <= slice {
                first_point.resize(slice + 1, index);
            }
        }
        // Behind the last point the circle starts again; see `FastRing::owner_at`.
        first_point.resize(slices, points.len() as u32);
        Self { first_point, shift }
    }
}
// ANCHOR_END: guide

impl FastRing {
    /// An empty ring that gives each server `points_per_server` points.
    pub fn new(points_per_server: NonZeroU32) -> Self {
        Self::of_circle(points_per_server, Circle::default())
    }

    /// A ring of many servers at once, for the price of one sort.
    ///
    /// # Errors
    ///
    /// [`RingError::DuplicateServer`] if a name comes twice.
    pub fn from_servers<S>(
        points_per_server: NonZeroU32,
        servers: impl IntoIterator<Item = S>,
    ) -> Result<Self, RingError>
    where
        S: Into<String>,
    {
        let circle = Circle::from_servers(servers, |server| positions(server, points_per_server))?;
        Ok(Self::of_circle(points_per_server, circle))
    }

    fn of_circle(points_per_server: NonZeroU32, circle: Circle) -> Self {
        let guide = Guide::new(circle.raw_points());
        Self {
            points_per_server,
            circle,
            guide,
        }
    }

    /// Puts a server on the ring, with all its points.
    ///
    /// # Errors
    ///
    /// [`RingError::DuplicateServer`] if it is there already.
    pub fn add(&mut self, server: &str) -> Result<(), RingError> {
        self.circle
            .insert(server, positions(server, self.points_per_server))?;
        self.guide = Guide::new(self.circle.raw_points());
        Ok(())
    }

    /// Takes a server off the ring, with all its points.
    ///
    /// # Errors
    ///
    /// [`RingError::UnknownServer`] if it is not there.
    pub fn remove(&mut self, server: &str) -> Result<(), RingError> {
        self.circle.remove(server)?;
        self.guide = Guide::new(self.circle.raw_points());
        Ok(())
    }

    /// The server that holds `key`; `None` when the ring is empty.
    #[inline]
    pub fn owner(&self, key: impl AsRef<[u8]>) -> Option<&str> {
        self.owner_at(key_position(key.as_ref()))
    }

    // ANCHOR: guided_lookup
    /// The server that owns `position`.
    #[inline]
    pub fn owner_at(&self, position: u64) -> Option<&str> {
        let points = self.circle.raw_points();
        let slice = (position >> self.guide.shift) as usize;
        let first = self.guide.first_point[slice] as usize;
        let lies_before = |index: usize| {
            points
                .get(index)
                .is_some_and(|point| point.position < position)
        };
        // The first step is added, not branched on: whether it is needed is a
        // toss-up, and a branch mispredicted costs more than the whole lookup.
        // Further steps are rare.
        let mut successor = first + usize::from(lies_before(first));
        while lies_before(successor) {
            successor += 1;
        }
        let point = points.get(successor).or_else(|| points.first())?;
        Some(&self.circle.servers()[point.rank as usize])
    }
    // ANCHOR_END: guided_lookup

    /// The circle of points that the ring stands on.
    pub fn circle(&self) -> &Circle {
        &self.circle
    }

    /// Recounts what the ring relies on.
    ///
    /// # Panics
    ///
    /// If the circle is broken, its points are not those of its servers, or an
    /// entry of the guide table does not point at the first point of its slice.
    pub fn validate(&self) {
        self.circle.validate();
        let expected = Circle::from_servers(self.circle.servers(), |server| {
            positions(server, self.points_per_server)
        });
        assert_eq!(
            Ok(&self.circle),
            expected.as_ref(),
            "points are those of the hash"
        );
        let points = self.circle.raw_points();
        for (slice, first) in (0_u64..).zip(&self.guide.first_point) {
            let begin = slice << self.guide.shift;
            let searched = points.partition_point(|point| point.position < begin);
            assert_eq!(*first as usize, searched, "first point of slice {slice}");
        }
    }
}

/// Positions of a server's points.
fn positions(server: &str, count: NonZeroU32) -> Vec<u64> {
    (0..count.get())
        .map(|index| point_position(server, index))
        .collect()
}

#[cfg(test)]
mod tests;
