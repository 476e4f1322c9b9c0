//! One rule of an exercise, and what a check says when the rule does not hold.
//!
//! A check is data (name, rule, points, hints) and one function. The function is
//! generic over the exercise's trait where it is written and a plain pointer by
//! the time it is a [`Check`], so that one text grades the reference, the
//! learner's stub, the named wrong solutions and a type typed into a notebook.
//!
//! Nothing here runs a check: see [`crate::grade`].

use serde::{Deserialize, Serialize};

use super::loopback::Network;

/// The smallest input found on which a solution breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counterexample {
    /// The input, as a learner would write it down to try it by hand.
    pub input: String,
    /// What the rule asks for on that input.
    pub expected: String,
    /// What the solution answered.
    pub actual: String,
}

impl Counterexample {
    /// Builds a counterexample from anything printable.
    pub fn new(
        input: impl Into<String>,
        expected: impl Into<String>,
        actual: impl Into<String>,
    ) -> Self {
        Self {
            input: input.into(),
            expected: expected.into(),
            actual: actual.into(),
        }
    }
}

/// What a check answers: the rule held on everything tried, or where it broke.
pub type Verdict = Result<(), Counterexample>;

/// The seed from which a check draws its random inputs.
///
/// Deterministic checks ignore it. The same seed gives the same inputs on every
/// machine, so a failure can be repeated from the number in the report.
pub type Seed = u64;

/// One rule of an exercise.
///
/// # Examples
///
/// ```
/// use exercises::grade::{Check, Counterexample, Seed, Verdict};
///
/// trait Doubler {
///     fn double(n: u32) -> u32;
/// }
///
/// fn doubles_small_numbers<T: Doubler>(_: Seed) -> Verdict {
///     for n in 0..10 {
///         let actual = T::double(n);
///         if actual != 2 * n {
///             return Err(Counterexample::new(
///                 format!("double({n})"),
///                 (2 * n).to_string(),
///                 actual.to_string(),
///             ));
///         }
///     }
///     Ok(())
/// }
///
/// fn all<T: Doubler>() -> Vec<Check> {
///     vec![Check::new("small-numbers", "The result is twice the input.", doubles_small_numbers::<T>)
///         .points(2)
///         .hints(["Add the number to itself.", "`n + n`, or a product.", "`n * 2`"])]
/// }
///
/// struct Squarer;
/// impl Doubler for Squarer {
///     fn double(n: u32) -> u32 {
///         n * n
///     }
/// }
///
/// let verdict = all::<Squarer>()[0].run(0);
/// assert_eq!(verdict, Err(Counterexample::new("double(1)", "2", "1")));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// Permanent kebab-case name, unique in its exercise; progress and reports refer to it.
    pub name: &'static str,
    /// The rule in one sentence, as the contract states it.
    pub rule: &'static str,
    /// What holding the rule is worth; 1 unless said otherwise.
    pub points: u32,
    /// From nudge to nearly-code; empty until [`Check::hints`] sets them.
    pub hints: [&'static str; 3],
    /// Heading of the chapter that explains the rule; empty for the exercise's own.
    pub section: &'static str,
    /// What of the network the check needs; nothing unless said otherwise.
    pub network: Network,
    body: fn(Seed) -> Verdict,
}

impl Check {
    /// A check worth one point, without hints.
    pub fn new(name: &'static str, rule: &'static str, body: fn(Seed) -> Verdict) -> Self {
        Self {
            name,
            rule,
            points: 1,
            hints: [""; 3],
            section: "",
            network: Network::None,
            body,
        }
    }

    /// Sets what the rule is worth.
    #[must_use]
    pub fn points(self, points: u32) -> Self {
        Self { points, ..self }
    }

    /// Sets the three hints, from nudge to nearly-code.
    #[must_use]
    pub fn hints(self, hints: [&'static str; 3]) -> Self {
        Self { hints, ..self }
    }

    /// Names the heading of the chapter that explains the rule, as the book's links
    /// do: `virtual-nodes`.
    #[must_use]
    pub fn section(self, section: &'static str) -> Self {
        Self { section, ..self }
    }

    /// Says what of the network the check needs.
    #[must_use]
    pub fn network(self, network: Network) -> Self {
        Self { network, ..self }
    }

    /// Tries the rule in this very thread: no limit on time or memory, and a
    /// panic of the solution unwinds through here. [`crate::grade`] adds those.
    ///
    /// Not there for submissions: a solution that could try the checks would learn
    /// from their counterexamples what to answer.
    ///
    /// # Errors
    ///
    /// The smallest input found on which the rule does not hold.
    #[cfg(feature = "references")]
    pub fn run(&self, seed: Seed) -> Verdict {
        self.attempt(seed)
    }

    /// Tries the rule.
    pub(super) fn attempt(&self, seed: Seed) -> Verdict {
        (self.body)(seed)
    }
}
