//! Wrong solutions of the exercise `availability_parse`.

use crate::availability::{Availability, AvailabilityParse, ExactPercent, ParseError, checks};
use crate::catalog::Wrong;

/// The wrong solutions, each with the check that must reject it.
pub(in crate::availability) const ALL: [Wrong; 19] = [
    of::<KeepsTheUpSide>(
        "KeepsTheUpSide",
        "It stores the per cent that is up as the part that is down: 99% becomes 1% of the time.",
        "whole",
    ),
    of::<PerCentOfHundred>(
        "PerCentOfHundred",
        "It takes a per cent for a tenth of a whole: one per cent is 10^16 of 10^18 parts, not 10^17.",
        "whole",
    ),
    of::<DropsDecimals>(
        "DropsDecimals",
        "It reads the whole per cents and forgets what stands behind the point.",
        "decimals",
    ),
    of::<DecimalsAsNumber>(
        "DecimalsAsNumber",
        "It reads the decimals as a number of their own, so that 99.5% and 99.05% are the same.",
        "decimals",
    ),
    of::<ThroughFloat>(
        "ThroughFloat",
        "It goes through an `f64`, which has some sixteen digits in all, and two of them go to the 99.",
        "every-digit",
    ),
    of::<NineDecimals>(
        "NineDecimals",
        "It keeps nine decimals and drops the others.",
        "every-digit",
    ),
    of::<ForgivesBlanks>(
        "ForgivesBlanks",
        "It trims the text first: ` 99%` and `99 %` are of another form.",
        "malformed",
    ),
    of::<ForgivesSigns>(
        "ForgivesSigns",
        "`str::parse` accepts a plus sign, so `+99%` passes.",
        "malformed",
    ),
    of::<NeedsNoSign>(
        "NeedsNoSign",
        "It reads `99` as 99%; somebody else reads it as 99 times the whole.",
        "malformed",
    ),
    of::<ForgivesBarePoints>(
        "ForgivesBarePoints",
        "It reads `.5%` and `99.%`, where a digit is missing on one side of the point.",
        "malformed",
    ),
    of::<CutsDecimals>(
        "CutsDecimals",
        "It drops what is beyond sixteen decimals, instead of refusing what it cannot keep.",
        "limits",
    ),
    of::<ForgivesZeros>(
        "ForgivesZeros",
        "It drops zeros at the end before it counts the decimals.",
        "limits",
    ),
    of::<CapsAt100>("CapsAt100", "It takes more than 100% for 100%.", "limits"),
    of::<Overflows>(
        "Overflows",
        "It panics on a number that no `u64` holds.",
        "limits",
    ),
    of::<TwoDecimals>(
        "TwoDecimals",
        "It prints two decimals, whatever there are: eleven nines become 100.00%.",
        "print",
    ),
    of::<PrintsAFloat>(
        "PrintsAFloat",
        "It prints an `f64`: 99.95 comes out as 99.95, and other numbers with a tail of their own.",
        "print",
    ),
    of::<LosesLeadingZeros>(
        "LosesLeadingZeros",
        "It prints the decimals as a number: 99.05% becomes 99.5%.",
        "print",
    ),
    of::<KeepsTrailingZeros>(
        "KeepsTrailingZeros",
        "It prints all sixteen decimals, zeros and all.",
        "print",
    ),
    of::<TrimsTheWhole>(
        "TrimsTheWhole",
        "It trims zeros from the whole per cents as well: 90% becomes 9%.",
        "print",
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
        checks: checks::availability_parse::all::<Flawed<F>>,
    }
}

/// What a wrong solution does otherwise; every default is right.
trait Flaw {
    fn parse(text: &str) -> Result<Availability, ParseError> {
        ExactPercent::parse(text)
    }

    fn percent(availability: Availability) -> String {
        ExactPercent::percent(availability)
    }
}

/// A solution with this flaw.
struct Flawed<F>(std::marker::PhantomData<F>);

impl<F: Flaw> AvailabilityParse for Flawed<F> {
    fn parse(text: &str) -> Result<Availability, ParseError> {
        F::parse(text)
    }

    fn percent(availability: Availability) -> String {
        F::percent(availability)
    }
}

const PER_CENT: u64 = Availability::PARTS / 100;

fn down(parts: u64) -> Availability {
    Availability::from_parts_down(parts).unwrap_or(Availability::PERFECT)
}

struct KeepsTheUpSide;
impl Flaw for KeepsTheUpSide {
    fn parse(text: &str) -> Result<Availability, ParseError> {
        let right = ExactPercent::parse(text)?;
        Ok(down(Availability::PARTS - right.parts_down()))
    }
}

struct PerCentOfHundred;
impl Flaw for PerCentOfHundred {
    fn parse(text: &str) -> Result<Availability, ParseError> {
        let right = ExactPercent::parse(text)?;
        Ok(down(
            (Availability::PARTS - right.parts_down())
                .saturating_mul(10)
                .min(Availability::PARTS),
        ))
    }
}

struct DropsDecimals;
impl Flaw for DropsDecimals {
    fn parse(text: &str) -> Result<Availability, ParseError> {
        let right = ExactPercent::parse(text)?;
        Ok(down(right.parts_down().div_ceil(PER_CENT) * PER_CENT))
    }
}

struct DecimalsAsNumber;
impl Flaw for DecimalsAsNumber {
    fn parse(text: &str) -> Result<Availability, ParseError> {
        ExactPercent::parse(text)?;
        let number = text.trim_end_matches('%');
        let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
        let decimals: u64 = decimals.parse().map_err(|_| ParseError::Malformed)?;
        let digits = decimals.checked_ilog10().map_or(1, |digits| digits + 1);
        let whole: u64 = whole.parse().map_err(|_| ParseError::Malformed)?;
        let up = whole * PER_CENT + decimals * 10_u64.pow(16 - digits.min(16));
        Ok(down(Availability::PARTS.saturating_sub(up)))
    }
}

struct ThroughFloat;
impl Flaw for ThroughFloat {
    fn parse(text: &str) -> Result<Availability, ParseError> {
        ExactPercent::parse(text)?;
        let number = text.trim_end_matches('%').parse::<f64>();
        let number = number.map_err(|_| ParseError::Malformed)?;
        Ok(down(
            ((1.0 - number / 100.0) * Availability::PARTS as f64).round() as u64,
        ))
    }
}

struct NineDecimals;
impl Flaw for NineDecimals {
    fn parse(text: &str) -> Result<Availability, ParseError> {
        let right = ExactPercent::parse(text)?.parts_down();
        Ok(down(right / 10_000_000 * 10_000_000))
    }
}

struct ForgivesBlanks;
impl Flaw for ForgivesBlanks {
    fn parse(text: &str) -> Result<Availability, ParseError> {
        ExactPercent::parse(&text.replace(' ', ""))
    }
}

struct ForgivesSigns;
impl Flaw for ForgivesSigns {
    fn parse(text: &str) -> Result<Availability, ParseError> {
        ExactPercent::parse(text.strip_prefix('+').unwrap_or(text))
    }
}

struct NeedsNoSign;
impl Flaw for NeedsNoSign {
    fn parse(text: &str) -> Result<Availability, ParseError> {
        let digits = text.trim_end_matches('%');
        ExactPercent::parse(&format!("{digits}%"))
    }
}

struct ForgivesBarePoints;
impl Flaw for ForgivesBarePoints {
    fn parse(text: &str) -> Result<Availability, ParseError> {
        let filled = text.replace(".%", ".0%");
        match filled.starts_with('.') {
            true => ExactPercent::parse(&format!("0{filled}")),
            false => ExactPercent::parse(&filled),
        }
    }
}

struct CutsDecimals;
impl Flaw for CutsDecimals {
    fn parse(text: &str) -> Result<Availability, ParseError> {
        match text.split_once('.') {
            Some((whole, decimals)) if decimals.len() > 17 && decimals.is_ascii() => {
                ExactPercent::parse(&format!("{whole}.{}%", &decimals[..16]))
            }
            _ => ExactPercent::parse(text),
        }
    }
}

struct ForgivesZeros;
impl Flaw for ForgivesZeros {
    fn parse(text: &str) -> Result<Availability, ParseError> {
        match text
            .strip_suffix('%')
            .and_then(|number| number.split_once('.'))
        {
            Some((whole, decimals)) if decimals.len() > 16 => {
                let decimals = decimals.trim_end_matches('0');
                let point = if decimals.is_empty() { "" } else { "." };
                ExactPercent::parse(&format!("{whole}{point}{decimals}%"))
            }
            _ => ExactPercent::parse(text),
        }
    }
}

struct CapsAt100;
impl Flaw for CapsAt100 {
    fn parse(text: &str) -> Result<Availability, ParseError> {
        match ExactPercent::parse(text) {
            Err(ParseError::Above100) => Ok(Availability::PERFECT),
            other => other,
        }
    }
}

struct Overflows;
impl Flaw for Overflows {
    fn parse(text: &str) -> Result<Availability, ParseError> {
        let whole: String = text.chars().take_while(char::is_ascii_digit).collect();
        assert!(whole.len() < 20, "a number too large");
        ExactPercent::parse(text)
    }
}

struct TwoDecimals;
impl Flaw for TwoDecimals {
    fn percent(availability: Availability) -> String {
        let up = 1.0 - availability.parts_down() as f64 / Availability::PARTS as f64;
        format!("{:.2}%", up * 100.0)
    }
}

struct PrintsAFloat;
impl Flaw for PrintsAFloat {
    fn percent(availability: Availability) -> String {
        let up = 1.0 - availability.parts_down() as f64 / Availability::PARTS as f64;
        format!("{}%", up * 100.0)
    }
}

struct LosesLeadingZeros;
impl Flaw for LosesLeadingZeros {
    fn percent(availability: Availability) -> String {
        let text = ExactPercent::percent(availability);
        match text.split_once('.') {
            Some((whole, decimals)) => format!("{whole}.{}", decimals.trim_start_matches('0')),
            None => text,
        }
    }
}

struct KeepsTrailingZeros;
impl Flaw for KeepsTrailingZeros {
    fn percent(availability: Availability) -> String {
        let up = Availability::PARTS - availability.parts_down();
        format!("{}.{:016}%", up / PER_CENT, up % PER_CENT)
    }
}

struct TrimsTheWhole;
impl Flaw for TrimsTheWhole {
    fn percent(availability: Availability) -> String {
        let text = ExactPercent::percent(availability);
        let digits = text.trim_end_matches('%').trim_end_matches('0');
        format!("{}%", if digits.is_empty() { "0" } else { digits })
    }
}
