//! Contract of the exercise `shared_parts`: a system drawn as a tree, in which the same
//! part may stand in several places.
//!
//! It does not ask for speed beyond a dozen parts: the general problem is #P-hard
//! (M. O. Ball, 1986).

use std::collections::BTreeMap;

use thiserror::Error;

use super::Unavailability;

/// A system, or a piece of one. Parts have names: the same name is the same thing, up
/// everywhere or down everywhere.
///
/// # Examples
///
/// ```
/// use exercises::availability::Block;
///
/// let replicas = Block::Parallel(vec![Block::part("a"), Block::part("b")]);
/// let system = Block::Series(vec![Block::part("balancer"), replicas]);
/// assert_ne!(system, Block::part("balancer"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// One part.
    Part(String),
    /// Up while all of these are; up if there are none.
    Series(Vec<Block>),
    /// Up while one of these is; down if there are none.
    Parallel(Vec<Block>),
    /// Up while at least so many of these are.
    AtLeast(usize, Vec<Block>),
}

impl Block {
    /// The part of this name.
    pub fn part(name: &str) -> Self {
        Self::Part(name.to_owned())
    }
}

/// The system names a part of which nothing is known.
///
/// # Examples
///
/// ```
/// use exercises::availability::UnknownPart;
///
/// let error = UnknownPart { part: "db".into() };
/// assert_eq!(error.to_string(), "nothing is known of part `db`; give its unavailability");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("nothing is known of part `{part}`; give its unavailability")]
pub struct UnknownPart {
    /// Name of the part: the first such name, in the order of the alphabet.
    pub part: String,
}

/// The unavailability of a system of independent parts, each of which may stand in
/// several places.
///
/// An answer is right if it is within one part in 10^9 of the *unavailability*.
/// `parts` may know more than the system names.
///
/// # Examples
///
/// ```
/// use std::collections::BTreeMap;
///
/// use exercises::availability::{Block, Conditioning, SharedParts, Unavailability};
///
/// fn tour<T: SharedParts>() {
///     let web = |name| Block::Series(vec![Block::part(name), Block::part("database")]);
///     let system = Block::Parallel(vec![web("web-1"), web("web-2")]);
///     let parts: BTreeMap<String, Unavailability> = ["database", "web-1", "web-2"]
///         .map(|name| (name.to_owned(), Unavailability::clamped(0.001)))
///         .into();
///     let down = T::unavailability(&system, &parts).expect("all parts are known").get();
///     assert!(down > 0.001, "the database alone is that: two of it are not two databases");
/// }
///
/// tour::<Conditioning>();
/// ```
pub trait SharedParts {
    /// The probability that `system` is down.
    ///
    /// # Errors
    ///
    /// When `parts` lacks a part that the system names.
    fn unavailability(
        system: &Block,
        parts: &BTreeMap<String, Unavailability>,
    ) -> Result<Unavailability, UnknownPart>;
}
