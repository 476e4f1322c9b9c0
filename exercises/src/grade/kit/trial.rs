//! Trying a rule on many inputs, and cutting the first failing one down.
//!
//! A solution that panics is asked again with the smallest input on which it does,
//! uncaught, so that the grader learns the panic's message and place.

use super::manner::{Manner, caught};
use crate::grade::unwinding::say_input;
use crate::grade::{Counterexample, Verdict};

/// What was expected and what came, where the two differ.
pub(crate) type Difference = Option<(String, String)>;

/// A rule, and how to write its inputs.
pub(crate) struct Trial<I, J, T, S> {
    /// Asks the solution and compares.
    pub(crate) judge: J,
    /// The input as code, the call that went wrong in its last line.
    pub(crate) text: T,
    /// Simpler inputs for which the rule holds as well, the simplest first.
    pub(crate) smaller: S,
    /// The inputs, small ones first.
    pub(crate) inputs: I,
}

impl<I, J, T, S, E> Trial<I, J, T, S>
where
    I: IntoIterator<Item = E>,
    J: Fn(&E) -> Difference,
    T: Fn(&E) -> String,
    S: Fn(&E) -> Vec<E>,
{
    /// Tries every input.
    pub(crate) fn run(self) -> Verdict {
        let Self {
            judge,
            text,
            smaller,
            inputs,
        } = self;
        for input in inputs {
            if let Some(manner) = manner(&judge, &input) {
                let smallest = cut(&judge, &smaller, input, manner);
                return Err(report(&judge, &text, &smallest, manner));
            }
        }
        Ok(())
    }
}

fn manner<E>(judge: &impl Fn(&E) -> Difference, input: &E) -> Option<Manner> {
    match caught(|| judge(input)) {
        Ok(difference) => difference.map(|_| Manner::Differs),
        Err(manner) => Some(manner),
    }
}

/// The smallest input that fails in the same manner, by one simplification at a time.
fn cut<E>(
    judge: &impl Fn(&E) -> Difference,
    smaller: &impl Fn(&E) -> Vec<E>,
    mut input: E,
    found: Manner,
) -> E {
    // A bound for simplifications that go round in a circle.
    const STEPS: usize = 200;
    for _ in 0..STEPS {
        let next = smaller(&input)
            .into_iter()
            .find(|simpler| manner(judge, simpler) == Some(found));
        match next {
            Some(simpler) => input = simpler,
            None => break,
        }
    }
    input
}

fn report<E>(
    judge: &impl Fn(&E) -> Difference,
    text: &impl Fn(&E) -> String,
    input: &E,
    manner: Manner,
) -> Counterexample {
    let words = text(input);
    if manner == Manner::Panics {
        say_input(&words);
    }
    let differs = judge(input);
    // Nothing is left to compare only if the solution behaves differently this time.
    let (expected, actual) = differs.unwrap_or_else(|| {
        let expected = "the same answer each time".to_owned();
        (expected, "another at the second try".to_owned())
    });
    Counterexample::new(words, expected, actual)
}

/// The difference of two values that must be equal.
pub(crate) fn equal<V: PartialEq + std::fmt::Debug>(expected: &V, actual: &V) -> Difference {
    (expected != actual).then(|| (format!("{expected:?}"), format!("{actual:?}")))
}

/// Whether a computed number is right: within one part in 10^9.
pub(crate) fn is_near(expected: f64, actual: f64) -> bool {
    // Infinities are near themselves only.
    let slack = expected.abs() * 1e-9;
    expected == actual || (expected.is_finite() && (expected - actual).abs() <= slack)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(judge: impl Fn(&u32) -> Difference) -> Verdict {
        Trial {
            judge,
            text: |input: &u32| format!("f({input})"),
            smaller: |input: &u32| (0..*input).rev().take(1).collect(),
            inputs: [10, 20],
        }
        .run()
    }

    #[test]
    fn the_counterexample_is_the_smallest_that_fails_alike() {
        let failing = |input: &u32| equal(&0, &(*input).saturating_sub(3));
        assert_eq!(run(failing), Err(Counterexample::new("f(4)", "0", "1")));
        assert_eq!(run(|_| None), Ok(()));
    }

    #[test]
    fn near_is_meant_relative_to_the_number_itself() {
        assert!(is_near(1e-11, 1.000_000_000_1e-11) && !is_near(1e-11, 1.000_001e-11));
        assert!(is_near(0.0, -0.0) && !is_near(0.0, 1e-300));
        assert!(is_near(f64::INFINITY, f64::INFINITY) && !is_near(1.0, f64::NAN));
        assert!(!is_near(1.0, f64::INFINITY) && !is_near(f64::INFINITY, 1.0));
    }
}
