//! Scripts of calls, played on a solution and on the model.

use std::fmt::Display;

use crate::grade::Verdict;
use crate::grade::kit::{Trial, shorter};

/// What each call of a script is answered.
pub(super) type Play<'a, C> = &'a dyn Fn(&[C]) -> Vec<String>;

/// Plays `calls` on both. `setup` is the line that makes the solution.
pub(super) fn agree<C: Clone + Display>(
    setup: &str,
    calls: &[C],
    solution: Play<'_, C>,
    model: Play<'_, C>,
) -> Verdict {
    Trial {
        judge: |calls: &Vec<C>| {
            let (expected, actual) = (model(calls), solution(calls));
            let mut pairs = expected.into_iter().zip(actual);
            pairs.find(|(expected, actual)| expected != actual)
        },
        text: |calls: &Vec<C>| {
            let lines: String = calls.iter().map(|call| format!("\n{call}")).collect();
            format!("{setup}{lines}")
        },
        // Without what comes after the call that goes wrong, among others.
        smaller: |calls: &Vec<C>| shorter(calls).collect(),
        inputs: [calls.to_vec()],
    }
    .run()
}
