//! Wrong solutions of the exercise `burn_rate`.

use crate::availability::{Availability, BurnAlert, BurnRate, ErrorBudget, Minute, checks};
use crate::catalog::Wrong;

/// The wrong solutions, each with the check that must reject it.
pub(in crate::availability) const ALL: [Wrong; 17] = [
    of::<ErrorRatio>(
        "ErrorRatio",
        "It gives the share of bad requests, and forgets how many the target allows.",
        "rate",
    ),
    of::<MeanOfMinutes>(
        "MeanOfMinutes",
        "It averages the minutes’ rates, so that a minute with ten requests weighs as much as one with ten thousand.",
        "rate",
    ),
    of::<BadOverGood>(
        "BadOverGood",
        "It divides by the good requests. The share is of all requests.",
        "rate",
    ),
    of::<OverTheTarget>(
        "OverTheTarget",
        "It divides by the target instead of what the target leaves.",
        "rate",
    ),
    of::<NothingOverNothing>(
        "NothingOverNothing",
        "It divides 0 by 0. The result is no number, and never more than a threshold.",
        "no-requests",
    ),
    of::<SilenceIsFailure>(
        "SilenceIsFailure",
        "It takes no requests for a failure. That may be worth an alert, but nothing has been promised and broken.",
        "no-requests",
    ),
    of::<PerfectNeverBurns>(
        "PerfectNeverBurns",
        "It answers 0 for a target of 100%, and so never alerts on the strictest one.",
        "no-budget",
    ),
    of::<PerfectIsNaN>(
        "PerfectIsNaN",
        "With a target of 100% and no bad request it divides 0 by 0.",
        "no-budget",
    ),
    of::<UpsideDown>(
        "UpsideDown",
        "It has window and period the wrong way round.",
        "threshold",
    ),
    of::<WholeBudget>(
        "WholeBudget",
        "It forgets the share: it gives the rate that spends all of the budget in the window.",
        "threshold",
    ),
    of::<LongOnly>(
        "LongOnly",
        "It looks at the long window alone, and goes on ringing long after the errors have ended.",
        "both-windows",
    ),
    of::<ShortOnly>(
        "ShortOnly",
        "It looks at the short window alone, and rings at every hiccup.",
        "both-windows",
    ),
    of::<EitherWindow>(
        "EitherWindow",
        "It takes one of the windows for enough.",
        "both-windows",
    ),
    of::<OldestMinutes>(
        "OldestMinutes",
        "It takes the first minutes of the history, which are the oldest.",
        "newest",
    ),
    of::<WaitsForTheWindow>(
        "WaitsForTheWindow",
        "It stays silent until the history is as long as the window, while a new service burns.",
        "short-history",
    ),
    of::<PanicsWhenShort>(
        "PanicsWhenShort",
        "It subtracts the window from a history that is shorter, and panics.",
        "short-history",
    ),
    of::<AtTheThreshold>(
        "AtTheThreshold",
        "It fires at the threshold already; the contract says more than that.",
        "more-than",
    ),
];

const fn of<F: Flaw>(
    name: &'static str,
    diagnosis: &'static str,
    rejected_by: &'static str,
) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::burn_rate::all::<Flawed<F>>,
    }
}

/// What a wrong solution does otherwise; every default is right.
trait Flaw {
    fn rate(target: Availability, minutes: &[Minute]) -> f64 {
        ErrorBudget::rate(target, minutes)
    }

    fn threshold(share: f64, window_minutes: u32, period_minutes: u32) -> f64 {
        ErrorBudget::threshold(share, window_minutes, period_minutes)
    }

    fn fires(target: Availability, alert: BurnAlert, history: &[Minute]) -> bool {
        ErrorBudget::fires(target, alert, history)
    }
}

/// A solution with this flaw.
struct Flawed<F>(std::marker::PhantomData<F>);

impl<F: Flaw> BurnRate for Flawed<F> {
    fn rate(target: Availability, minutes: &[Minute]) -> f64 {
        F::rate(target, minutes)
    }

    fn threshold(share: f64, window_minutes: u32, period_minutes: u32) -> f64 {
        F::threshold(share, window_minutes, period_minutes)
    }

    fn fires(target: Availability, alert: BurnAlert, history: &[Minute]) -> bool {
        F::fires(target, alert, history)
    }
}

struct ErrorRatio;
impl Flaw for ErrorRatio {
    fn rate(target: Availability, minutes: &[Minute]) -> f64 {
        let right = ErrorBudget::rate(target, minutes);
        if right.is_finite() {
            right * target.unavailability().get()
        } else {
            right
        }
    }
}

struct MeanOfMinutes;
impl Flaw for MeanOfMinutes {
    fn rate(target: Availability, minutes: &[Minute]) -> f64 {
        let sum: f64 = minutes
            .iter()
            .map(|minute| ErrorBudget::rate(target, &[*minute]))
            .sum();
        sum / minutes.len().max(1) as f64
    }
}

struct BadOverGood;
impl Flaw for BadOverGood {
    fn rate(target: Availability, minutes: &[Minute]) -> f64 {
        let bad: u64 = minutes.iter().map(|minute| minute.bad).sum();
        let good: u64 = minutes.iter().map(|minute| minute.good).sum();
        match bad {
            0 => 0.0,
            _ => bad as f64 / good as f64 / target.unavailability().get(),
        }
    }
}

struct OverTheTarget;
impl Flaw for OverTheTarget {
    fn rate(target: Availability, minutes: &[Minute]) -> f64 {
        let right = ErrorBudget::rate(target, minutes);
        let allowed = target.unavailability().get();
        if allowed > 0.0 {
            right * allowed / (1.0 - allowed)
        } else {
            right
        }
    }
}

struct NothingOverNothing;
impl Flaw for NothingOverNothing {
    fn rate(target: Availability, minutes: &[Minute]) -> f64 {
        let all: u64 = minutes.iter().map(|minute| minute.good + minute.bad).sum();
        if all == 0 {
            f64::NAN
        } else {
            ErrorBudget::rate(target, minutes)
        }
    }
}

struct SilenceIsFailure;
impl Flaw for SilenceIsFailure {
    fn rate(target: Availability, minutes: &[Minute]) -> f64 {
        let all: u64 = minutes.iter().map(|minute| minute.good + minute.bad).sum();
        if all == 0 {
            1.0 / target.unavailability().get()
        } else {
            ErrorBudget::rate(target, minutes)
        }
    }
}

struct PerfectNeverBurns;
impl Flaw for PerfectNeverBurns {
    fn rate(target: Availability, minutes: &[Minute]) -> f64 {
        if target == Availability::PERFECT {
            0.0
        } else {
            ErrorBudget::rate(target, minutes)
        }
    }
}

struct PerfectIsNaN;
impl Flaw for PerfectIsNaN {
    fn rate(target: Availability, minutes: &[Minute]) -> f64 {
        let right = ErrorBudget::rate(target, minutes);
        if target == Availability::PERFECT && right == 0.0 && !minutes.is_empty() {
            f64::NAN
        } else {
            right
        }
    }
}

struct UpsideDown;
impl Flaw for UpsideDown {
    fn threshold(share: f64, window_minutes: u32, period_minutes: u32) -> f64 {
        ErrorBudget::threshold(share, period_minutes, window_minutes)
    }
}

struct WholeBudget;
impl Flaw for WholeBudget {
    fn threshold(share: f64, window_minutes: u32, period_minutes: u32) -> f64 {
        ErrorBudget::threshold(
            if share > 0.0 { 1.0 } else { share },
            window_minutes,
            period_minutes,
        )
    }
}

struct LongOnly;
impl Flaw for LongOnly {
    fn fires(target: Availability, alert: BurnAlert, history: &[Minute]) -> bool {
        ErrorBudget::fires(
            target,
            BurnAlert {
                short_minutes: alert.long_minutes,
                ..alert
            },
            history,
        )
    }
}

struct ShortOnly;
impl Flaw for ShortOnly {
    fn fires(target: Availability, alert: BurnAlert, history: &[Minute]) -> bool {
        ErrorBudget::fires(
            target,
            BurnAlert {
                long_minutes: alert.short_minutes,
                ..alert
            },
            history,
        )
    }
}

struct EitherWindow;
impl Flaw for EitherWindow {
    fn fires(target: Availability, alert: BurnAlert, history: &[Minute]) -> bool {
        LongOnly::fires(target, alert, history) || ShortOnly::fires(target, alert, history)
    }
}

struct OldestMinutes;
impl Flaw for OldestMinutes {
    fn fires(target: Availability, alert: BurnAlert, history: &[Minute]) -> bool {
        let reversed: Vec<Minute> = history.iter().rev().copied().collect();
        ErrorBudget::fires(target, alert, &reversed)
    }
}

struct WaitsForTheWindow;
impl Flaw for WaitsForTheWindow {
    fn fires(target: Availability, alert: BurnAlert, history: &[Minute]) -> bool {
        history.len() >= alert.long_minutes && ErrorBudget::fires(target, alert, history)
    }
}

struct PanicsWhenShort;
impl Flaw for PanicsWhenShort {
    fn fires(target: Availability, alert: BurnAlert, history: &[Minute]) -> bool {
        assert!(
            history.len() >= alert.long_minutes,
            "attempt to subtract with overflow"
        );
        ErrorBudget::fires(target, alert, history)
    }
}

struct AtTheThreshold;
impl Flaw for AtTheThreshold {
    fn fires(target: Availability, alert: BurnAlert, history: &[Minute]) -> bool {
        let below = BurnAlert {
            threshold: alert.threshold.next_down(),
            ..alert
        };
        ErrorBudget::fires(target, below, history)
    }
}
