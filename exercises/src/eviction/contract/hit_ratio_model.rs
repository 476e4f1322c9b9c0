//! Contract of the exercise `hit_ratio_model`: what a hit ratio is worth.

use std::time::Duration;

/// Mean times with a cache in front of an origin.
///
/// *Every* request asks the cache first, which takes `cache`; a miss asks the origin as well, which takes
/// `origin`, longer than no time. A hit ratio is a number from 0 to 1. Rounding to nanoseconds does not
/// matter: an answer may be off by a nanosecond, or by a billionth.
///
/// | request | answer |
/// |---|---|
/// | `break_even`, when no ratio up to 1 is enough | `None` |
/// | `needed_for`, when no ratio up to 1 is enough | `None` |
/// | `needed_for`, when even a ratio of 0 is enough | `Some(0.0)` |
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::eviction::{AccessTime, HitRatioModel};
///
/// fn tour<T: AccessTime>() {
///     let (cache, origin) = (Duration::from_millis(1), Duration::from_millis(20));
///     assert_eq!(T::mean(cache, origin, 0.5), Duration::from_millis(11));
///     assert_eq!(T::break_even(cache, origin), Some(0.05));
///     assert_eq!(T::needed_for(cache, origin, Duration::from_millis(11)), Some(0.5));
/// }
///
/// tour::<HitRatioModel>();
/// ```
pub trait AccessTime {
    /// Mean time of a request.
    fn mean(cache: Duration, origin: Duration, hit_ratio: f64) -> Duration;

    /// The smallest hit ratio with which requests take no longer than without the cache.
    fn break_even(cache: Duration, origin: Duration) -> Option<f64>;

    /// The smallest hit ratio with which the mean time is `goal` or less.
    fn needed_for(cache: Duration, origin: Duration, goal: Duration) -> Option<f64>;
}
