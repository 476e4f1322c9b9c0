//! The ring with a guide table: the same owners as [`VirtualRing`], found in
//! constant time.
//!
//! A binary search over 160,000 points takes 17 steps, many of them cache misses.
//! But positions are hashes, and hashes are spread evenly: the top bits of a
//! position already tell about where in the sorted list its successor is. So the
//! circle is cut into slices of one or two points, and a table holds for each slice
//! the first point at or after its beginning. A lookup reads one entry and passes
//! over the points of its slice that lie before the key, one at most on average.
//!
//! What is left is memory that should fit the cache. So the points are copied into
//! 8 bytes each: position on top, and in the low bits, which hardly ever decide
//! anything, the server. When they would decide, the plain search does. A finer
//! table would pass over fewer points and was slower: it is larger.
//!
//! Use it where lookups outnumber changes; a change rebuilds both, one pass over
//! the points. It needs evenly spread positions, so it hashes with XXH3 only: on
//! points that crowd together it would be right, and no faster than a scan.
//!
//! The idea is that of interpolation search with one step precomputed; as a
//! "guide table" it is known from sampling discrete distributions (H.-C. Chen,
//! Y. Asau, *On generating random variates from an empirical distribution*, 1974).
//!
//! [`VirtualRing`]: super::VirtualRing

use std::num::NonZeroU32;

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
/// `from_servers` is O(p log p). Memory: 16 bytes a point for the circle, of which
/// lookups read nothing, 8 for the copy, and 2 to 4 for the slices.
#[derive(Debug, Clone)]
pub struct FastRing {
    points_per_server: NonZeroU32,
    circle: Circle,
    guide: Guide,
}

/// How many points a lookup compares with the key without asking in between
/// whether the next is needed. With two points a slice, the most there are, four
/// are enough for 98 keys in 100, and they lie on one or two cache lines.
const AHEAD: usize = 4;

// ANCHOR: guide
/// The circle of points again, laid out for lookups.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Guide {
    /// For each slice of the circle, the first point at or after its beginning.
    first_point: Vec<u32>,
    /// `position >> shift` is the number of the slice.
    shift: u32,
    /// The points: position on top, and its server's rank in the low bits. Behind
    /// the last, where the circle starts again, the first one's server follows.
    packed: Vec<u64>,
    /// The bits that ranks need.
    rank_mask: u64,
}

impl Guide {
    /// One pass over points and slices; no search for any slice.
    fn new(circle: &Circle) -> Self {
        let points = circle.raw_points();
        let rank_mask = (circle.servers().len() as u64).next_power_of_two() - 1;
        let bits = points.len().max(2).ilog2();
        let (slices, shift) = (1 << bits, u64::BITS - bits);
        let mut first_point = Vec::with_capacity(slices);
        for (index, point) in (0_u32..).zip(points) {
            let slice = (point.position >> shift) as usize;
            // All slices that begin behind the previous point, up to this one's.
            if first_point.len() <= slice {
                first_point.resize(slice + 1, index);
            }
        }
        first_point.resize(slices, points.len() as u32);
        let pack = |position: u64, rank: u32| position & !rank_mask | u64::from(rank);
        let again = points
            .first()
            .map(|first| [pack(u64::MAX, first.rank); AHEAD]);
        let packed = points
            .iter()
            .map(|point| pack(point.position, point.rank))
            .chain(again.into_iter().flatten())
            .collect();
        Self {
            first_point,
            shift,
            packed,
            rank_mask,
        }
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
        let guide = Guide::new(&circle);
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
        self.guide = Guide::new(&self.circle);
        Ok(())
    }

    /// Takes a server off the ring, with all its points.
    ///
    /// # Errors
    ///
    /// [`RingError::UnknownServer`] if it is not there.
    pub fn remove(&mut self, server: &str) -> Result<(), RingError> {
        self.circle.remove(server)?;
        self.guide = Guide::new(&self.circle);
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
        let Guide {
            first_point,
            shift,
            packed,
            rank_mask,
        } = &self.guide;
        let wanted = position & !rank_mask;
        let first = first_point[(position >> shift) as usize] as usize;
        // Counted, not searched: four comparisons cost less than one branch that
        // the processor cannot predict. An empty ring has nothing ahead.
        let ahead: &[u64; AHEAD] = packed[first..].first_chunk()?;
        let mut successor = first + ahead.iter().filter(|point| **point < wanted).count();
        while packed[successor] < wanted {
            successor += 1;
        }
        let point = packed[successor];
        if point ^ position <= *rank_mask {
            // All bits but those of the rank agree: only the whole positions decide.
            return self.circle.owner_at(position);
        }
        Some(&self.circle.servers()[(point & rank_mask) as usize])
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
    /// If the circle is broken, its points are not those of its servers, or the
    /// guide table does not say the same as the circle.
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
        let again = if points.is_empty() { 0 } else { AHEAD };
        assert_eq!(
            points.len() + again,
            self.guide.packed.len(),
            "every point is packed"
        );
        for (point, packed) in points.iter().zip(&self.guide.packed) {
            let rank = packed & self.guide.rank_mask;
            assert_eq!(rank, u64::from(point.rank), "server of a packed point");
            assert!(
                packed ^ point.position <= self.guide.rank_mask,
                "position of a packed point"
            );
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
