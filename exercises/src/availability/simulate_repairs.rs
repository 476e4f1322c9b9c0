//! Failures and repairs, played: an alternating renewal process and its interval.
//!
//! Use it where no formula exists, and try it first where one does. The estimate is a
//! ratio of two means, so its interval comes from the spread of `d − r·c` over the cycles
//! (regenerative simulation: M. A. Crane and D. L. Iglehart, *Simulating stable
//! stochastic systems, III*, Operations Research 23, 1975). With few cycles the interval
//! is too narrow, because the few long repairs that would widen it have not come yet.

use std::time::Duration;

use super::{Estimate, SimulateRepairs};

/// The reference for [`SimulateRepairs`].
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::availability::{Renewal, SimulateRepairs};
///
/// let second = Duration::from_secs(1);
/// let found = Renewal::simulate(second, second, 2, &mut || 0.5).expect("there are cycles");
/// assert_eq!((found.unavailability, found.half_width), (0.5, 0.0));
/// ```
///
/// # Time complexity
///
/// O(cycles), in time and in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Renewal;

/// 97.5% of a normal distribution lie below so many standard deviations.
const Z: f64 = 1.96;

// ANCHOR: simulate
impl SimulateRepairs for Renewal {
    fn simulate(
        mttf: Duration,
        mttr: Duration,
        cycles: u32,
        draw: &mut dyn FnMut() -> f64,
    ) -> Option<Estimate> {
        let mut time_of = |mean: Duration| -mean.as_secs_f64() * (-draw()).ln_1p();
        let times: Vec<(f64, f64)> = (0..cycles)
            .map(|_| {
                let up = time_of(mttf);
                let down = time_of(mttr);
                (down, up + down)
            })
            .collect();
        ratio(&times)
    }
}

/// The ratio of two sums over independent cycles, with its interval.
fn ratio(cycles: &[(f64, f64)]) -> Option<Estimate> {
    let n = cycles.len() as f64;
    let down: f64 = cycles.iter().map(|(down, _)| down).sum();
    let all: f64 = cycles.iter().map(|(_, length)| length).sum();
    if cycles.is_empty() {
        return None;
    }
    let unavailability = down / all;
    let squares: f64 = cycles
        .iter()
        .map(|(down, length)| (down - unavailability * length).powi(2))
        .sum();
    let half_width = match cycles.len() {
        1 => f64::INFINITY,
        _ => Z * (squares / (n - 1.0)).sqrt() / (all / n * n.sqrt()),
    };
    Some(Estimate {
        unavailability,
        half_width,
    })
}
// ANCHOR_END: simulate

#[cfg(test)]
mod tests {
    use rand::RngExt;

    use super::*;
    use crate::availability::Availability;
    use crate::random;

    fn simulate(cycles: u32, seed: u64) -> Option<Estimate> {
        let mut random = random::seeded(seed);
        let hours = |hours: u64| Duration::from_secs(3_600 * hours);
        Renewal::simulate(hours(99), hours(1), cycles, &mut || random.random())
    }

    #[test]
    fn the_formula_lies_in_95_of_100_intervals() {
        let truth =
            Availability::unavailability_of(Duration::from_secs(99), Duration::from_secs(1));
        let runs = 1_000;
        let held = (0..runs)
            .filter(|seed| simulate(2_000, *seed).is_some_and(|found| found.holds(truth.get())))
            .count();
        // Four standard errors of a share of 0.95 in 1,000 runs: 0.0276.
        let share = held as f64 / runs as f64;
        assert!((share - 0.95).abs() < 0.0276, "{share}");
    }

    #[test]
    fn four_times_the_cycles_halve_the_interval() {
        let width = |cycles| simulate(cycles, 7).map_or(f64::NAN, |found| found.half_width);
        let ratio = width(40_000) / width(10_000);
        assert!((0.45..0.55).contains(&ratio), "{ratio}");
    }

    #[test]
    fn no_cycle_says_nothing_and_one_says_nothing_about_spread() {
        assert_eq!(simulate(0, 1), None);
        assert!(simulate(1, 1).is_some_and(|found| found.half_width.is_infinite()));
    }
}
