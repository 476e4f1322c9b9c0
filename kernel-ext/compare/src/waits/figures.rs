//! Numbers as a reader takes them in: two or three digits, and a unit.

use super::{Goal, Spread, Unit};

/// A number in its unit.
pub(super) fn amount(number: f64, unit: Unit) -> String {
    match unit {
        Unit::Seconds if number < 0.9995 => format!("{:.0} ms", number * 1e3),
        Unit::Seconds if number < 9.995 => format!("{number:.2} s"),
        Unit::Seconds if number < 99.95 => format!("{number:.1} s"),
        Unit::Seconds => format!("{number:.0} s"),
        Unit::Bytes => format!("{:.0} MiB", number / f64::from(1 << 20)),
        Unit::Times => format!("{number:.2} ×"),
    }
}

/// Two amounts, from one to the other.
pub(super) fn range(spread: Spread, unit: Unit) -> String {
    let [least, most] = [spread.least, spread.most].map(|number| amount(number, unit));
    format!("{least} to {most}")
}

/// A ratio, in brackets what it was at least and at most.
pub(super) fn ratio(ratio: Spread) -> String {
    // A ratio of a thousandth is not to read as none.
    let digits = if ratio.median < 0.1 { 3 } else { 2 };
    let [median, least, most] =
        [ratio.median, ratio.least, ratio.most].map(|number| format!("{number:.digits$}"));
    format!("{median} ({least}–{most})")
}

/// What a number may be at most.
pub(super) fn goal(goal: Goal, unit: Unit) -> String {
    match (goal, unit) {
        (Goal::Ratio(most), _) => format!("≤ {most}"),
        (Goal::Ours(most), Unit::Seconds) => format!("≤ {most} s"),
        (Goal::Ours(most), Unit::Times) => format!("≤ {most} ×"),
        (Goal::Ours(most), Unit::Bytes) => format!("≤ {}", amount(most, unit)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(numbers: &[f64], unit: Unit, expected: Expect) {
        let shown: Vec<String> = numbers.iter().map(|&number| amount(number, unit)).collect();
        expected.assert_eq(&shown.join(", "));
    }

    #[test]
    fn times_have_three_digits() {
        check(
            &[
                0.0421, 0.9994, 0.9996, 1.0, 9.994, 9.996, 61.34, 99.96, 612.0,
            ],
            Unit::Seconds,
            expect!["42 ms, 999 ms, 1.00 s, 1.00 s, 9.99 s, 10.0 s, 61.3 s, 100 s, 612 s"],
        );
    }

    #[test]
    fn other_units_are_named() {
        check(&[438e6], Unit::Bytes, expect!["418 MiB"]);
        check(&[1.0, 1.754], Unit::Times, expect!["1.00 ×, 1.75 ×"]);
    }

    #[test]
    fn a_small_ratio_keeps_its_digits() {
        let shown = |median, least, most| {
            ratio(Spread {
                median,
                least,
                most,
            })
        };
        assert_eq!(shown(0.0123, 0.0098, 0.02), "0.012 (0.010–0.020)");
        assert_eq!(shown(0.44, 0.389, 1.2), "0.44 (0.39–1.20)");
    }
}
