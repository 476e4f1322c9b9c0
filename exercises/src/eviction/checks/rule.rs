//! The rules of an exercise as a table, apart from the functions that try them: the table is
//! the same for every solution.

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
        let check = |(rule, body): (&Self, _)| {
            Check::new(rule.name, rule.text, body)
                .points(rule.points)
                .section(rule.section)
                .hints(rule.hints)
        };
        rules.iter().zip(bodies).map(check).collect()
    }
}
