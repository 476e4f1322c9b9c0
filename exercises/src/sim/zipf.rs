//! Zipf's law: of many keys, the *r*-th most popular one is asked for 1/r^s as often as the first.
//!
//! Requests for web pages, files and database rows follow it closely, with exponents `s`
//! between 0.6 and 1.1 (L. Breslau et al., *Web caching and Zipf-like distributions*, INFOCOM
//! 1999; J. Yang et al., *A large scale analysis of hundreds of in-memory cache clusters at
//! Twitter*, OSDI 2020). Requests are independent of each other here; real ones also come in
//! bursts, scans and loops, for which see [`trace`](super::trace).
//!
//! Drawn by inverting the exact distribution, with a binary search among cumulative weights: 8
//! bytes a key, and no approximation whose error would have to be discussed.

use rand::{Rng, RngExt};

/// Draws keys 0, 1, 2 … of which 0 is the most popular.
///
/// # Examples
///
/// ```
/// use exercises::random::seeded;
/// use exercises::sim::Zipf;
///
/// let zipf = Zipf::new(1000, 1.0);
/// assert!((zipf.share(0) / zipf.share(9) - 10.0).abs() < 1e-9);
/// assert!(zipf.draw(&mut seeded(1)) < 1000);
/// ```
#[derive(Debug, Clone)]
pub struct Zipf {
    /// By key: the weights up to and with its own.
    cumulative: Vec<f64>,
}

impl Zipf {
    /// `keys` keys with this exponent; with 0 all are equally popular.
    ///
    /// # Panics
    ///
    /// If there are no keys.
    ///
    /// # Time complexity
    ///
    /// O(`keys`).
    pub fn new(keys: usize, exponent: f64) -> Self {
        assert!(keys > 0, "there must be a key to draw");
        let weights = (1..=keys).map(|rank| (rank as f64).powf(-exponent));
        let cumulative = weights.scan(0.0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Self {
            cumulative: cumulative.collect(),
        }
    }

    /// The part of all requests that ask for this key; 0 if there is no such key.
    pub fn share(&self, key: usize) -> f64 {
        let up_to = |key: usize| self.cumulative.get(key).copied().unwrap_or(self.total());
        let before = key.checked_sub(1).map_or(0.0, up_to);
        (up_to(key) - before) / self.total()
    }

    /// The part of all requests that ask for one of the `count` most popular keys: the hit ratio of
    /// a cache that holds just these, which on independent requests nobody can beat who
    /// does not know the future.
    pub fn share_of_first(&self, count: usize) -> f64 {
        match count.min(self.cumulative.len()).checked_sub(1) {
            Some(last) => self.cumulative[last] / self.total(),
            None => 0.0,
        }
    }

    /// Draws a key.
    ///
    /// # Time complexity
    ///
    /// O(log keys).
    pub fn draw(&self, random: &mut impl Rng) -> u64 {
        let point = random.random::<f64>() * self.total();
        let key = self.cumulative.partition_point(|up_to| *up_to <= point);
        key.min(self.cumulative.len() - 1) as u64
    }

    fn total(&self) -> f64 {
        self.cumulative[self.cumulative.len() - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::seeded;

    #[test]
    fn each_key_gets_its_share() {
        let zipf = Zipf::new(10, 1.0);
        let mut random = seeded(1);
        let mut counts = [0_u32; 10];
        let n = 100_000_u32;
        for _ in 0..n {
            counts[zipf.draw(&mut random) as usize] += 1;
        }
        for (key, count) in counts.iter().enumerate() {
            // Four standard errors of a binomial count.
            let p = zipf.share(key);
            let expected = p * f64::from(n);
            let allowed = 4.0 * (expected * (1.0 - p)).sqrt();
            assert!(
                (f64::from(*count) - expected).abs() < allowed,
                "key {key}: {count} of {expected}"
            );
        }
    }

    #[test]
    fn shares_sum_to_one_and_an_exponent_of_zero_makes_them_equal() {
        let zipf = Zipf::new(7, 0.9);
        assert!(((0..7).map(|key| zipf.share(key)).sum::<f64>() - 1.0).abs() < 1e-12);
        assert_eq!(zipf.share(7), 0.0);
        assert_eq!(zipf.share_of_first(0), 0.0);
        assert_eq!(zipf.share_of_first(99), 1.0);
        assert_eq!(Zipf::new(4, 0.0).share(3), 0.25);
    }
}
