//! How an exercise is to be graded.

use std::num::NonZero;

use super::check::Seed;
use super::limits::Limits;

/// How to grade.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The seed for random inputs.
    ///
    /// The default is the same every time: a grade that changes between two runs
    /// of the same code teaches nothing.
    pub seed: Seed,
    /// What each check may use.
    pub limits: Limits,
    /// Which checks to run; empty for all.
    pub only: Only,
    /// How many checks to run at once; as many as there are cores unless said otherwise.
    pub jobs: Option<NonZero<usize>>,
}

/// Which of an exercise's checks to run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Only {
    /// Texts of which a check's name must hold one; empty for every check.
    pub names: Vec<String>,
    /// Whether the name must be equal to the text.
    pub exact: bool,
}

impl Only {
    /// Just the check of this name.
    pub fn check(name: impl Into<String>) -> Self {
        Self {
            names: vec![name.into()],
            exact: true,
        }
    }

    /// Whether a check of this name is to run.
    ///
    /// # Examples
    ///
    /// ```
    /// use exercises::grade::Only;
    ///
    /// assert!(Only::default().wants("wraps-around"));
    /// assert!(!Only::check("wraps").wants("wraps-around"));
    /// ```
    pub fn wants(&self, check: &str) -> bool {
        let fits = |name: &String| {
            if self.exact {
                check == name
            } else {
                check.contains(name.as_str())
            }
        };
        self.names.is_empty() || self.names.iter().any(fits)
    }
}
