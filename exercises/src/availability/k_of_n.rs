//! At least `k` of `n`: the distribution of how many are down, and its upper tail.
//!
//! One part after the other joins, and the probabilities of 0, 1, 2 … parts down are
//! carried along (the Poisson binomial distribution). All terms are positive, so that
//! small answers keep their digits. For equal parts the binomial formula gives the same;
//! it has no room for one bad machine.

use super::{KOfN, Unavailability};

/// The reference for [`KOfN`].
///
/// # Examples
///
/// ```
/// use exercises::availability::{KOfN, TailSum, Unavailability};
///
/// let five = [Unavailability::clamped(0.01); 5];
/// assert!(TailSum::at_least(3, &five).get() < 1e-5, "a quorum of 3 of 5");
/// assert!(TailSum::at_least(5, &five).get() > 0.049, "all five");
/// ```
///
/// # Time complexity
///
/// O(parts²).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TailSum;

// ANCHOR: k_of_n
impl KOfN for TailSum {
    fn at_least(needed: usize, parts: &[Unavailability]) -> Unavailability {
        // At index `i` the probability that exactly `i` of the parts so far are down.
        let mut down = vec![1.0];
        for part in parts {
            let (fails, holds) = (part.get(), 1.0 - part.get());
            down.push(0.0);
            for count in (0..down.len()).rev() {
                let one_more = if count == 0 {
                    0.0
                } else {
                    down[count - 1] * fails
                };
                down[count] = down[count] * holds + one_more;
            }
        }
        // With `spare` of them down it is still up.
        let Some(spare) = parts.len().checked_sub(needed) else {
            return Unavailability::ALWAYS;
        };
        Unavailability::clamped(down[spare + 1..].iter().sum())
    }
}
// ANCHOR_END: k_of_n

#[cfg(test)]
mod tests {
    use super::*;
    use crate::availability::{Independent, SeriesParallel};

    fn parts() -> Vec<Unavailability> {
        [0.1, 1e-11, 0.5, 0.001].map(Unavailability::clamped).into()
    }

    #[test]
    fn one_of_n_is_parallel_and_n_of_n_is_a_series() {
        let near = |a: Unavailability, b: Unavailability| (a.get() / b.get() - 1.0).abs() < 1e-12;
        assert!(near(
            TailSum::at_least(1, &parts()),
            Independent::in_parallel(&parts())
        ));
        assert!(near(
            TailSum::at_least(4, &parts()),
            Independent::in_series(&parts())
        ));
    }

    #[test]
    fn nothing_needed_is_never_down_and_too_much_needed_always() {
        assert_eq!(TailSum::at_least(0, &[]), Unavailability::NEVER);
        assert_eq!(TailSum::at_least(0, &parts()), Unavailability::NEVER);
        assert_eq!(TailSum::at_least(5, &parts()), Unavailability::ALWAYS);
    }
}
