//! Error budgets: burn rates, and alerts over two windows.
//!
//! *The Site Reliability Workbook* (Google, 2018), chapter 5. A burn rate of 1 spends the
//! budget just by the end of the period; a threshold is the rate at which a given share
//! of it goes within a window. The long window keeps single errors from waking people;
//! the short one ends the alert soon after the errors have ended.

use super::{Availability, BurnAlert, BurnRate, Minute};

/// The reference for [`BurnRate`].
///
/// # Examples
///
/// ```
/// use exercises::availability::{BurnRate, ErrorBudget, Minute};
///
/// let quiet = [Minute { good: 1_000, bad: 0 }; 55];
/// let outage = [Minute { good: 0, bad: 1_000 }; 5];
/// let history = [&quiet[..], &outage[..]].concat();
/// let target = "99.9%".parse()?;
/// assert!(ErrorBudget::rate(target, &history) > 80.0);
/// # Ok::<(), exercises::availability::ParseError>(())
/// ```
///
/// # Time complexity
///
/// O(minutes of the window).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorBudget;

// ANCHOR: burn_rate
impl BurnRate for ErrorBudget {
    fn rate(target: Availability, minutes: &[Minute]) -> f64 {
        let total = |of: fn(&Minute) -> u64| minutes.iter().map(of).map(u128::from).sum::<u128>();
        let (bad, good) = (total(|minute| minute.bad), total(|minute| minute.good));
        // Before the division: 0 / 0 would be no number, and no alert would ever fire.
        if bad == 0 {
            return 0.0;
        }
        bad as f64 / (bad + good) as f64 / target.unavailability().get()
    }

    fn threshold(share: f64, window_minutes: u32, period_minutes: u32) -> f64 {
        share * f64::from(period_minutes) / f64::from(window_minutes)
    }

    fn fires(target: Availability, alert: BurnAlert, history: &[Minute]) -> bool {
        let burns = |minutes: usize| {
            let newest = history.len().saturating_sub(minutes);
            Self::rate(target, &history[newest..]) > alert.threshold
        };
        burns(alert.long_minutes) && burns(alert.short_minutes)
    }
}
// ANCHOR_END: burn_rate

#[cfg(test)]
mod tests {
    use super::*;

    const QUIET: Minute = Minute { good: 100, bad: 0 };
    const OUTAGE: Minute = Minute { good: 0, bad: 100 };

    fn target() -> Availability {
        "99.9%".parse().expect("it is well formed")
    }

    #[test]
    fn the_thresholds_of_the_workbook_follow_from_its_shares() {
        const PERIOD: u32 = 30 * 24 * 60;
        for (share, alert) in [0.02, 0.05, 0.10].into_iter().zip(BurnAlert::WORKBOOK) {
            let threshold = ErrorBudget::threshold(share, alert.long_minutes as u32, PERIOD);
            assert!((threshold - alert.threshold).abs() < 1e-12, "{threshold}");
            assert_eq!(alert.long_minutes, 12 * alert.short_minutes);
        }
    }

    #[test]
    fn an_outage_pages_within_a_minute_and_stops_five_minutes_after_its_end() {
        let page = BurnAlert::WORKBOOK[0];
        let mut history = vec![QUIET; 600];
        history.push(OUTAGE);
        assert!(ErrorBudget::fires(target(), page, &history));
        history.extend([QUIET; 4]);
        assert!(ErrorBudget::fires(target(), page, &history));
        history.push(QUIET);
        assert!(!ErrorBudget::fires(target(), page, &history));
    }

    #[test]
    fn nothing_promised_perfect_can_burn_slowly() {
        assert_eq!(
            ErrorBudget::rate(Availability::PERFECT, &[OUTAGE]),
            f64::INFINITY
        );
        assert_eq!(ErrorBudget::rate(Availability::PERFECT, &[QUIET]), 0.0);
        assert_eq!(ErrorBudget::rate(target(), &[]), 0.0);
    }
}
