//! How well a placement does: who holds how much, and what a change moves.
//!
//! Works on any placement, the learner's own included: it only asks for a function
//! from key to server. For what to expect see [`theory`](super::theory).

use super::Circle;

/// How evenly a load is spread over servers.
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::Balance;
///
/// let balance = Balance::of(&[10.0, 20.0, 30.0]).expect("there are servers");
/// assert_eq!(balance.mean, 20.0);
/// assert_eq!(balance.max_over_mean, 1.5);
/// assert_eq!(balance.min_over_mean, 0.5);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Balance {
    /// Mean load of a server.
    pub mean: f64,
    /// Largest load over the mean; 1 is perfect.
    pub max_over_mean: f64,
    /// Smallest load over the mean; 1 is perfect.
    pub min_over_mean: f64,
    /// Standard deviation over the mean, also called coefficient of variation;
    /// 0 is perfect. Over all servers, not a sample of them: divided by `n`.
    pub stdev_over_mean: f64,
}

impl Balance {
    /// The balance of these loads; `None` without servers or without load.
    ///
    /// # Time complexity
    ///
    /// O(number of loads).
    pub fn of(loads: &[f64]) -> Option<Self> {
        let n = loads.len() as f64;
        let mean = loads.iter().sum::<f64>() / n;
        // `NaN` without servers, which is not above 0 either.
        if mean.is_nan() || mean <= 0.0 {
            return None;
        }
        let variance = loads.iter().map(|load| (load - mean).powi(2)).sum::<f64>() / n;
        Some(Self {
            mean,
            max_over_mean: loads.iter().copied().fold(0.0, f64::max) / mean,
            min_over_mean: loads.iter().copied().fold(f64::INFINITY, f64::min) / mean,
            stdev_over_mean: variance.sqrt() / mean,
        })
    }

    /// The balance of a circle's arcs, exact: as if every position were a key.
    pub fn of_circle(circle: &Circle) -> Option<Self> {
        let owned: Vec<f64> = circle
            .owned_positions()
            .iter()
            .map(|arc| *arc as f64)
            .collect();
        Self::of(&owned)
    }
}

/// Each server's share of the circle, exact; together 1.
///
/// # Time complexity
///
/// O(p) for `p` points.
///
/// ```
/// use exercises::consistent_hashing::{Circle, RingError, shares};
///
/// let mut circle = Circle::default();
/// circle.insert("a", [0])?;
/// circle.insert("b", [1 << 62])?;
/// assert_eq!(shares(&circle), [("a", 0.75), ("b", 0.25)]);
/// # Ok::<(), RingError>(())
/// ```
pub fn shares(circle: &Circle) -> Vec<(&str, f64)> {
    let whole = 2.0_f64.powi(64);
    circle
        .servers()
        .iter()
        .zip(circle.owned_positions())
        .map(|(server, arc)| (server.as_str(), arc as f64 / whole))
        .collect()
}

/// What a change of the servers moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Keys whose server changed.
    pub keys: usize,
    /// Those of them that went from one server to another although both were
    /// there before and after. A consistent placement has none.
    pub between_old: usize,
    /// All keys looked at.
    pub of: usize,
}

impl Moved {
    /// The part of the keys that moved, from 0 to 1; 0 without keys.
    pub fn share(&self) -> f64 {
        self.keys as f64 / self.of.max(1) as f64
    }
}

/// Where each key of a list is, at one moment.
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{Placement, Ring, RingError, RingHash, sample_keys};
///
/// let keys = sample_keys(1, 1000);
/// let mut ring = Ring::new(RingHash::XXH3);
/// ring.add("a")?;
/// ring.add("b")?;
/// let before = Placement::of(&["a", "b"], &keys, |key| ring.owner(key));
///
/// ring.add("c")?;
/// let after = Placement::of(&["a", "b", "c"], &keys, |key| ring.owner(key));
/// let moved = before.moved_to(&after);
/// assert_eq!(moved.between_old, 0);
/// assert_eq!(moved.keys as u64, after.load("c"));
/// # Ok::<(), RingError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    servers: Vec<String>,
    /// Index into `servers` for each key.
    owners: Vec<Option<usize>>,
}

impl Placement {
    /// Asks `owner` for every key. `servers` are all servers, so that one without
    /// keys counts too; an owner that is not among them is added to them.
    ///
    /// # Time complexity
    ///
    /// One call of `owner` for each key, and O(n) for each to find its server
    /// among `n`.
    pub fn of<'a, S: AsRef<str>, K: AsRef<[u8]>>(
        servers: &[S],
        keys: &[K],
        owner: impl Fn(&[u8]) -> Option<&'a str>,
    ) -> Self {
        let mut servers: Vec<String> = servers
            .iter()
            .map(|name| name.as_ref().to_owned())
            .collect();
        let mut index_of = |name: &str| {
            let known = servers.iter().position(|server| server == name);
            known.unwrap_or_else(|| {
                servers.push(name.to_owned());
                servers.len() - 1
            })
        };
        let owners = keys
            .iter()
            .map(|key| owner(key.as_ref()).map(&mut index_of))
            .collect();
        Self { servers, owners }
    }

    /// The servers, in the order in which they were given.
    pub fn servers(&self) -> &[String] {
        &self.servers
    }

    /// Keys on each server, in the order of [`servers`](Self::servers).
    ///
    /// # Time complexity
    ///
    /// O(number of keys).
    pub fn loads(&self) -> Vec<u64> {
        let mut loads = vec![0; self.servers.len()];
        for owner in self.owners.iter().flatten() {
            loads[*owner] += 1;
        }
        loads
    }

    /// Keys on this server; 0 if there is no such server.
    ///
    /// # Time complexity
    ///
    /// O(number of keys).
    pub fn load(&self, server: &str) -> u64 {
        let loads = self.loads();
        let index = self.servers.iter().position(|name| name == server);
        index.map_or(0, |index| loads[index])
    }

    /// How evenly the keys are spread; `None` without servers or keys.
    pub fn balance(&self) -> Option<Balance> {
        let loads: Vec<f64> = self.loads().iter().map(|load| *load as f64).collect();
        Balance::of(&loads)
    }

    /// What moved between this placement and a later one of the same keys.
    ///
    /// # Panics
    ///
    /// If the placements are of different numbers of keys.
    ///
    /// # Time complexity
    ///
    /// O(number of keys + number of servers²).
    pub fn moved_to(&self, after: &Self) -> Moved {
        assert_eq!(
            self.owners.len(),
            after.owners.len(),
            "both placements are of the same keys"
        );
        // For each server here its index there, so that keys compare numbers.
        let there: Vec<Option<usize>> = self
            .servers
            .iter()
            .map(|server| after.servers.iter().position(|name| name == server))
            .collect();
        let stayed_a_server = |index: usize| there.contains(&Some(index));
        let mut moved = Moved {
            keys: 0,
            between_old: 0,
            of: self.owners.len(),
        };
        for (old, new) in self.owners.iter().zip(&after.owners) {
            let old_there = old.and_then(|old| there[old]);
            if old.is_none() && new.is_none() || old_there.is_some() && old_there == *new {
                continue;
            }
            moved.keys += 1;
            let new_is_old = new.is_some_and(stayed_a_server);
            moved.between_old += usize::from(old_there.is_some() && new_is_old);
        }
        moved
    }
}

#[cfg(test)]
mod tests;
