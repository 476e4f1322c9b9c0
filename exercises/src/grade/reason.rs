//! A reason in words.
//!
//! The terminal and the notebook show it as rows of a name and a value; logs show
//! it on one line.

use std::fmt;

use super::outcome::Reason;

/// The row that is a sentence.
const BECAUSE: &str = "because";

const NO_SUCH_CHECK: &str = "the checks that were run do not include this one; \
    does the program's `main` name this exercise's checks?";

const FORBIDDEN: &str = "it tried to start a process, to signal one, or to open a connection; \
    a solution may do none of these";

impl Reason {
    /// What to show of a reason: a name and a value a row. A value may have several lines.
    pub fn rows(&self) -> Vec<(&'static str, String)> {
        let at = |location: &Option<String>| location.clone().map(|place| ("at", place));
        let because = |text: String| vec![(BECAUSE, text)];
        match self {
            Self::RuleBroken { counterexample } => vec![
                ("input", counterexample.input.clone()),
                ("expected", counterexample.expected.clone()),
                ("actual", counterexample.actual.clone()),
            ],
            Self::NotWritten { hint, location } => {
                let text = if hint.is_empty() {
                    "not written yet".to_owned()
                } else {
                    format!("not written yet: {hint}")
                };
                [(BECAUSE, text)].into_iter().chain(at(location)).collect()
            }
            Self::Panicked { message, location } => [(BECAUSE, format!("it panicked: {message}"))]
                .into_iter()
                .chain(at(location))
                .collect(),
            Self::TimedOut { limit_ms } => because(format!(
                "it did not finish within {} s (an endless loop?)",
                *limit_ms as f64 / 1000.0
            )),
            Self::OutOfMemory { limit_bytes } => because(format!(
                "it asked for more than the {} MiB of memory that a check may use",
                limit_bytes >> 20
            )),
            Self::StackOverflow => {
                because("it overflowed the stack (a recursion without an end?)".to_owned())
            }
            Self::Killed { signal } => because(format!("the process was ended by {signal}")),
            Self::ProcessEnded { code } => {
                let status =
                    code.map_or_else(String::new, |code| format!(" with exit status {code}"));
                because(format!(
                    "the solution ended the process{status} before the check had finished"
                ))
            }
            Self::TooMuchOutput { limit_bytes } => because(format!(
                "it printed more than {} MiB (a print in an endless loop?)",
                limit_bytes >> 20
            )),
            Self::TooMuchDisk { limit_bytes } => because(format!(
                "it wrote more than the {} MiB of files that a check may keep",
                limit_bytes >> 20
            )),
            Self::Forbidden => because(FORBIDDEN.to_owned()),
            Self::NoSuchCheck => because(NO_SUCH_CHECK.to_owned()),
            Self::NotStarted { error } => {
                because(format!("the check could not be started: {error}"))
            }
        }
    }
}

impl fmt::Display for Reason {
    /// On one line, as far as the values have no line breaks.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = self
            .rows()
            .into_iter()
            .map(|(name, value)| match name {
                BECAUSE => value,
                _ => format!("{name} {value}"),
            })
            .collect();
        write!(f, "{}", parts.join(", "))
    }
}
