//! Contract of the exercise `burn_rate`: how fast the error budget goes, and when to
//! wake somebody.
//!
//! The alerts are those of *The Site Reliability Workbook* (Google, 2018), chapter 5,
//! "Multiwindow, Multi-Burn-Rate Alerts". It does not ask for a time series database:
//! the history is a list of minutes.

use super::Availability;

/// The requests of one minute.
///
/// # Examples
///
/// ```
/// use exercises::availability::Minute;
///
/// let minute = Minute { good: 990, bad: 10 };
/// assert_eq!(minute.good + minute.bad, 1_000);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Minute {
    /// Requests that were answered as promised.
    pub good: u64,
    /// Requests that were not.
    pub bad: u64,
}

/// When to alert: the budget burns faster than `threshold` over a long *and* a short window.
///
/// # Examples
///
/// ```
/// use exercises::availability::BurnAlert;
///
/// let fast = BurnAlert { long_minutes: 60, short_minutes: 5, threshold: 14.4 };
/// assert_eq!(fast.long_minutes, 12 * fast.short_minutes);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BurnAlert {
    /// The window that says whether it matters.
    pub long_minutes: usize,
    /// The window that says whether it still goes on.
    pub short_minutes: usize,
    /// The burn rate that both have to exceed.
    pub threshold: f64,
}

/// Error budgets, burn rates and alerts for a target that counts requests.
///
/// | rule | |
/// |---|---|
/// | burn rate | share of bad requests over the share that the target allows; 1 spends just the budget |
/// | windows | all requests of a window together, so that a busy minute weighs more; the newest minute comes last; a window longer than the history is the history |
/// | no requests | burn nothing: 0 |
/// | a target of 100% | has no budget: the rate is `f64::INFINITY` with a bad request, 0 without |
/// | `fires` | both rates are *more* than the threshold |
/// | `threshold` | the rate at which `share` of a period's budget goes in one window |
///
/// Rates are right within one part in 10^9.
///
/// # Examples
///
/// ```
/// use exercises::availability::{BurnRate, ErrorBudget, Minute};
///
/// fn tour<T: BurnRate>() {
///     let target = "99.9%".parse().expect("it is well formed");
///     let rate = T::rate(target, &[Minute { good: 990, bad: 10 }]);
///     assert!((rate - 10.0).abs() < 1e-9, "1% is ten times 0.1%");
///     assert!((T::threshold(0.02, 60, 30 * 24 * 60) - 14.4).abs() < 1e-9);
/// }
///
/// tour::<ErrorBudget>();
/// ```
pub trait BurnRate {
    /// The burn rate of these minutes taken together.
    fn rate(target: Availability, minutes: &[Minute]) -> f64;

    /// The burn rate that spends `share` of the budget of `period_minutes` within
    /// `window_minutes`, both of them at least 1.
    fn threshold(share: f64, window_minutes: u32, period_minutes: u32) -> f64;

    /// Whether the alert fires at the end of `history`.
    fn fires(target: Availability, alert: BurnAlert, history: &[Minute]) -> bool;
}
