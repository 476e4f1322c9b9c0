//! The downtime that a target allows, and how to say it.
//!
//! In integers from end to end: parts of 10^18 times seconds are attoseconds. The usual
//! mistakes are made in the last step, where a downtime is cut into units first and
//! rounded afterwards, so that `59.96 s` becomes `60.0 s`. Here it is rounded once, as a
//! whole, and then cut.

use super::{Availability, Downtime, DowntimeBudget, Period};

/// Decimals of a second that a [`Downtime`] has.
pub(super) const MAX_DECIMALS: u32 = 18;

/// The units above the second, from large to small, in seconds.
pub(super) const UNITS: [(&str, u128); 3] = [("d", 86_400), ("h", 3_600), ("min", 60)];

/// The reference for [`DowntimeBudget`].
///
/// # Examples
///
/// ```
/// use exercises::availability::{DowntimeBudget, ExactBudget, Period};
///
/// let week = ExactBudget::budget("99.99%".parse()?, Period::WEEK);
/// assert_eq!(ExactBudget::words(week, 2), "1 min 0.48 s");
/// # Ok::<(), exercises::availability::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExactBudget;

// ANCHOR: budget
impl DowntimeBudget for ExactBudget {
    fn budget(target: Availability, period: Period) -> Downtime {
        // Parts of 10^18, times seconds: attoseconds, with nothing left over.
        let attoseconds = u128::from(target.parts_down()) * u128::from(period.seconds());
        Downtime::from_attoseconds(attoseconds)
    }

    fn words(downtime: Downtime, decimals: u32) -> String {
        let decimals = decimals.min(MAX_DECIMALS);
        // Of the last decimal's place.
        let step = 10_u128.pow(MAX_DECIMALS - decimals);
        let steps = (downtime.attoseconds() + step / 2) / step;
        let steps_per_second = 10_u128.pow(decimals);
        let (mut seconds, fraction) = (steps / steps_per_second, steps % steps_per_second);
        let mut words = Vec::new();
        for (unit, size) in UNITS {
            if seconds >= size {
                words.push(format!("{} {unit}", seconds / size));
                seconds %= size;
            }
        }
        let width = decimals as usize;
        if seconds > 0 || fraction > 0 {
            words.push(match decimals {
                0 => format!("{seconds} s"),
                _ => format!("{seconds}.{fraction:0width$} s"),
            });
        }
        match words.is_empty() {
            true => "0 s".to_owned(),
            false => words.join(" "),
        }
    }
}
// ANCHOR_END: budget

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::super::DowntimeError;
    use super::*;

    #[track_caller]
    fn check(target: &str, expected: &Expect) {
        let target: Availability = target.parse().expect("it is well formed");
        let periods = [Period::YEAR, Period::MONTH, Period::WEEK, Period::DAY];
        let budgets = periods.map(|period| target.budget(period).to_string());
        expected.assert_eq(&budgets.join(", "));
    }

    #[test]
    fn the_usual_table_is_computed_and_its_week_is_mended() {
        check(
            "99.9%",
            &expect!["8 h 45 min 56.952 s, 43 min 49.746 s, 10 min 4.8 s, 1 min 26.4 s"],
        );
        check(
            "99.99%",
            &expect!["52 min 35.6952 s, 4 min 22.9746 s, 1 min 0.48 s, 8.64 s"],
        );
    }

    #[test]
    fn eleven_nines_lose_no_digit() {
        check(
            "99.999999999%",
            &expect!["0.00031556952 s, 0.00002629746 s, 0.000006048 s, 0.000000864 s"],
        );
    }

    #[test]
    fn the_ends_of_the_scale_have_words_too() {
        check("100%", &expect!["0 s, 0 s, 0 s, 0 s"]);
        check(
            "0%",
            &expect!["365 d 5 h 49 min 12 s, 30 d 10 h 29 min 6 s, 7 d, 1 d"],
        );
    }

    #[test]
    fn texts_that_could_be_read_in_two_ways_are_refused() {
        for text in [
            "", "5", "1 s 1 h", "1.5 h", "1 h 1 h", "1  s", "-1 s", "1 s ",
        ] {
            assert_eq!(text.parse::<Downtime>(), Err(DowntimeError), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_downtime_comes_back_from_its_text(attoseconds in 0..u128::MAX / 10) {
            let downtime = Downtime::from_attoseconds(attoseconds);
            let json = serde_json::to_string(&downtime).expect("text is JSON");
            prop_assert_eq!(serde_json::from_str::<Downtime>(&json).ok(), Some(downtime));
        }
    }
}
