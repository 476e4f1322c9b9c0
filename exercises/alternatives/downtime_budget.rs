//! Another solution of *Downtime budget*: counting units down by subtraction from the
//! text of the number.
//!
//! The budget is a long multiplication by the binary digits of the period; the words come
//! from the decimal digits as a string, with a carry by hand.

use exercises::availability::{Availability, Downtime, DowntimeBudget, Period, checks};

struct Mine;

impl DowntimeBudget for Mine {
    fn budget(target: Availability, period: Period) -> Downtime {
        let (mut sum, mut doubled) = (0_u128, u128::from(target.parts_down()));
        let mut left = period.seconds();
        while left > 0 {
            sum += if left & 1 == 1 { doubled } else { 0 };
            doubled <<= 1;
            left >>= 1;
        }
        Downtime::from_attoseconds(sum)
    }

    fn words(downtime: Downtime, decimals: u32) -> String {
        let places = decimals as usize;
        let digits = format!("{:019}", downtime.attoseconds());
        let (whole, fraction) = digits.split_at(digits.len() - 18);
        let mut seconds: u128 = whole.parse().unwrap_or(0);
        let mut kept = format!("1{}", &fraction[..places]).parse::<u128>().unwrap_or(1);
        let rounds_up = fraction[places..].bytes().next().is_some_and(|digit| digit >= b'5');
        kept += u128::from(rounds_up);
        let one = 10_u128.pow(decimals);
        if kept == 2 * one {
            (seconds, kept) = (seconds + 1, one);
        }
        let mut words = String::new();
        for (unit, size) in [(" d ", 86_400), (" h ", 3_600), (" min ", 60)] {
            let mut count = 0_u128;
            if seconds >= size {
                count = seconds / size;
                seconds -= count * size;
            }
            if count > 0 {
                words += &format!("{count}{unit}");
            }
        }
        let decimals = kept.to_string().split_off(1);
        match (seconds, kept == one, words.is_empty(), places) {
            (0, true, false, _) => words.pop().map(|_| words).unwrap_or_default(),
            (0, true, true, _) => "0 s".to_owned(),
            (.., 0) => format!("{words}{seconds} s"),
            _ => format!("{words}{seconds}.{decimals} s"),
        }
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("downtime_budget", checks::downtime_budget::all::<Mine>)
}
