//! Contract of the exercise `k_of_n`: some of the parts are enough, but not one.
//!
//! Series (`n` of `n`) and parallel (1 of `n`) are its two ends.

use super::Unavailability;

/// A group that is up while at least `needed` of its parts are, independent of one another.
///
/// An answer is right if it is within one part in 10^9 of the *unavailability*.
///
/// | request | answer |
/// |---|---|
/// | `needed` 0 | never down, even without parts |
/// | more needed than there are | always down |
/// | 60 parts, each with an unavailability of its own | answered in well under a second: the 2^60 cases cannot be listed |
///
/// # Examples
///
/// ```
/// use exercises::availability::{KOfN, TailSum, Unavailability};
///
/// fn tour<T: KOfN>() {
///     let parts = [Unavailability::clamped(0.01); 3];
///     let quorum = T::at_least(2, &parts).get();
///     assert!((quorum - (3.0 * 0.01 * 0.01 * 0.99 + 0.01_f64.powi(3))).abs() < 1e-12);
/// }
///
/// tour::<TailSum>();
/// ```
pub trait KOfN {
    /// The probability that fewer than `needed` of `parts` are up.
    fn at_least(needed: usize, parts: &[Unavailability]) -> Unavailability;
}
