//! Contract of the exercise `series_parallel`: all are needed, or one is enough.
//!
//! It asks for independent parts, perfect detection and no time to fail over; the
//! exercises behind it take these assumptions away.

use super::Unavailability;

/// Parts in sequence and in parallel, which fail independently of one another.
///
/// An answer is right if it is within one part in 10^9 of the *unavailability*.
///
/// | request | answer |
/// |---|---|
/// | `in_series` of nothing | never down: nothing is needed |
/// | `in_parallel` of nothing | always down: there is none that could be up |
///
/// # Examples
///
/// ```
/// use exercises::availability::{Independent, SeriesParallel, Unavailability};
///
/// fn tour<T: SeriesParallel>() {
///     let three_nines = Unavailability::clamped(0.001);
///     assert!((T::in_series(&[three_nines; 2]).get() - 0.001_999).abs() < 1e-12);
///     assert!((T::in_parallel(&[three_nines; 2]).get() - 0.000_001).abs() < 1e-15);
/// }
///
/// tour::<Independent>();
/// ```
pub trait SeriesParallel {
    /// Down as soon as one of the parts is.
    fn in_series(parts: &[Unavailability]) -> Unavailability;

    /// Down only while all of the parts are.
    fn in_parallel(parts: &[Unavailability]) -> Unavailability;
}
