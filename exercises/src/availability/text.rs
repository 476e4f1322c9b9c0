//! Targets and downtimes as text and in JSON, by the references that read and write them.
//!
//! Apart from those references, because nobody is asked to build this: a submission is
//! graded by the contract alone, and mutants of the references need no `serde`.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};
use thiserror::Error;

use super::downtime_budget::{MAX_DECIMALS, UNITS};
use super::{
    Availability, AvailabilityParse, Downtime, DowntimeBudget, ExactBudget, ExactPercent,
    ParseError,
};

impl FromStr for Availability {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        ExactPercent::parse(text)
    }
}

impl fmt::Display for Availability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&ExactPercent::percent(*self))
    }
}

/// As text, because JSON's readers turn numbers into floats.
impl Serialize for Availability {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Availability {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(PercentVisitor)
    }
}

struct PercentVisitor;

impl Visitor<'_> for PercentVisitor {
    type Value = Availability;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text like \"99.95%\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Availability, E> {
        text.parse().map_err(E::custom)
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
