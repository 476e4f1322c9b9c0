//! The downtime that a target allows, and how to say it.
//!
//! In integers from end to end: parts of 10^18 times seconds are attoseconds. The usual
//! mistakes are made in the last step, where a downtime is cut into units first and
//! rounded afterwards, so that `59.96 s` becomes `60.0 s`. Here it is rounded once, as a
//! whole, and then cut.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use thiserror::Error;

use super::{Availability, Downtime, DowntimeBudget, Period};

/// Decimals of a second that a [`Downtime`] has.
const MAX_DECIMALS: u32 = 18;

/// The units above the second, from large to small, in seconds.
const UNITS: [(&str, u128); 3] = [("d", 86_400), ("h", 3_600), ("min", 60)];

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

/// In words: with a precision rounded to so many decimals, without one exactly.
impl fmt::Display for Downtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exact = || {
            let places = (0..MAX_DECIMALS).rev();
            let zeros = places.take_while(|place| {
                let step = 10_u128.pow(MAX_DECIMALS - place);
                self.attoseconds().is_multiple_of(step)
            });
            MAX_DECIMALS - zeros.count() as u32
        };
        let decimals = f.precision().map_or_else(exact, |decimals| decimals as u32);
        f.write_str(&ExactBudget::words(*self, decimals))
    }
}

/// A text is no downtime.
///
/// # Examples
///
/// ```
/// use exercises::availability::{Downtime, DowntimeError};
///
/// assert_eq!("1 h 5".parse::<Downtime>(), Err(DowntimeError));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a downtime is written like `8 h 45 min 56.952 s`, its units from large to small")]
pub struct DowntimeError;

impl FromStr for Downtime {
    type Err = DowntimeError;

    fn from_str(text: &str) -> Result<Self, DowntimeError> {
        let words: Vec<&str> = text.split(' ').collect();
        let (mut total, mut last_size) = (0_u128, u128::MAX);
        for pair in words.chunks(2) {
            let &[number, unit] = pair else {
                return Err(DowntimeError);
            };
            let size = match unit {
                "s" => 1,
                _ => {
                    UNITS
                        .iter()
                        .find(|(name, _)| *name == unit)
                        .ok_or(DowntimeError)?
                        .1
                }
            };
            let amount = attoseconds(number, size).ok_or(DowntimeError)?;
            if size >= last_size {
                return Err(DowntimeError);
            }
            last_size = size;
            total = total.checked_add(amount).ok_or(DowntimeError)?;
        }
        Ok(Self::from_attoseconds(total))
    }
}

/// `number` units of `size` seconds; decimals are for seconds only.
fn attoseconds(number: &str, size: u128) -> Option<u128> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_fine = is_digits(whole) && is_digits(decimals) && decimals.len() <= 18;
    if !is_fine || (size > 1 && number.contains('.')) {
        return None;
    }
    let digits: u128 = format!("{whole}{decimals:0<18}").parse().ok()?;
    digits.checked_mul(size)
}

/// As text, exactly.
impl Serialize for Downtime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Downtime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

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
