//! Contract of the exercise `common_cause`: copies that share a part of their failures.
//!
//! The beta-factor model of K. N. Fleming (1975): a share β of a part's unavailability
//! comes from causes that take all copies down at once, the rest is its own. It does not
//! ask for causes that take down some of the copies only; finer models (multiple Greek
//! letters, alpha factors) do, and need more data than most people have.

use super::Unavailability;

/// Identical copies in parallel, of which a share `beta` of the downtime is common.
///
/// With `u` the unavailability of one copy: `beta · u` is the common part, in series
/// with the whole group; `(1 − beta) · u` is each copy's own, independent of the others.
///
/// An answer is right if it is within one part in 10^9 of the *unavailability*.
///
/// | request | answer |
/// |---|---|
/// | a group of 0 copies | always down |
/// | `copies_needed` beyond what any number of copies can reach | `None` |
/// | `copies_needed` for [`Unavailability::ALWAYS`] | `Some(0)` |
///
/// # Examples
///
/// ```
/// use exercises::availability::{BetaFactor, CommonCause, Unavailability};
///
/// fn tour<T: CommonCause>() {
///     let (copy, five_nines) = (Unavailability::clamped(0.001), Unavailability::clamped(1e-5));
///     let pair = T::group(2, copy, 0.1).get();
///     assert!((pair - 1.008e-4).abs() < 1e-7, "not quite four nines");
///     assert_eq!(T::copies_needed(copy, 0.0, five_nines), Some(2));
///     assert_eq!(T::copies_needed(copy, 0.1, five_nines), None);
/// }
///
/// tour::<BetaFactor>();
/// ```
pub trait CommonCause {
    /// The unavailability of a group of `copies`; `beta` is from 0 to 1.
    fn group(copies: u32, copy: Unavailability, beta: f64) -> Unavailability;

    /// The smallest number of copies whose group is down no more than `target`.
    fn copies_needed(copy: Unavailability, beta: f64, target: Unavailability) -> Option<u32>;
}
