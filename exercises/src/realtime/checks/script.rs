//! Scripts of calls, played on a solution and on the model, and cut down to what the
//! first difference needs.

use std::fmt::Display;

use crate::grade::{Counterexample, Verdict};

/// What each call of a script is answered.
pub(super) type Play<'a, C> = &'a dyn Fn(&[C]) -> Vec<String>;

/// Plays `calls` on both. `setup` is the line that makes the solution.
pub(super) fn agree<C: Clone + Display>(
    setup: &str,
    calls: &[C],
    solution: Play<'_, C>,
    model: Play<'_, C>,
) -> Verdict {
    let difference = |calls: &[C]| {
        let (expected, actual) = (model(calls), solution(calls));
        let mut pairs = expected.iter().zip(&actual);
        pairs.position(|(expected, actual)| expected != actual)
    };
    let Some(at) = difference(calls) else {
        return Ok(());
    };
    let mut calls = calls[..=at].to_vec();
    let mut index = calls.len() - 1;
    while index > 0 {
        index -= 1;
        let mut fewer = calls.clone();
        fewer.remove(index);
        // Shorter if the difference comes earlier, too.
        if let Some(at) = difference(&fewer) {
            fewer.truncate(at + 1);
            calls = fewer;
            index = index.min(calls.len() - 1);
        }
    }
    let (expected, actual) = (model(&calls), solution(&calls));
    let lines: String = calls.iter().map(|call| format!("\n{call}")).collect();
    Err(Counterexample::new(
        format!("{setup}{lines}"),
        expected.last().cloned().unwrap_or_default(),
        actual.last().cloned().unwrap_or_default(),
    ))
}
