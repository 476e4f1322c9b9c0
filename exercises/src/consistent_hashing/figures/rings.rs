//! Many rings of one size, to tell what is typical from what is chance.

use crate::consistent_hashing::{Balance, Circle, point_position};

/// A ring like any other of its size: each `number` gives its servers other names.
///
/// # Time complexity
///
/// O(p log p) for `p` points.
pub fn numbered_ring(number: u32, servers: u32, points_per_server: u32) -> Circle {
    let names = (0..servers).map(|server| format!("ring-{number}-server-{server}"));
    Circle::from_servers(names, |server| positions(server, points_per_server))
        .unwrap_or_else(|error| panic!("numbered names are distinct: {error}"))
}

/// The positions of a server's points.
pub(super) fn positions(server: &str, points_per_server: u32) -> impl Iterator<Item = u64> + use<> {
    let server = server.to_owned();
    (0..points_per_server).map(move |index| point_position(&server, index))
}

/// What many measurements of one thing say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Arithmetic mean.
    pub mean: f64,
    /// Smallest.
    pub min: f64,
    /// A tenth lies at or below.
    pub low: f64,
    /// A tenth lies at or above.
    pub high: f64,
    /// Largest.
    pub max: f64,
}

impl Spread {
    /// The spread of these samples.
    ///
    /// # Panics
    ///
    /// If there is none.
    ///
    /// # Time complexity
    ///
    /// O(n log n).
    ///
    /// ```
    /// use exercises::consistent_hashing::figures::Spread;
    ///
    /// let spread = Spread::of((0..=100).map(f64::from));
    /// assert_eq!((spread.low, spread.mean, spread.high), (10.0, 50.0, 90.0));
    /// ```
    pub fn of(samples: impl IntoIterator<Item = f64>) -> Self {
        let mut samples: Vec<f64> = samples.into_iter().collect();
        samples.sort_by(f64::total_cmp);
        assert!(!samples.is_empty(), "a spread needs a sample");
        let at = |part: f64| samples[((samples.len() - 1) as f64 * part).round() as usize];
        Self {
            mean: samples.iter().sum::<f64>() / samples.len() as f64,
            min: at(0.0),
            low: at(0.1),
            high: at(0.9),
            max: at(1.0),
        }
    }
}

/// How much more than its fair share the fullest server owns, over `rings` rings.
///
/// # Time complexity
///
/// O(`rings` · p log p) for `p` points.
pub fn fullest_server(rings: u32, servers: u32, points_per_server: u32) -> Spread {
    Spread::of((0..rings).filter_map(|number| {
        let balance = Balance::of_circle(&numbered_ring(number, servers, points_per_server))?;
        Some(balance.max_over_mean)
    }))
}

/// What one server's arrival or departure does, over many rings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arrivals {
    /// Part of the circle that moves when a server joins.
    pub moved: Spread,
    /// Servers that give something up when one joins.
    pub donors: Spread,
    /// Servers that get something when one leaves.
    pub heirs: Spread,
}

/// One more server, and one fewer, on each of `rings` rings.
///
/// # Time complexity
///
/// O(`rings` · p log p) for `p` points.
pub fn arrivals(rings: u32, servers: u32, points_per_server: u32) -> Arrivals {
    let changes: Vec<(f64, f64, f64)> = (0..rings)
        .map(|number| {
            let before = numbered_ring(number, servers, points_per_server);
            let joined = numbered_ring(number, servers + 1, points_per_server);
            let left = numbered_ring(number, servers - 1, points_per_server);
            (
                gained(&before, &joined).0,
                gained(&before, &joined).1,
                gained(&left, &before).1,
            )
        })
        .collect();
    Arrivals {
        moved: Spread::of(changes.iter().map(|change| change.0)),
        donors: Spread::of(changes.iter().map(|change| change.1)),
        heirs: Spread::of(changes.iter().map(|change| change.2)),
    }
}

/// What the larger ring's new server owns, and from how many others it has it.
/// The other way round, from the larger to the smaller ring, the same servers
/// that gave are those that inherit.
fn gained(smaller: &Circle, larger: &Circle) -> (f64, f64) {
    let mut share = 0.0;
    let mut donors = Vec::new();
    let mut previous = larger.points().last().map_or(0, |(position, _)| position);
    for (position, server) in larger.points() {
        if !smaller.contains(server) {
            share += position.wrapping_sub(previous) as f64 / 2.0_f64.powi(64);
            donors.extend(smaller.owner_at(position));
        }
        previous = position;
    }
    donors.sort_unstable();
    donors.dedup();
    (share, donors.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consistent_hashing::shares;

    #[test]
    fn what_the_new_server_owns_is_what_moves() {
        let (smaller, larger) = (numbered_ring(3, 10, 20), numbered_ring(3, 11, 20));
        let newcomer = "ring-3-server-10";
        let owned = shares(&larger)
            .into_iter()
            .find(|(name, _)| *name == newcomer);
        let (moved, donors) = gained(&smaller, &larger);
        assert!((moved - owned.map_or(0.0, |(_, share)| share)).abs() < 1e-12);
        assert!((2.0..=10.0).contains(&donors));
    }

    #[test]
    fn with_one_point_one_server_gives_and_one_inherits() {
        let arrivals = arrivals(50, 10, 1);
        assert_eq!((arrivals.donors.min, arrivals.donors.max), (1.0, 1.0));
        assert_eq!((arrivals.heirs.min, arrivals.heirs.max), (1.0, 1.0));
        assert!(
            arrivals.moved.min < arrivals.moved.mean && arrivals.moved.mean < arrivals.moved.max
        );
    }
}
