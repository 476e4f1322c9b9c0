//! What a hit ratio is worth: the mean time of a request, the load that is left for the origin,
//! and the ratio below which a cache only costs.
//!
//! Every request asks the cache first; a miss asks the origin as well. So a cache in front of a
//! quick origin can make things *slower*. Waiting in queues is not in it: near its limit, an
//! origin gains far more from a lower load than these means say.
//!
//! Source: the mean is the *effective access time* of textbooks on operating systems, for
//! example A. Silberschatz et al., *Operating System Concepts*, chapter *Virtual memory*.

use std::time::Duration;

use super::AccessTime;

/// A cache in front of an origin.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::eviction::HitRatioModel;
///
/// let model = HitRatioModel {
///     cache: Duration::from_millis(1),
///     origin: Duration::from_millis(20),
/// };
/// assert_eq!(model.mean(0.9), Duration::from_millis(3));
/// assert_eq!(model.break_even(), Some(0.05));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HitRatioModel {
    /// Time to ask the cache, hit or miss.
    pub cache: Duration,
    /// Time to ask the origin.
    pub origin: Duration,
}

impl HitRatioModel {
    /// Mean time of a request, when this part of them (0 to 1) is hits.
    // ANCHOR: hit_ratio
    pub fn mean(&self, hit_ratio: f64) -> Duration {
        self.cache + self.origin.mul_f64(1.0 - hit_ratio)
    }

    /// Hit ratio at which the cache has earned its own time; `None` if no ratio is enough.
    pub fn break_even(&self) -> Option<f64> {
        let ratio = self.cache.as_secs_f64() / self.origin.as_secs_f64();
        (ratio <= 1.0).then_some(ratio)
    }

    /// Hit ratio that brings the mean down to `goal`; `None` if even 1 does not.
    pub fn needed_for(&self, goal: Duration) -> Option<f64> {
        let for_misses = goal.checked_sub(self.cache)?;
        let misses = for_misses.as_secs_f64() / self.origin.as_secs_f64();
        Some(1.0 - misses.min(1.0))
    }

    /// Requests a second that get through to the origin.
    pub fn origin_load(requests_per_s: f64, hit_ratio: f64) -> f64 {
        requests_per_s * (1.0 - hit_ratio)
    }
    // ANCHOR_END: hit_ratio
}

impl AccessTime for HitRatioModel {
    fn mean(cache: Duration, origin: Duration, hit_ratio: f64) -> Duration {
        Self { cache, origin }.mean(hit_ratio)
    }

    fn break_even(cache: Duration, origin: Duration) -> Option<f64> {
        Self { cache, origin }.break_even()
    }

    fn needed_for(cache: Duration, origin: Duration, goal: Duration) -> Option<f64> {
        Self { cache, origin }.needed_for(goal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: HitRatioModel = HitRatioModel {
        cache: Duration::from_millis(1),
        origin: Duration::from_millis(20),
    };

    #[test]
    fn at_the_break_even_a_request_takes_as_long_as_without_a_cache() {
        let ratio = MODEL
            .break_even()
            .expect("the cache is quicker than the origin");
        assert_eq!(MODEL.mean(ratio), MODEL.origin);
    }

    #[test]
    fn a_cache_slower_than_its_origin_never_pays() {
        let slow = HitRatioModel {
            cache: MODEL.origin,
            origin: MODEL.cache,
        };
        assert_eq!(slow.break_even(), None);
    }

    #[test]
    fn the_ratio_for_a_goal_reaches_it() {
        let ratio = MODEL.needed_for(Duration::from_millis(3));
        assert_eq!(ratio, Some(0.9));
        assert_eq!(MODEL.needed_for(Duration::from_micros(999)), None);
        assert_eq!(MODEL.needed_for(Duration::from_secs(1)), Some(0.0));
    }
}
