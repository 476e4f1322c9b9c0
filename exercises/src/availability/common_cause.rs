//! The beta-factor model: copies fail one by one, or all at once.
//!
//! K. N. Fleming, *A reliability model for common mode failures in redundant safety
//! systems*, 1975. One number, β, says which share of the downtime is common: a bad
//! deploy, a shared switch, an expired certificate. The group gets a part in series that
//! no copy can stand in for, and `β · u` is a floor under everything that copies can do.

use super::{CommonCause, Unavailability};

/// The reference for [`CommonCause`].
///
/// # Examples
///
/// ```
/// use exercises::availability::{BetaFactor, CommonCause, Unavailability};
///
/// let copy = Unavailability::clamped(0.001);
/// let ten = BetaFactor::group(10, copy, 0.05).get();
/// assert!((ten - 5e-5).abs() < 1e-12, "the floor, however many there are");
/// ```
///
/// # Time complexity
///
/// `group` is O(log copies); `copies_needed` adds one O(log copies) for each copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BetaFactor;

// ANCHOR: common_cause
impl CommonCause for BetaFactor {
    fn group(copies: u32, copy: Unavailability, beta: f64) -> Unavailability {
        if copies == 0 {
            return Unavailability::ALWAYS;
        }
        let common = beta * copy.get();
        let own = (1.0 - beta) * copy.get();
        let all_at_once_or_one_by_one = common + (1.0 - common) * power(own, copies);
        Unavailability::clamped(all_at_once_or_one_by_one)
    }

    fn copies_needed(copy: Unavailability, beta: f64, target: Unavailability) -> Option<u32> {
        let mut last = Unavailability::ALWAYS;
        for copies in 0.. {
            let down = Self::group(copies, copy, beta);
            if down <= target {
                return Some(copies);
            }
            // Another copy no longer helps, because of the floor or of the float's end.
            if copies > 0 && down >= last {
                return None;
            }
            last = down;
        }
        None
    }
}
// ANCHOR_END: common_cause

/// `base` to the power of `exponent`, which `powi` takes as an `i32`.
fn power(base: f64, exponent: u32) -> f64 {
    base.powf(f64::from(exponent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(beta: f64, expected: f64) {
        let pair = BetaFactor::group(2, Unavailability::clamped(0.001), beta).get();
        assert!(
            (pair / expected - 1.0).abs() < 1e-3,
            "{pair}, expected {expected}"
        );
    }

    #[test]
    fn a_tenth_of_common_causes_turns_six_nines_into_four() {
        check(0.0, 1.0e-6);
        check(0.01, 1.098e-5);
        check(0.05, 5.09e-5);
        check(0.1, 1.008e-4);
    }

    #[test]
    fn a_target_below_the_floor_is_out_of_reach() {
        let copy = Unavailability::clamped(0.01);
        let needed =
            |beta, target| BetaFactor::copies_needed(copy, beta, Unavailability::clamped(target));
        assert_eq!(needed(0.0, 1.001e-20), Some(10));
        assert_eq!(needed(0.1, 9.9e-4), None);
        assert_eq!(needed(0.1, 1.1e-3), Some(2));
        assert_eq!(needed(1.0, 0.01), Some(1));
        assert_eq!(needed(0.5, 1.0), Some(0));
    }

    #[test]
    fn copies_that_never_work_help_nobody() {
        let dead =
            BetaFactor::copies_needed(Unavailability::ALWAYS, 0.0, Unavailability::clamped(0.5));
        assert_eq!(dead, None);
    }
}
