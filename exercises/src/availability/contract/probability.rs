//! The probability of being down, which is what models compute with.
//!
//! A float is right here: its error is relative to the number itself, so that 1e-11
//! has as many digits as 0.5. The error comes in only when somebody subtracts the
//! number from 1 on the way. Not for targets: those are
//! [`Availability`](super::Availability).

use std::fmt;

/// The probability that something is down at a random moment.
///
/// `{:?}` shows ten digits, which is what the exercises ask for.
///
/// # Examples
///
/// ```
/// use exercises::availability::Unavailability;
///
/// let once_in_a_thousand = Unavailability::new(0.001).expect("it is within 0 to 1");
/// assert_eq!(once_in_a_thousand.get(), 0.001);
/// assert_eq!(Unavailability::new(1.5), None);
/// assert_eq!(format!("{:?}", Unavailability::clamped(1e-11)), "Unavailability(1.000000000e-11)");
/// ```
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub struct Unavailability(f64);

impl Unavailability {
    /// Never down.
    pub const NEVER: Self = Self(0.0);

    /// Always down.
    pub const ALWAYS: Self = Self(1.0);

    /// This probability; `None` outside 0 to 1.
    pub fn new(probability: f64) -> Option<Self> {
        (0.0..=1.0)
            .contains(&probability)
            .then_some(Self(probability))
    }

    /// This probability, brought to the nearer end if rounding has pushed it outside
    /// 0 to 1.
    ///
    /// # Panics
    ///
    /// If it is not a number: that is no rounding error.
    pub fn clamped(probability: f64) -> Self {
        assert!(
            !probability.is_nan(),
            "a probability is NaN; something was divided by 0"
        );
        Self(probability.clamp(0.0, 1.0))
    }

    /// The probability.
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl fmt::Debug for Unavailability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unavailability({:.9e})", self.0)
    }
}
