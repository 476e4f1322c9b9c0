//! Contract of the exercise `downtime_budget`: how long a target lets you be down, in
//! words.
//!
//! It does not ask for units above the day: a year or a month in the answer would bring
//! back the question which one.

use super::{Availability, Downtime, Period};

/// The downtime that a target allows, and how it is said.
///
/// | rule | |
/// |---|---|
/// | `budget` | unavailable part × period, exactly |
/// | units | days `d`, hours `h`, minutes `min`, seconds `s`, from large to small, one space between all |
/// | zeros | a unit of zero is left out; if nothing is left, the answer is `0 s` |
/// | decimals | the seconds have this many, no fewer; they are rounded to the nearest, a half upwards |
/// | carrying | rounded is the whole downtime, before it is cut into units: 59.96 s with one decimal is `1 min` |
///
/// # Examples
///
/// ```
/// use exercises::availability::{DowntimeBudget, ExactBudget, Period};
///
/// fn tour<T: DowntimeBudget>() {
///     let year = T::budget("99.9%".parse().expect("it is well formed"), Period::YEAR);
///     assert_eq!(T::words(year, 0), "8 h 45 min 57 s");
///     assert_eq!(T::words(year, 3), "8 h 45 min 56.952 s");
/// }
///
/// tour::<ExactBudget>();
/// ```
pub trait DowntimeBudget {
    /// What `target` allows in each `period`.
    fn budget(target: Availability, period: Period) -> Downtime;

    /// `downtime` in words, with 0 to 18 `decimals` of the second.
    fn words(downtime: Downtime, decimals: u32) -> String;
}
