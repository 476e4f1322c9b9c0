//! Wrong solutions of the exercise `downtime_budget`.

use crate::availability::{Availability, Downtime, DowntimeBudget, ExactBudget, Period, checks};
use crate::catalog::Wrong;

/// The wrong solutions, each with the check that must reject it.
pub(in crate::availability) const ALL: [Wrong; 15] = [
    of::<ThroughFloats>(
        "ThroughFloats",
        "It multiplies floats, so that the last digits of the product are not those of the target.",
        "budget",
    ),
    of::<OfTheUpTime>(
        "OfTheUpTime",
        "It gives the time that is up, not the time that may be down.",
        "budget",
    ),
    of::<WholeNanoseconds>(
        "WholeNanoseconds",
        "It goes through nanoseconds, which are too coarse: eleven nines of a month are 26,297.46 of them.",
        "budget",
    ),
    of::<WrapsAround>(
        "WrapsAround",
        "It multiplies in 64 bits, where the product of a day and 0.1% does not fit.",
        "budget",
    ),
    of::<NoDays>("NoDays", "It stops at hours: a day is 24 h to it.", "units"),
    of::<ForgetsTheRemainder>(
        "ForgetsTheRemainder",
        "It divides the whole downtime by each unit, and never goes on with what is left.",
        "units",
    ),
    of::<NoBlanks>(
        "NoBlanks",
        "It writes `5min` where the contract has a space between number and unit.",
        "units",
    ),
    of::<KeepsZeros>(
        "KeepsZeros",
        "It writes units of zero between others: `1 h 0 min 5 s`.",
        "zeros",
    ),
    of::<NothingForNothing>(
        "NothingForNothing",
        "It writes nothing at all for no downtime.",
        "zeros",
    ),
    of::<DecimalsOfNothing>(
        "DecimalsOfNothing",
        "It writes `0.00 s` where nothing is left; the answer is `0 s`.",
        "zeros",
    ),
    of::<Truncates>(
        "Truncates",
        "It cuts the decimals off instead of rounding.",
        "decimals",
    ),
    of::<HalfToEven>(
        "HalfToEven",
        "It rounds a half to the even neighbour, as `format!` does with floats: 0.5 s becomes 0 s.",
        "decimals",
    ),
    of::<DropsDecimalZeros>(
        "DropsDecimalZeros",
        "It drops zeros at the end of the decimals: 1.50 s becomes 1.5 s.",
        "decimals",
    ),
    of::<UnpaddedDecimals>(
        "UnpaddedDecimals",
        "It writes the decimals as a number, without zeros in front: 1.05 s becomes 1.5 s.",
        "decimals",
    ),
    of::<SixtySeconds>(
        "SixtySeconds",
        "It cuts the downtime into units first and rounds the seconds afterwards: `60.0 s`.",
        "carry",
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
        checks: checks::downtime_budget::all::<Flawed<F>>,
    }
}

/// What a wrong solution does otherwise; every default is right.
trait Flaw {
    fn budget(target: Availability, period: Period) -> Downtime {
        ExactBudget::budget(target, period)
    }

    fn words(downtime: Downtime, decimals: u32) -> String {
        ExactBudget::words(downtime, decimals)
    }
}

/// A solution with this flaw.
struct Flawed<F>(std::marker::PhantomData<F>);

impl<F: Flaw> DowntimeBudget for Flawed<F> {
    fn budget(target: Availability, period: Period) -> Downtime {
        F::budget(target, period)
    }

    fn words(downtime: Downtime, decimals: u32) -> String {
        F::words(downtime, decimals)
    }
}

const SECOND: u128 = Downtime::ATTOSECONDS_PER_SECOND;
const HOUR: u128 = 3_600 * SECOND;

struct ThroughFloats;
impl Flaw for ThroughFloats {
    fn budget(target: Availability, period: Period) -> Downtime {
        let seconds = target.parts_down() as f64 / 1e18 * period.seconds() as f64;
        Downtime::from_attoseconds((seconds * 1e18).round() as u128)
    }
}

struct OfTheUpTime;
impl Flaw for OfTheUpTime {
    fn budget(target: Availability, period: Period) -> Downtime {
        let up = Availability::PARTS - target.parts_down();
        Downtime::from_attoseconds(u128::from(up) * u128::from(period.seconds()))
    }
}

struct WholeNanoseconds;
impl Flaw for WholeNanoseconds {
    fn budget(target: Availability, period: Period) -> Downtime {
        let exact = ExactBudget::budget(target, period).attoseconds();
        Downtime::from_attoseconds(exact / 1_000_000_000 * 1_000_000_000)
    }
}

struct WrapsAround;
impl Flaw for WrapsAround {
    fn budget(target: Availability, period: Period) -> Downtime {
        let product = target.parts_down().wrapping_mul(period.seconds());
        Downtime::from_attoseconds(u128::from(product))
    }
}

struct NoDays;
impl Flaw for NoDays {
    fn words(downtime: Downtime, decimals: u32) -> String {
        let hours = downtime.attoseconds() / HOUR;
        if hours < 24 {
            return ExactBudget::words(downtime, decimals);
        }
        let rest = Downtime::from_attoseconds(downtime.attoseconds() % HOUR);
        format!("{hours} h {}", ExactBudget::words(rest, decimals))
    }
}

struct ForgetsTheRemainder;
impl Flaw for ForgetsTheRemainder {
    fn words(downtime: Downtime, decimals: u32) -> String {
        let seconds = downtime.attoseconds() / SECOND;
        if seconds < 60 {
            return ExactBudget::words(downtime, decimals);
        }
        let units = [("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)];
        let some = units.into_iter().filter(|(_, size)| seconds >= *size);
        let words: Vec<String> = some
            .map(|(unit, size)| format!("{} {unit}", seconds / size))
            .collect();
        words.join(" ")
    }
}

struct NoBlanks;
impl Flaw for NoBlanks {
    fn words(downtime: Downtime, decimals: u32) -> String {
        let text = ExactBudget::words(downtime, decimals);
        let words: Vec<&str> = text.split(' ').collect();
        let pairs: Vec<String> = words.chunks(2).map(<[&str]>::concat).collect();
        pairs.join(" ")
    }
}

struct KeepsZeros;
impl Flaw for KeepsZeros {
    fn words(downtime: Downtime, decimals: u32) -> String {
        let text = ExactBudget::words(downtime, decimals);
        match text.split_once(" h ") {
            Some((hours, rest)) if !rest.contains("min") => format!("{hours} h 0 min {rest}"),
            _ => text,
        }
    }
}

struct NothingForNothing;
impl Flaw for NothingForNothing {
    fn words(downtime: Downtime, decimals: u32) -> String {
        match ExactBudget::words(downtime, decimals).as_str() {
            "0 s" => String::new(),
            text => text.to_owned(),
        }
    }
}

struct DecimalsOfNothing;
impl Flaw for DecimalsOfNothing {
    fn words(downtime: Downtime, decimals: u32) -> String {
        match ExactBudget::words(downtime, decimals).as_str() {
            "0 s" => format!("{:.*} s", decimals as usize, 0.0),
            text => text.to_owned(),
        }
    }
}

struct Truncates;
impl Flaw for Truncates {
    fn words(downtime: Downtime, decimals: u32) -> String {
        let step = SECOND / 10_u128.pow(decimals);
        let cut = downtime.attoseconds() / step * step;
        ExactBudget::words(Downtime::from_attoseconds(cut), decimals)
    }
}

struct HalfToEven;
impl Flaw for HalfToEven {
    fn words(downtime: Downtime, decimals: u32) -> String {
        let step = SECOND / 10_u128.pow(decimals);
        let (steps, rest) = (downtime.attoseconds() / step, downtime.attoseconds() % step);
        let up = rest > step / 2 || (rest == step / 2 && steps % 2 == 1);
        ExactBudget::words(
            Downtime::from_attoseconds((steps + u128::from(up)) * step),
            decimals,
        )
    }
}

struct DropsDecimalZeros;
impl Flaw for DropsDecimalZeros {
    fn words(downtime: Downtime, decimals: u32) -> String {
        let text = ExactBudget::words(downtime, decimals);
        match text.strip_suffix(" s") {
            Some(number) if number.contains('.') => {
                format!("{} s", number.trim_end_matches('0').trim_end_matches('.'))
            }
            _ => text,
        }
    }
}

struct UnpaddedDecimals;
impl Flaw for UnpaddedDecimals {
    fn words(downtime: Downtime, decimals: u32) -> String {
        let text = ExactBudget::words(downtime, decimals);
        match text.split_once('.') {
            Some((whole, rest)) => format!("{whole}.{}", rest.trim_start_matches('0')),
            None => text,
        }
    }
}

struct SixtySeconds;
impl Flaw for SixtySeconds {
    fn words(downtime: Downtime, decimals: u32) -> String {
        let minute = 60 * SECOND;
        let (minutes, seconds) = (
            downtime.attoseconds() / minute,
            downtime.attoseconds() % minute,
        );
        let step = SECOND / 10_u128.pow(decimals);
        if seconds + step / 2 < minute {
            return ExactBudget::words(downtime, decimals);
        }
        let sixty = format!(
            "60{}{} s",
            if decimals > 0 { "." } else { "" },
            "0".repeat(decimals as usize)
        );
        match minutes {
            0 => sixty,
            _ => format!(
                "{} {sixty}",
                ExactBudget::words(Downtime::from_attoseconds(minutes * minute), 0)
            ),
        }
    }
}
