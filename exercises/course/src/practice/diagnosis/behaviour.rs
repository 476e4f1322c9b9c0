//! What a solution did in a check, without what says nothing about its mistake: how long
//! it took, and in which line of which file it panicked.

use exercises::grade::{CheckReport, Counterexample, Outcome, PANICS_ON, Reason};
use serde::{Deserialize, Serialize};

/// What a solution did in one check; two that are equal cannot be told apart by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Behaviour {
    /// The rule held.
    Passed,
    /// It broke the rule, on this input and with this answer.
    Broken(Counterexample),
    /// It panicked.
    Panicked {
        /// What the panic says.
        message: String,
        /// On which input, where the check printed it.
        input: Option<String>,
    },
    /// Something that many mistakes end in: a time limit, an abort, a `todo!`.
    Otherwise(Reason),
}

impl Behaviour {
    /// What the report says of it.
    pub(crate) fn of(check: &CheckReport) -> Self {
        match &check.outcome {
            Outcome::Passed => Self::Passed,
            Outcome::Failed { reason } => match reason {
                Reason::RuleBroken { counterexample } => Self::Broken(counterexample.clone()),
                Reason::Panicked { message, .. } => Self::Panicked {
                    message: message.clone(),
                    input: input_of_panic(&check.output).map(str::to_owned),
                },
                Reason::NotWritten { .. } => Self::Otherwise(Reason::NotWritten {
                    hint: String::new(),
                    location: None,
                }),
                other => Self::Otherwise(other.clone()),
            },
        }
    }

    /// Whether the rule held.
    pub(crate) fn is_pass(&self) -> bool {
        *self == Self::Passed
    }

    /// Whether two solutions that share it are likely to share a mistake.
    pub(crate) fn is_telling(&self) -> bool {
        matches!(self, Self::Broken(_) | Self::Panicked { .. })
    }

    /// Whether another run may well end otherwise: on a machine that is less busy, say.
    pub(crate) fn is_a_matter_of_luck(&self) -> bool {
        matches!(
            self,
            Self::Otherwise(Reason::TimedOut { .. } | Reason::NotStarted { .. })
        )
    }
}

/// The input on which a solution panicked, from what its check printed.
pub(crate) fn input_of_panic(output: &str) -> Option<&str> {
    let (_, input) = output.rsplit_once(PANICS_ON)?;
    Some(input.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(reason: &str, output: &str) -> CheckReport {
        let text = format!(
            r#"{{"name": "any", "rule": "", "points": 1, "output": {output:?}, "elapsed_ms": 0,
                "outcome": {{"status": "failed", "reason": {reason}}}}}"#
        );
        serde_json::from_str(&text).expect("a report")
    }

    #[test]
    fn a_panic_is_the_same_wherever_in_the_text_it_happens() {
        let panic = |line: u32, output: &str| {
            let reason = format!(
                r#"{{"kind": "panicked", "message": "no entry", "location": "mine.rs:{line}:9"}}"#
            );
            Behaviour::of(&report(&reason, output))
        };
        let printed = format!("hello\n{PANICS_ON}ring.owner(b\"k\");\n");
        assert_eq!(panic(3, &printed), panic(99, &printed[6..]));
        assert_ne!(panic(3, &printed), panic(3, ""));
        assert!(panic(3, "").is_telling());
    }

    #[test]
    fn a_time_limit_and_a_todo_tell_nothing() {
        let timed_out = Behaviour::of(&report(r#"{"kind": "timed-out", "limit_ms": 10}"#, ""));
        assert!(!timed_out.is_telling() && timed_out.is_a_matter_of_luck());
        let unwritten = r#"{"kind": "not-written", "hint": "begin", "location": null}"#;
        let unwritten = Behaviour::of(&report(unwritten, ""));
        assert!(!unwritten.is_telling() && !unwritten.is_a_matter_of_luck());
    }
}
