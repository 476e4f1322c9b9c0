//! Targets, periods and downtimes: what contracts state, kept exactly.
//!
//! **Why not an `f64` such as 0.99999999999?** Near 1, neighbouring floats are 1.1e-16
//! apart. Eleven nines leave 1e-11 for the downtime, so that five digits of it are
//! certain; `1.0 - 0.99999999999` is 1.000000082740371e-11. A float of the *un*availability
//! has no such trouble, but 0.1% has no finite binary form either, and a contract's
//! number should come back as it went in. So the number kept is the unavailable part,
//! as an integer. Parts of 10^18 fit a `u64`, write down sixteen decimals of a per
//! cent, and make the product with a period in seconds a whole number of attoseconds.
//!
//! Parsing and printing are exercises, so they are not in this file.

use super::Unavailability;

/// A stated availability, exact to 10^-18: `99.95%`.
///
/// A larger one is a better one.
///
/// # Examples
///
/// ```
/// use exercises::availability::Availability;
///
/// let four_nines = Availability::from_parts_down(Availability::PARTS / 10_000).expect("less than all");
/// assert_eq!(four_nines.parts_down(), 100_000_000_000_000);
/// assert!(four_nines < Availability::PERFECT);
/// assert_eq!(Availability::from_parts_down(u64::MAX), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Availability {
    parts_down: u64,
}

impl Availability {
    /// Parts of a whole: 10^18, the largest power of ten that leaves a `u64` room for
    /// the sum of several.
    pub const PARTS: u64 = 1_000_000_000_000_000_000;

    /// Never down.
    pub const PERFECT: Self = Self { parts_down: 0 };

    /// The availability that is down for this many of [`Availability::PARTS`]; `None`
    /// above the whole.
    pub const fn from_parts_down(parts_down: u64) -> Option<Self> {
        match parts_down {
            0..=Self::PARTS => Some(Self { parts_down }),
            _ => None,
        }
    }

    /// How many of [`Availability::PARTS`] it is down.
    pub const fn parts_down(self) -> u64 {
        self.parts_down
    }

    /// The probability of being down: the float that is nearest.
    pub fn unavailability(self) -> Unavailability {
        Unavailability::clamped(self.parts_down as f64 / Self::PARTS as f64)
    }
}

impl Ord for Availability {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        other.parts_down.cmp(&self.parts_down)
    }
}

impl PartialOrd for Availability {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// What a target is promised over, in whole seconds.
///
/// # Examples
///
/// ```
/// use exercises::availability::Period;
///
/// assert_eq!(Period::YEAR.seconds(), 31_556_952);
/// assert_eq!(Period::YEAR.seconds(), 12 * Period::MONTH.seconds());
/// assert_eq!(Period::of_days(30).seconds(), 2_592_000);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    seconds: u64,
}

impl Period {
    /// 24 hours.
    pub const DAY: Self = Self::of_days(1);

    /// 7 days.
    pub const WEEK: Self = Self::of_days(7);

    /// A twelfth of [`Period::YEAR`]: 30.436875 days. Real months have 28 to 31.
    pub const MONTH: Self = Self {
        seconds: Self::YEAR.seconds / 12,
    };

    /// 365.2425 days, the mean year of the Gregorian calendar (97 leap years in 400).
    pub const YEAR: Self = Self {
        seconds: (365 * 400 + 97) * 86_400 / 400,
    };

    /// So many days.
    pub const fn of_days(days: u32) -> Self {
        Self {
            seconds: days as u64 * 86_400,
        }
    }

    /// Its length in seconds.
    pub const fn seconds(self) -> u64 {
        self.seconds
    }
}

/// A time that something is down, exact to the attosecond (10^-18 s).
///
/// Not a `Duration`, whose nanoseconds are too coarse: eleven nines of a month are
/// 26 297.46 ns.
///
/// # Examples
///
/// ```
/// use exercises::availability::Downtime;
///
/// let downtime = Downtime::from_attoseconds(60_480_000_000_000_000_000);
/// assert_eq!(downtime.as_secs_f64(), 60.48);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Downtime {
    attoseconds: u128,
}

impl Downtime {
    /// Attoseconds of a second.
    pub const ATTOSECONDS_PER_SECOND: u128 = 1_000_000_000_000_000_000;

    /// A downtime of so many attoseconds.
    pub const fn from_attoseconds(attoseconds: u128) -> Self {
        Self { attoseconds }
    }

    /// Its length in attoseconds.
    pub const fn attoseconds(self) -> u128 {
        self.attoseconds
    }

    /// Its length in seconds, rounded to a float: for curves, not for contracts.
    pub fn as_secs_f64(self) -> f64 {
        self.attoseconds as f64 / Self::ATTOSECONDS_PER_SECOND as f64
    }
}
