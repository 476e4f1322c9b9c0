//! Another solution of *Burn rate*: the windows walked from the newest minute back, in
//! integers for as long as possible.
//!
//! The reference cuts slices and divides twice. Here a window is an iterator, and the
//! budget is counted in requests: so many bad ones would have been allowed.

use exercises::availability::{Availability, BurnAlert, BurnRate, Minute, checks};

struct Mine;

fn burn<'a>(target: Availability, minutes: impl Iterator<Item = &'a Minute>) -> f64 {
    let (mut bad, mut all) = (0_u128, 0_u128);
    for minute in minutes {
        bad += u128::from(minute.bad);
        all += u128::from(minute.bad) + u128::from(minute.good);
    }
    let allowed = all * u128::from(target.parts_down());
    match (bad, allowed) {
        (0, _) => 0.0,
        (_, 0) => f64::INFINITY,
        _ => (bad * u128::from(Availability::PARTS)) as f64 / allowed as f64,
    }
}

impl BurnRate for Mine {
    fn rate(target: Availability, minutes: &[Minute]) -> f64 {
        burn(target, minutes.iter())
    }

    fn threshold(share: f64, window_minutes: u32, period_minutes: u32) -> f64 {
        let windows_in_a_period = f64::from(period_minutes) / f64::from(window_minutes);
        share * windows_in_a_period
    }

    fn fires(target: Availability, alert: BurnAlert, history: &[Minute]) -> bool {
        [alert.long_minutes, alert.short_minutes]
            .into_iter()
            .all(|minutes| burn(target, history.iter().rev().take(minutes)) > alert.threshold)
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("burn_rate", checks::burn_rate::all::<Mine>)
}
