//! Another solution of *Read and write nines*: a small machine that reads one character
//! after the other, and prints by division.
//!
//! The reference cuts the text apart and lets the standard library read the digits. Here
//! each digit is worth a power of ten that shrinks behind the point.

use exercises::availability::{Availability, AvailabilityParse, ParseError, checks};

struct Mine;

/// What one digit is worth in front of the point's last place.
const PER_CENT: u128 = Availability::PARTS as u128 / 100;

impl AvailabilityParse for Mine {
    fn parse(text: &str) -> Result<Availability, ParseError> {
        let (mut up, mut places, mut whole_digits, mut ended) = (0_u128, None::<u32>, 0, false);
        let mut too_fine = false;
        for letter in text.chars() {
            let digit = letter.to_digit(10).map(u128::from);
            match (letter, digit, places) {
                _ if ended => return Err(ParseError::Malformed),
                (_, Some(digit), None) => {
                    up = up.saturating_mul(10).saturating_add(digit * PER_CENT);
                    whole_digits += 1;
                }
                (_, Some(_), Some(16)) => too_fine = true,
                (_, Some(digit), Some(place)) => {
                    up = up.saturating_add(digit * PER_CENT / 10_u128.pow(place + 1));
                    places = Some(place + 1);
                }
                ('.', _, None) if whole_digits > 0 => places = Some(0),
                ('%', _, None | Some(1..)) if whole_digits > 0 => ended = true,
                _ => return Err(ParseError::Malformed),
            }
        }
        let down = u128::from(Availability::PARTS).checked_sub(up);
        match (ended, too_fine, down) {
            (false, ..) => Err(ParseError::Malformed),
            (_, true, _) => Err(ParseError::TooManyDecimals),
            (.., None) => Err(ParseError::Above100),
            (.., Some(down)) => Availability::from_parts_down(down as u64).ok_or(ParseError::Above100),
        }
    }

    fn percent(availability: Availability) -> String {
        let mut up = u128::from(Availability::PARTS - availability.parts_down());
        let mut text = (up / PER_CENT).to_string();
        let mut worth = PER_CENT;
        up %= PER_CENT;
        if up > 0 {
            text.push('.');
        }
        while up > 0 {
            worth /= 10;
            text += &(up / worth).to_string();
            up %= worth;
        }
        text + "%"
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("availability_parse", checks::availability_parse::all::<Mine>)
}
