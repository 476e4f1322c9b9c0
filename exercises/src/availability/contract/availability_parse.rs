//! Contract of the exercise `availability_parse`: read and write `99.95%` without
//! losing a digit.
//!
//! It does not ask for other notations ("three nines", 0.9995): a target has one form.

use thiserror::Error;

use super::Availability;

/// Reads an availability from per cent, and writes it.
///
/// | text | answer |
/// |---|---|
/// | `99.95%`, `100%`, `0.5%`, `099.50%` | that availability, exactly: leading and trailing zeros mean nothing |
/// | not digits, or digits with one point between digits, before one `%` (so no sign, blank, exponent, `.5%`, `99.%`) | [`ParseError::Malformed`] |
/// | more than 16 decimals, however many of them are zeros | [`ParseError::TooManyDecimals`]: what cannot be kept is refused, not rounded |
/// | well formed, with up to 16 decimals, and more than 100 | [`ParseError::Above100`] |
///
/// `percent` writes the shortest text that `parse` reads back: no leading zero but the
/// one before the point, no trailing zero behind it, no point without decimals.
///
/// # Examples
///
/// ```
/// use exercises::availability::{Availability, AvailabilityParse, ExactPercent};
///
/// fn tour<T: AvailabilityParse>() {
///     let three_and_a_half = T::parse("99.950%").expect("it is well formed");
///     assert_eq!(three_and_a_half.parts_down(), 500_000_000_000_000);
///     assert_eq!(T::percent(three_and_a_half), "99.95%");
///     assert_eq!(T::percent(Availability::PERFECT), "100%");
/// }
///
/// tour::<ExactPercent>();
/// ```
pub trait AvailabilityParse {
    /// The availability that `text` states.
    ///
    /// # Errors
    ///
    /// See the table above.
    fn parse(text: &str) -> Result<Availability, ParseError>;

    /// The shortest text that states it.
    fn percent(availability: Availability) -> String;
}

/// Why a text is no availability.
///
/// # Examples
///
/// ```
/// use exercises::availability::{Availability, ParseError};
///
/// assert_eq!("99.9".parse::<Availability>(), Err(ParseError::Malformed));
/// assert_eq!(ParseError::Malformed.to_string(), "an availability is written like `99.95%`");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ParseError {
    /// It is not written like `99.95%`.
    #[error("an availability is written like `99.95%`")]
    Malformed,
    /// It is finer than [`Availability::PARTS`].
    #[error("more than 16 decimals cannot be kept exactly; state fewer")]
    TooManyDecimals,
    /// It is more than the whole.
    #[error("nothing is available for more than 100% of the time")]
    Above100,
}
