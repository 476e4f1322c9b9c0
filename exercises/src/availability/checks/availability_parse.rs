//! Checks of the exercise `availability_parse`.

use rand::RngExt;

use super::draw::{availability_written, down_for};
use crate::availability::{Availability, AvailabilityParse, ParseError};
use crate::grade::kit::{Difference, Trial, equal};
use crate::grade::{Check, Seed, Verdict};
use crate::random;

type Parse = fn(&str) -> Result<Availability, ParseError>;
type Percent = fn(Availability) -> String;

/// Decimals of a per cent that can be kept.
const DECIMALS: usize = 16;

/// The checks of a solution of [`AvailabilityParse`].
///
/// # Examples
///
/// ```
/// use exercises::availability::{ExactPercent, checks};
///
/// for check in checks::availability_parse::all::<ExactPercent>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: AvailabilityParse>() -> Vec<Check> {
    let mut all = reading::<T>();
    all.push(
        Check::new(
            "print",
            "What is printed is the shortest text that is read back.",
            |seed| print(T::percent, seed),
        )
        .points(2)
        .hints([
            "What does 99.05% look like if the decimals are printed as a number?",
            "Decimals need their zeros in front, and none behind; the whole per cents are another matter.",
            "`format!(\"{:0>16}\", up % PARTS_OF_A_PER_CENT)`, then `trim_end_matches('0')` on these decimals only.",
        ]),
    );
    all
}

fn reading<T: AvailabilityParse>() -> Vec<Check> {
    vec![
        Check::new("whole", "Whole per cents are read.", |_| whole(T::parse)).points(2).hints([
            "How many of 10^18 parts is one per cent, and which side of 100% is kept?",
            "One per cent is 10^16 parts. The text states the part that is up.",
            "`Availability::from_parts_down(Availability::PARTS - per_cent * 10_u64.pow(16))`",
        ]),
        Check::new(
            "decimals",
            "Decimals count by their place, with or without zeros behind them.",
            |seed| decimals(T::parse, 0..5, seed),
        )
        .points(2)
        .hints([
            "Are 99.5% and 99.05% the same to you?",
            "The first decimal is worth 10^15 parts, the next one a tenth of that.",
            "Pad the decimals with zeros to 16 digits: `format!(\"{decimals:0<16}\")`.",
        ]),
        Check::new(
            "every-digit",
            "All of sixteen decimals are kept.",
            |seed| decimals(T::parse, 12..DECIMALS + 1, seed),
        )
        .points(3)
        .hints([
            "How many digits does an `f64` have, and how many are needed here?",
            "Let no float touch the number: digits make an integer.",
            "Read whole per cents and padded decimals as one integer: `format!(\"{whole}{decimals:0<16}\").parse::<u64>()`.",
        ]),
        Check::new("malformed", "A text of another form is refused.", |_| {
            table(T::parse, &MALFORMED, Err(ParseError::Malformed))
        })
        .hints([
            "What else than digits does `str::parse::<u64>` accept?",
            "Ask of every byte whether it is a digit, and that there is one on each side of the point.",
            "`!whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit())`",
        ]),
        Check::new(
            "limits",
            "More than sixteen decimals are refused, and so is more than 100%.",
            |_| limits(T::parse),
        )
        .hints([
            "What does your code do with 17 decimals, and with 100.1%?",
            "Count the decimals before anything else; then see whether something is left of the whole.",
            "`Availability::PARTS.checked_sub(up).ok_or(ParseError::Above100)`, and a number too long for `u64` is above 100, too.",
        ]),
    ]
}

const MALFORMED: [&str; 14] = [
    "", "%", "99", "99.9", ".5%", "99.%", "+99%", "-1%", "99.+9%", " 99%", "99 %", "9.9.9%",
    "1e1%", "99%%",
];

const TOO_FINE: [&str; 4] = [
    "99.99999999999999999%",
    "99.90000000000000000%",
    "0.00000000000000000%",
    "100.00000000000000001%",
];

const TOO_MUCH: [&str; 5] = [
    "101%",
    "100.1%",
    "100.0000000000000001%",
    "1000%",
    "99999999999999999999999999%",
];

fn reads(parse: Parse, text: &str, expected: Result<Availability, ParseError>) -> Difference {
    equal(&expected, &parse(text))
}

fn table(
    parse: Parse,
    texts: &[&'static str],
    expected: Result<Availability, ParseError>,
) -> Verdict {
    Trial {
        inputs: texts.iter().copied(),
        judge: |text: &&str| reads(parse, text, expected),
        text: |text: &&str| format!("Mine::parse({text:?})"),
        smaller: |_: &&str| Vec::new(),
    }
    .run()
}

fn limits(parse: Parse) -> Verdict {
    table(parse, &TOO_FINE, Err(ParseError::TooManyDecimals))?;
    table(parse, &TOO_MUCH, Err(ParseError::Above100))
}

fn whole(parse: Parse) -> Verdict {
    Trial {
        inputs: [100, 0, 99, 50].into_iter().chain(1..99),
        judge: |per_cent: &u64| {
            let parts = (100 - per_cent) * 10_u64.pow(16);
            reads(parse, &format!("{per_cent}%"), Ok(down_for(parts)))
        },
        text: |per_cent: &u64| format!("Mine::parse(\"{per_cent}%\")"),
        smaller: |_: &u64| Vec::new(),
    }
    .run()
}

/// The decimal digits of a text, and the zeros in front of the whole per cents.
#[derive(Clone)]
struct Written {
    zeros: usize,
    whole: u64,
    decimals: Vec<u64>,
}

impl Written {
    fn text(&self) -> String {
        let digits: String = self.decimals.iter().map(u64::to_string).collect();
        let point = if digits.is_empty() { "" } else { "." };
        format!("{}{}{point}{digits}%", "0".repeat(self.zeros), self.whole)
    }

    /// Digit by digit: the first decimal of a per cent is worth 10^15 parts.
    fn availability(&self) -> Availability {
        let worth = (0..DECIMALS as u32).rev().map(|place| 10_u64.pow(place));
        let decimals: u64 = self
            .decimals
            .iter()
            .zip(worth)
            .map(|(digit, worth)| digit * worth)
            .sum();
        down_for(Availability::PARTS - self.whole * 10_u64.pow(16) - decimals)
    }

    /// Fewer digits, or zeros for digits; not below `least` decimals.
    fn smaller(&self, least: usize) -> Vec<Self> {
        let mut all = vec![Self {
            zeros: 0,
            ..self.clone()
        }];
        for index in 0..self.decimals.len() {
            let mut shorter = self.clone();
            shorter.decimals.remove(index);
            let mut plain = self.clone();
            plain.decimals[index] = 0;
            all.extend([shorter, plain]);
        }
        let is_new = |other: &Self| other.text() != self.text() && other.decimals.len() >= least;
        all.into_iter().filter(is_new).collect()
    }
}

fn decimals(parse: Parse, lengths: std::ops::Range<usize>, seed: Seed) -> Verdict {
    let mut random = random::seeded(seed);
    let least = lengths.start;
    let mut inputs = vec![];
    for _ in 0..200 {
        let length = random.random_range(lengths.clone());
        inputs.push(Written {
            zeros: random.random_range(0..3),
            whole: *[99, 9, 0, random.random_range(0..100)]
                .get(random.random_range(0..4_usize))
                .unwrap_or(&99),
            decimals: (0..length).map(|_| random.random_range(0..10)).collect(),
        });
    }
    Trial {
        inputs,
        judge: |written: &Written| reads(parse, &written.text(), Ok(written.availability())),
        text: |written: &Written| format!("Mine::parse({:?})", written.text()),
        smaller: |written: &Written| written.smaller(least),
    }
    .run()
}

/// The shortest text, found by division.
fn printed(availability: Availability) -> String {
    let up = Availability::PARTS - availability.parts_down();
    let (whole, mut rest) = (up / 10_u64.pow(16), up % 10_u64.pow(16));
    let mut text = whole.to_string();
    if rest > 0 {
        text.push('.');
    }
    while rest > 0 {
        rest *= 10;
        text += &(rest / 10_u64.pow(16)).to_string();
        rest %= 10_u64.pow(16);
    }
    text + "%"
}

fn print(percent: Percent, seed: Seed) -> Verdict {
    let mut random = random::seeded(seed);
    let whole = [
        0,
        Availability::PARTS,
        Availability::PARTS / 2,
        Availability::PARTS / 10 * 9,
        10_u64.pow(16),
    ];
    let drawn = (0..300).map(|_| {
        // Few digits or many, at any place.
        let step = 10_u64.pow(random.random_range(0..17));
        random.random_range(0..=Availability::PARTS / step) * step
    });
    Trial {
        inputs: whole
            .into_iter()
            .chain([1])
            .chain(drawn)
            .collect::<Vec<u64>>(),
        judge: |parts: &u64| equal(&printed(down_for(*parts)), &percent(down_for(*parts))),
        text: |parts: &u64| format!("Mine::percent({})", availability_written(down_for(*parts))),
        smaller: |parts: &u64| {
            let simpler = (1..17)
                .rev()
                .map(|place| *parts / 10_u64.pow(place) * 10_u64.pow(place));
            simpler.filter(|simpler| simpler < parts).collect()
        },
    }
    .run()
}
