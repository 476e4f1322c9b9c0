//! Series and parallel, computed with unavailabilities throughout.
//!
//! The formula of the textbooks, `1 − ∏ availabilities`, subtracts two numbers that are
//! almost equal, and what is left of eleven nines has five right digits. Adding `v·(1 − u)`
//! to `u` gives the same sum without ever coming near 1.

use super::{SeriesParallel, Unavailability};

/// The reference for [`SeriesParallel`]: parts that fail independently.
///
/// # Examples
///
/// ```
/// use exercises::availability::{Independent, SeriesParallel, Unavailability};
///
/// let services = [Unavailability::clamped(1e-11); 2];
/// assert_eq!(Independent::in_series(&services).get(), 2e-11 - 1e-22);
/// ```
///
/// # Time complexity
///
/// O(parts).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Independent;

// ANCHOR: series_parallel
impl SeriesParallel for Independent {
    fn in_series(parts: &[Unavailability]) -> Unavailability {
        // Down already, or up so far and stopped by this part.
        let down = parts
            .iter()
            .fold(0.0, |down, part| down + (1.0 - down) * part.get());
        Unavailability::clamped(down)
    }

    fn in_parallel(parts: &[Unavailability]) -> Unavailability {
        Unavailability::clamped(parts.iter().map(|part| part.get()).product())
    }
}
// ANCHOR_END: series_parallel

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numbers: &[f64]) -> Vec<Unavailability> {
        numbers
            .iter()
            .map(|number| Unavailability::clamped(*number))
            .collect()
    }

    #[test]
    fn two_parts_of_three_nines_give_998_permille_or_six_nines() {
        let pair = of(&[0.001, 0.001]);
        assert_eq!(
            Independent::in_series(&pair).availability().to_string(),
            "99.8001%"
        );
        assert_eq!(
            Independent::in_parallel(&pair).availability().to_string(),
            "99.9999%"
        );
    }

    #[test]
    fn without_parts_a_series_is_up_and_a_parallel_group_is_down() {
        assert_eq!(Independent::in_series(&[]), Unavailability::NEVER);
        assert_eq!(Independent::in_parallel(&[]), Unavailability::ALWAYS);
    }

    #[test]
    fn a_part_that_is_always_down_decides_a_series_and_nothing_in_parallel() {
        let parts = of(&[0.25, 1.0, 0.5]);
        assert_eq!(Independent::in_series(&parts), Unavailability::ALWAYS);
        assert_eq!(Independent::in_parallel(&parts).get(), 0.125);
    }

    #[test]
    fn subtracting_from_one_would_lose_digits_of_eleven_nines() {
        let exact = Independent::in_series(&of(&[1e-11; 3])).get();
        let usual = 1.0 - (1.0_f64 - 1e-11).powi(3);
        assert!((exact / 3e-11 - 1.0).abs() < 1e-10, "{exact}");
        assert!((usual / 3e-11 - 1.0).abs() > 1e-8, "{usual}");
    }
}
