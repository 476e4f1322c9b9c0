//! What the author's gate finds wrong.

use std::fmt;

use exercises::grade::{CheckReport, Outcome};

/// Something to mend, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Where: an exercise's id, or one of its checks or wrong solutions.
    pub(crate) at: String,
    /// What is wrong.
    pub(crate) what: String,
    /// What to do, or to run, next.
    pub(crate) next: String,
}

impl Fault {
    pub(crate) fn new(
        at: impl Into<String>,
        what: impl Into<String>,
        next: impl Into<String>,
    ) -> Self {
        Self {
            at: at.into(),
            what: what.into(),
            next: next.into(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n    {}", self.at, self.what, self.next)
    }
}

/// How a check ended, on one line.
pub(crate) fn outcome(check: &CheckReport) -> String {
    match &check.outcome {
        Outcome::Passed => "it passed".to_owned(),
        Outcome::Failed { reason } => reason.to_string(),
    }
}
