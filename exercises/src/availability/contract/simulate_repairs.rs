//! Contract of the exercise `simulate_repairs`: play failures and repairs, and say how
//! far the result can be trusted.
//!
//! An alternating renewal process: up for a random time, down for a random time, and so
//! on. The interval is that of regenerative simulation (M. A. Crane and D. L. Iglehart,
//! 1975), where each cycle of up and down is one independent observation. It does not
//! ask for other distributions than the exponential.

use std::time::Duration;

/// What a simulation found.
///
/// # Examples
///
/// ```
/// use exercises::availability::Estimate;
///
/// let estimate = Estimate { unavailability: 0.010, half_width: 0.002 };
/// assert!(estimate.holds(0.0115) && !estimate.holds(0.013));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Share of the time that was down.
    pub unavailability: f64,
    /// Half of the width of the 95% confidence interval around it.
    pub half_width: f64,
}

impl Estimate {
    /// Whether the interval holds this unavailability.
    pub fn holds(&self, unavailability: f64) -> bool {
        (self.unavailability - unavailability).abs() <= self.half_width
    }
}

/// A simulation of `cycles` failures and repairs, with exponential times.
///
/// | rule | |
/// |---|---|
/// | draws | a cycle takes two uniform numbers from 0 (with) to 1 (without): first for the time up, then for the time down |
/// | exponential | a time with mean `m` is `−m · ln(1 − draw)` |
/// | estimate | all time down over all time, not the mean of the cycles' ratios |
/// | interval | with `d` and `c` the time down and the length of a cycle, `r` the estimate, `c̄` the mean length: `half_width = 1.96 · s / (c̄ · √cycles)`, where `s²` is the sum of `(d − r·c)²` over the cycles, divided by `cycles − 1` |
/// | one cycle | says nothing about spread: the half width is `f64::INFINITY` |
/// | no cycle | `None` |
///
/// Numbers are right within one part in 10^9.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::{availability::{Renewal, SimulateRepairs}, random};
/// use rand::RngExt;
///
/// fn tour<T: SimulateRepairs>() {
///     let mut random = random::seeded(7);
///     let (mttf, mttr) = (Duration::from_secs(99), Duration::from_secs(1));
///     let found = T::simulate(mttf, mttr, 10_000, &mut || random.random()).expect("there are cycles");
///     assert!(found.holds(0.01), "{found:?}");
/// }
///
/// tour::<Renewal>();
/// ```
pub trait SimulateRepairs {
    /// Plays `cycles` times of being up and down, with these means.
    fn simulate(
        mttf: Duration,
        mttr: Duration,
        cycles: u32,
        draw: &mut dyn FnMut() -> f64,
    ) -> Option<Estimate>;
}
