//! Checks of the exercise `downtime_budget`.

use rand::RngExt;

use super::draw::{availability_written, down_for};
use crate::availability::{Availability, Downtime, DowntimeBudget, Period};
use crate::grade::kit::{Difference, Trial, equal};
use crate::grade::{Check, Seed, Verdict};
use crate::random::{self, ChaCha8Rng};

type Words = fn(Downtime, u32) -> String;

const SECOND: u128 = Downtime::ATTOSECONDS_PER_SECOND;

/// The checks of a solution of [`DowntimeBudget`].
///
/// # Examples
///
/// ```
/// use exercises::availability::{ExactBudget, checks};
///
/// for check in checks::downtime_budget::all::<ExactBudget>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: DowntimeBudget>() -> Vec<Check> {
    let mut all = vec![
        Check::new(
            "budget",
            "The budget is the unavailable part of the period, to the last attosecond.",
            |seed| budget(T::budget, seed),
        )
        .points(2)
        .hints([
            "What do you get when you multiply parts of 10^18 by seconds?",
            "Attoseconds, with nothing to divide; but the product needs more than 64 bits.",
            "`Downtime::from_attoseconds(u128::from(target.parts_down()) * u128::from(period.seconds()))`",
        ]),
        Check::new(
            "units",
            "Whole seconds become days, hours, minutes and seconds.",
            |seed| words(T::words, seed, whole_seconds),
        )
        .points(2)
        .hints([
            "How many seconds are left when the days are taken out?",
            "For each unit from large to small: divide, write the quotient, go on with the remainder.",
            "`for (unit, size) in [(\"d\", 86_400), (\"h\", 3_600), (\"min\", 60), (\"s\", 1)] { … }`",
        ]),
    ];
    all.extend(rounding::<T>());
    all
}

fn rounding<T: DowntimeBudget>() -> Vec<Check> {
    vec![
        Check::new(
            "zeros",
            "Units of zero are left out, and nothing at all is `0 s`.",
            |seed| words(T::words, seed, round_times),
        )
        .hints([
            "What does your code print for one hour and five seconds, and for no time?",
            "Write a unit only if it is not zero, and look at the end whether anything was written.",
            "Collect the words in a `Vec`; if it is empty, push `0 s`; join with a space.",
        ]),
        Check::new(
            "decimals",
            "The seconds have the decimals asked for, rounded to the nearest, a half upwards.",
            |seed| words(T::words, seed, fractions),
        )
        .points(2)
        .hints([
            "What is 1.05 s with two decimals, and 0.5 s with none?",
            "Round in integers: add half of the last place, then divide. Decimals need zeros in front.",
            "`let steps = (attoseconds + step / 2) / step;` and `format!(\"{fraction:0width$}\")`",
        ]),
        Check::new(
            "carry",
            "A second that is rounded up to sixty is a minute.",
            |seed| words(T::words, seed, borders),
        )
        .points(2)
        .hints([
            "Can your seconds ever be `60.0 s`?",
            "Round the whole downtime first, and cut it into units afterwards.",
            "First `steps = (attoseconds + step / 2) / step`, then days, hours and minutes out of `steps / steps_per_second`.",
        ]),
    ]
}

fn budget(budget: fn(Availability, Period) -> Downtime, seed: Seed) -> Verdict {
    let mut random = random::seeded(seed);
    let known = [
        ("DAY", Period::DAY),
        ("WEEK", Period::WEEK),
        ("MONTH", Period::MONTH),
        ("YEAR", Period::YEAR),
    ];
    let mut inputs = Vec::new();
    for parts in [
        1_000_000_000_000_000,
        100_000_000_000_000,
        10_000_000,
        0,
        Availability::PARTS,
    ] {
        inputs.extend(known.map(|(name, period)| (parts, format!("Period::{name}"), period)));
    }
    for _ in 0..100 {
        let days = random.random_range(1..1_000);
        let parts = random.random_range(0..=Availability::PARTS);
        inputs.push((
            parts,
            format!("Period::of_days({days})"),
            Period::of_days(days),
        ));
    }
    Trial {
        inputs,
        judge: |(parts, _, period): &(u64, String, Period)| {
            let product = u128::from(*parts) * u128::from(period.seconds());
            equal(
                &Downtime::from_attoseconds(product),
                &budget(down_for(*parts), *period),
            )
        },
        text: |(parts, name, _): &(u64, String, Period)| {
            format!(
                "Mine::budget({}, {name})",
                availability_written(down_for(*parts))
            )
        },
        smaller: |(parts, name, period): &(u64, String, Period)| {
            let simpler = [1, parts / 1_000_000_007]
                .into_iter()
                .filter(|simpler| simpler < parts);
            simpler
                .map(|parts| (parts, name.clone(), *period))
                .collect()
        },
    }
    .run()
}

/// A downtime and the decimals to write it with.
type Input = (u128, u32);

fn words(words: Words, seed: Seed, draw: fn(&mut ChaCha8Rng) -> Input) -> Verdict {
    let mut random = random::seeded(seed);
    Trial {
        inputs: (0..200).map(|_| draw(&mut random)).collect::<Vec<Input>>(),
        judge: |(attoseconds, decimals): &Input| -> Difference {
            let downtime = Downtime::from_attoseconds(*attoseconds);
            equal(&said(*attoseconds, *decimals), &words(downtime, *decimals))
        },
        text: |(attoseconds, decimals): &Input| {
            format!("Mine::words(Downtime::from_attoseconds({attoseconds}), {decimals})")
        },
        smaller: |(attoseconds, decimals): &Input| {
            let units = [86_400, 3_600, 60, 1].map(|seconds| seconds * SECOND);
            let less = units.into_iter().filter(|unit| unit <= attoseconds);
            less.map(|unit| (attoseconds - unit, *decimals)).collect()
        },
    }
    .run()
}

/// The words, by counting down: from the rounded time, take the largest unit that fits.
fn said(attoseconds: u128, decimals: u32) -> String {
    let step = SECOND / 10_u128.pow(decimals);
    let below = attoseconds / step * step;
    let mut left = if attoseconds - below >= step - (attoseconds - below) {
        below + step
    } else {
        below
    };
    let mut said = Vec::new();
    for (unit, size) in [
        ("d", 86_400 * SECOND),
        ("h", 3_600 * SECOND),
        ("min", 60 * SECOND),
    ] {
        let count = left / size;
        left -= count * size;
        said.extend((count > 0).then(|| format!("{count} {unit}")));
    }
    if left > 0 || said.is_empty() {
        let digits = format!("{:018}", left % SECOND);
        let digits = if left == 0 {
            ""
        } else {
            &digits[..decimals as usize]
        };
        let point = if digits.is_empty() { "" } else { "." };
        said.push(format!("{}{point}{digits} s", left / SECOND));
    }
    said.join(" ")
}

/// No unit is zero.
fn whole_seconds(random: &mut ChaCha8Rng) -> Input {
    let (days, hours) = (random.random_range(1..400), random.random_range(1..24));
    let (minutes, seconds) = (random.random_range(1..60), random.random_range(1..60));
    let units = [(days, 86_400), (hours, 3_600), (minutes, 60), (seconds, 1)];
    let from = random.random_range(0..4);
    let total: u128 = units[from..]
        .iter()
        .map(|(count, size): &(u128, u128)| count * size)
        .sum();
    (total * SECOND, 0)
}

/// Some units are zero, perhaps all.
fn round_times(random: &mut ChaCha8Rng) -> Input {
    let mut unit =
        |size: u128| size * random.random_range(0..3_u128) * random.random_range(0..2_u128);
    let total = unit(86_400) + unit(3_600) + unit(60) + unit(1);
    (total * SECOND, random.random_range(0..3))
}

/// Less than a minute, away from its end, with many digits or a half at the last place.
fn fractions(random: &mut ChaCha8Rng) -> Input {
    let decimals = random.random_range(0..5_u32);
    let step = SECOND / 10_u128.pow(decimals);
    let whole = random.random_range(0..58) * SECOND;
    let part = random.random_range(0..10_u128.pow(decimals)) * step;
    let rest =
        [0, step / 2, step / 2 - 1, random.random_range(0..step)][random.random_range(0..4_usize)];
    (whole + part + rest, decimals)
}

/// Just below a whole number of minutes.
fn borders(random: &mut ChaCha8Rng) -> Input {
    let decimals = random.random_range(0..4_u32);
    let step = SECOND / 10_u128.pow(decimals);
    let minutes = [1, 2, 60, 1_440, 61][random.random_range(0..5_usize)];
    (
        minutes * 60 * SECOND - random.random_range(1..=step / 2),
        decimals,
    )
}
