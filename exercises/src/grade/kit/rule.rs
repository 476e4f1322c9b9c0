//! The rules of an exercise as a table, apart from the functions that try them.
//!
//! The table is the same for every solution; only the functions know its type.

use crate::grade::{Check, Seed, Verdict};

/// One rule, and what belongs to it.
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
    pub(crate) points: u32,
    /// Heading of the chapter that explains the rule; empty for the exercise's own.
    pub(crate) section: &'static str,
    pub(crate) hints: [&'static str; 3],
}

impl Rule {
    /// The checks of these rules, each with the function that tries it.
    pub(crate) fn checks<const N: usize>(
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
