//! The rules of an exercise as a table, apart from the functions that try them.
//!
//! The table is the same for every solution; only the functions know its type.

use crate::grade::{Check, Seed, Verdict};

/// One rule, and what belongs to it.
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) text: &'static str,
    pub(super) points: u32,
    /// Heading of the chapter that explains the rule; empty for the exercise's own.
    pub(super) section: &'static str,
    pub(super) hints: [&'static str; 3],
}

impl Rule {
    /// The checks of these rules, each with the function that tries it.
    pub(super) fn checks<const N: usize>(
        rules: &[Self; N],
        bodies: [fn(Seed) -> Verdict; N],
    ) -> Vec<Check> {
        let pairs = rules.iter().zip(bodies);
        pairs.map(|(rule, body)| rule.check(body)).collect()
    }

    fn check(&self, body: fn(Seed) -> Verdict) -> Check {
        Check::new(self.name, self.text, body)
            .points(self.points)
            .section(self.section)
            .hints(self.hints)
    }
}
