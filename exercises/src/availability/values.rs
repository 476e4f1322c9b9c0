//! What the contract's values can do once the references are there: short ways to say
//! what figures, notebooks and readers ask for all the time.
//!
//! Not in the contract: a submission could call them instead of computing.

use std::time::Duration;

use super::{
    Availability, BurnAlert, Downtime, DowntimeBudget, ExactBudget, Period, Unavailability,
};

impl Availability {
    /// The downtime that it allows in each `period`.
    ///
    /// ```
    /// use exercises::availability::{Availability, Period};
    ///
    /// let target: Availability = "99.9%".parse()?;
    /// assert_eq!(target.budget(Period::DAY).to_string(), "1 min 26.4 s");
    /// # Ok::<(), exercises::availability::ParseError>(())
    /// ```
    pub fn budget(self, period: Period) -> Downtime {
        ExactBudget::budget(self, period)
    }
}

impl Unavailability {
    /// The nearest availability that can be written down; short of perfect, it never
    /// rounds to perfect.
    ///
    /// ```
    /// use exercises::availability::Unavailability;
    ///
    /// assert_eq!(Unavailability::clamped(0.000_001).availability().to_string(), "99.9999%");
    /// assert_eq!(Unavailability::clamped(1e-30).availability().to_string(), "99.9999999999999999%");
    /// ```
    pub fn availability(self) -> Availability {
        let parts = (self.get() * Availability::PARTS as f64).round() as u64;
        let least = u64::from(self.get() > 0.0);
        Availability::from_parts_down(parts.clamp(least, Availability::PARTS))
            .unwrap_or(Availability::PERFECT)
    }

    /// As a per cent of availability, to `decimals` places: for text, not for contracts.
    ///
    /// ```
    /// use exercises::availability::Unavailability;
    ///
    /// assert_eq!(Unavailability::clamped(0.001_999).percent_up(2), "99.80%");
    /// ```
    pub fn percent_up(self, decimals: usize) -> String {
        format!("{:.decimals$}%", (1.0 - self.get()) * 100.0)
    }
}

impl Availability {
    /// What a part achieves in the long run that is up for `mttf` and down for `mttr` on
    /// average: `mttf / (mttf + mttr)`, as the probability of being down.
    ///
    /// Right for any distributions with these means, as long as every repair makes the
    /// part as good as new (the renewal theorem).
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use exercises::availability::Availability;
    ///
    /// let hours = |hours: u64| Duration::from_secs(3_600 * hours);
    /// assert_eq!(Availability::unavailability_of(hours(999), hours(1)).get(), 0.001);
    /// ```
    ///
    /// # Panics
    ///
    /// If both are zero.
    pub fn unavailability_of(mttf: Duration, mttr: Duration) -> Unavailability {
        Unavailability::clamped(mttr.as_secs_f64() / (mttf + mttr).as_secs_f64())
    }
}

impl BurnAlert {
    /// The workbook's three alerts for a period of 30 days: page at 2% of the budget in
    /// an hour and at 5% in six hours, open a ticket at 10% in three days.
    ///
    /// ```
    /// use exercises::availability::BurnAlert;
    ///
    /// let thresholds = BurnAlert::WORKBOOK.map(|alert| alert.threshold);
    /// assert_eq!(thresholds, [14.4, 6.0, 1.0]);
    /// ```
    pub const WORKBOOK: [Self; 3] = [
        Self {
            long_minutes: 60,
            short_minutes: 5,
            threshold: 14.4,
        },
        Self {
            long_minutes: 6 * 60,
            short_minutes: 30,
            threshold: 6.0,
        },
        Self {
            long_minutes: 3 * 24 * 60,
            short_minutes: 6 * 60,
            threshold: 1.0,
        },
    ];
}
