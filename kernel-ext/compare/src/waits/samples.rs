//! What was measured, run by run, and the few numbers that are made of it.

use super::Row;
use std::collections::BTreeMap;

/// Whose number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Our kernel's.
    Ours,
    /// That of the kernel beside it.
    Other,
}

/// A number, or what the kernel answered in place of it.
type Outcome = Result<f64, String>;

/// All numbers of a bench, in the units of their rows.
#[derive(Debug, Clone, Default)]
pub struct Samples(BTreeMap<(Row, Side), BTreeMap<usize, Outcome>>);

/// A number of several runs: its middle and its ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// In the middle.
    pub median: f64,
    /// The smallest.
    pub least: f64,
    /// The largest.
    pub most: f64,
}

impl Samples {
    /// Adds what a run has found. Numbers of the same run are a pair.
    pub fn add(&mut self, row: Row, side: Side, run: usize, found: Result<f64, String>) {
        self.0.entry((row, side)).or_default().insert(run, found);
    }

    /// The numbers of one kernel; nothing if there are none.
    pub fn spread(&self, row: Row, side: Side) -> Option<Spread> {
        Spread::of(self.numbers(row, side).map(|(_, number)| number))
    }

    /// Our numbers divided by the other's; nothing if there is no pair.
    ///
    /// In the middle are our median and the other's, divided, as the table shows both; at the
    /// ends are the smallest and the largest ratio of a pair. Only runs in which both have a
    /// number count.
    ///
    /// # Examples
    ///
    /// ```
    /// use kernel_compare::waits::{Row, Samples, Side};
    ///
    /// let mut samples = Samples::default();
    /// for (run, (ours, other)) in [(1.0, 2.0), (2.0, 8.0)].into_iter().enumerate() {
    ///     samples.add(Row::Restart, Side::Ours, run, Ok(ours));
    ///     samples.add(Row::Restart, Side::Other, run, Ok(other));
    /// }
    /// let ratio = samples.ratio(Row::Restart).expect("there are pairs");
    /// assert_eq!((ratio.least, ratio.median, ratio.most), (0.25, 0.3, 0.5));
    /// ```
    pub fn ratio(&self, row: Row) -> Option<Spread> {
        let others: BTreeMap<usize, f64> = self.numbers(row, Side::Other).collect();
        let pairs = self
            .numbers(row, Side::Ours)
            .filter_map(|(run, ours)| Some((ours, *others.get(&run)?)));
        let (ours, others): (Vec<f64>, Vec<f64>) = pairs.unzip();
        let ends = Spread::of(ours.iter().zip(&others).map(|(ours, other)| ours / other))?;
        Some(Spread {
            median: Spread::of(ours)?.median / Spread::of(others)?.median,
            ..ends
        })
    }

    /// What a kernel answered where it should have given a number, the first time.
    pub fn failure(&self, row: Row, side: Side) -> Option<&str> {
        let mut found = self.0.get(&(row, side))?.values();
        found.find_map(|outcome| outcome.as_ref().err().map(String::as_str))
    }

    fn numbers(&self, row: Row, side: Side) -> impl Iterator<Item = (usize, f64)> {
        let found = self.0.get(&(row, side)).into_iter().flatten();
        found.filter_map(|(run, outcome)| Some((*run, *outcome.as_ref().ok()?)))
    }
}

impl Spread {
    /// Of these numbers; nothing if there are none. The median of an even count is the mean of
    /// the two in the middle.
    pub fn of(numbers: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut numbers: Vec<f64> = numbers.into_iter().collect();
        numbers.sort_by(f64::total_cmp);
        let upper = *numbers.get(numbers.len() / 2)?;
        let lower = *numbers.get((numbers.len() - 1) / 2)?;
        Some(Self {
            median: (lower + upper) / 2.0,
            least: *numbers.first()?,
            most: *numbers.last()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(ours: &[Outcome], other: &[Outcome], expected: Expect) {
        let mut samples = Samples::default();
        for (side, outcomes) in [(Side::Ours, ours), (Side::Other, other)] {
            for (run, outcome) in outcomes.iter().enumerate() {
                samples.add(Row::Restart, side, run, outcome.clone());
            }
        }
        expected.assert_eq(&match samples.ratio(Row::Restart) {
            Some(ratio) => format!(
                "{:.2} ({:.2} to {:.2})",
                ratio.median, ratio.least, ratio.most
            ),
            None => "no pair".to_owned(),
        });
    }

    #[test]
    fn a_ratio_is_that_of_the_medians_between_those_of_the_pairs() {
        check(
            &[Ok(1.0), Ok(2.0), Ok(9.0)],
            &[Ok(4.0), Ok(4.0), Ok(10.0)],
            expect!["0.50 (0.25 to 0.90)"],
        );
    }

    #[test]
    fn a_run_in_which_one_kernel_fails_is_no_pair() {
        let failed = || Err("error".to_owned());
        check(
            &[Ok(1.0), failed(), Ok(3.0)],
            &[Ok(2.0), Ok(100.0), Ok(4.0)],
            expect!["0.67 (0.50 to 0.75)"],
        );
        check(&[Ok(1.0)], &[failed()], expect!["no pair"]);
        check(&[], &[], expect!["no pair"]);
    }

    #[test]
    fn the_first_failure_is_kept() {
        let mut samples = Samples::default();
        samples.add(Row::Crowd, Side::Ours, 0, Ok(1.0));
        assert_eq!(samples.failure(Row::Crowd, Side::Ours), None);
        for run in 1..3 {
            samples.add(Row::Crowd, Side::Ours, run, Err(format!("no {run}")));
        }
        assert_eq!(samples.failure(Row::Crowd, Side::Ours), Some("no 1"));
        assert!(samples.spread(Row::Crowd, Side::Ours).is_some());
    }
}
