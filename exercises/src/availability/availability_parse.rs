//! `99.95%` and back, through digits instead of floats.
//!
//! A per cent is 10^16 of [`Availability::PARTS`], so sixteen decimals of it are whole
//! parts: the text's digits, padded with zeros, *are* the number. Nothing is multiplied
//! by a float and nothing is rounded. Not here: other notations, which would each need
//! a rule for what is exact.

use super::{Availability, AvailabilityParse, ParseError};

/// Decimals of a per cent that [`Availability::PARTS`] has room for.
const DECIMALS: usize = 16;

const PARTS_OF_A_PER_CENT: u64 = Availability::PARTS / 100;

/// The reference for [`AvailabilityParse`].
///
/// # Examples
///
/// ```
/// use exercises::availability::{Availability, AvailabilityParse, ExactPercent};
///
/// let eleven_nines = ExactPercent::parse("99.999999999%")?;
/// assert_eq!(eleven_nines.parts_down(), 10_000_000);
/// assert_eq!(ExactPercent::percent(eleven_nines), "99.999999999%");
/// # Ok::<(), exercises::availability::ParseError>(())
/// ```
///
/// # Time complexity
///
/// O(length of the text).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExactPercent;

// ANCHOR: parse
impl AvailabilityParse for ExactPercent {
    fn parse(text: &str) -> Result<Availability, ParseError> {
        let number = text.strip_suffix('%').ok_or(ParseError::Malformed)?;
        let (whole, decimals) = match number.split_once('.') {
            Some((_, "")) => return Err(ParseError::Malformed),
            Some(halves) => halves,
            None => (number, ""),
        };
        // `u64::from_str` alone would let `+99` pass.
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !is_digits(whole) || !is_digits(decimals) {
            return Err(ParseError::Malformed);
        }
        if decimals.len() > DECIMALS {
            return Err(ParseError::TooManyDecimals);
        }
        let digits = format!("{whole}{decimals:0<DECIMALS$}");
        // Digits that overflow are far above 100%.
        let parts_up: u64 = digits.parse().map_err(|_| ParseError::Above100)?;
        let parts_down = Availability::PARTS.checked_sub(parts_up);
        parts_down
            .and_then(Availability::from_parts_down)
            .ok_or(ParseError::Above100)
    }

    fn percent(availability: Availability) -> String {
        let parts_up = Availability::PARTS - availability.parts_down();
        let whole = parts_up / PARTS_OF_A_PER_CENT;
        let decimals = format!("{:0>DECIMALS$}", parts_up % PARTS_OF_A_PER_CENT);
        match decimals.trim_end_matches('0') {
            "" => format!("{whole}%"),
            decimals => format!("{whole}.{decimals}%"),
        }
    }
}
// ANCHOR_END: parse

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<u64, ParseError>) {
        let parsed = ExactPercent::parse(text).map(Availability::parts_down);
        assert_eq!(parsed, expected, "{text:?}");
    }

    #[test]
    fn digits_become_parts_without_a_float_between() {
        check("100%", Ok(0));
        check("99.95%", Ok(500_000_000_000_000));
        check("99.9999999999999999%", Ok(1));
        check("000.10%", Ok(999_000_000_000_000_000));
    }

    #[test]
    fn what_cannot_be_kept_is_refused() {
        check("99.99999999999999999%", Err(ParseError::TooManyDecimals));
        check("100.0000000000000001%", Err(ParseError::Above100));
        check("99999999999999999999999999%", Err(ParseError::Above100));
        for text in [
            "", "%", ".5%", "99.%", "99.9", "+99%", "-1%", "9 9%", "9.9.9%", "１%",
        ] {
            check(text, Err(ParseError::Malformed));
        }
    }

    #[test]
    fn json_holds_it_as_text_and_refuses_a_number() {
        let target: Availability = "99.999999999%".parse().expect("it is well formed");
        let json = serde_json::to_string(&target).expect("text is JSON");
        assert_eq!(json, "\"99.999999999%\"");
        assert_eq!(
            serde_json::from_str::<Availability>(&json).ok(),
            Some(target)
        );
        assert!(serde_json::from_str::<Availability>("99.9").is_err());
    }

    proptest! {
        #[test]
        fn every_availability_comes_back_from_its_text(parts in 0..=Availability::PARTS) {
            let availability = Availability::from_parts_down(parts).expect("not above the whole");
            prop_assert_eq!(availability.to_string().parse(), Ok(availability));
        }

        #[test]
        fn no_text_makes_it_panic(text in "[0-9.%+ ]{0,30}") {
            let _ = ExactPercent::parse(&text);
        }
    }
}
