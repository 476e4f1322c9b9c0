//! Outcomes in a length that somebody reads.

use super::check::Counterexample;
use super::outcome::{Outcome, Reason};

/// With texts that somebody may read: a solution can answer with gigabytes.
pub(super) fn shortened(outcome: Outcome) -> Outcome {
    let Outcome::Failed { reason } = outcome else {
        return outcome;
    };
    let reason = match reason {
        Reason::RuleBroken { counterexample } => Reason::RuleBroken {
            counterexample: Counterexample {
                input: cut(counterexample.input),
                expected: cut(counterexample.expected),
                actual: cut(counterexample.actual),
            },
        },
        Reason::Panicked { message, location } => Reason::Panicked {
            message: cut(message),
            location,
        },
        Reason::NotWritten { hint, location } => Reason::NotWritten {
            hint: cut(hint),
            location,
        },
        other => other,
    };
    reason.into()
}

fn cut(mut text: String) -> String {
    /// Some four screens.
    const LIMIT_BYTES: usize = 8192;
    if text.len() > LIMIT_BYTES {
        let n_left_out = text.len() - text.floor_char_boundary(LIMIT_BYTES);
        text.truncate(text.len() - n_left_out);
        text += &format!(" [... {n_left_out} bytes left out]");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_at_a_character_and_says_how_much_is_missing() {
        let text = cut("ü".repeat(5000));
        assert_eq!(text.matches('ü').count(), 4096);
        assert!(text.ends_with(" [... 1808 bytes left out]"), "{text}");
        assert_eq!(cut("short".to_owned()), "short");
    }
}
