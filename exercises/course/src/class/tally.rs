//! What a class's results say together: which rules are hard, and how scores spread.

use std::collections::BTreeMap;

use exercises::catalog::Exercise;
use exercises::grade::{Outcome, Reason};

use super::record::Record;

/// How a rule went, over all submissions that compile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    /// Id of the exercise.
    pub(super) exercise: String,
    pub(super) name: String,
    pub(super) rule: String,
    pub(super) n_held: usize,
    pub(super) n_missed: usize,
    /// The most frequent way to miss it, and how often; ties by the word.
    pub(super) most_often: Option<(&'static str, usize)>,
}

impl Rule {
    /// Share of the submissions that miss it, in per cent.
    pub(super) fn missed_percent(&self) -> f64 {
        100.0 * self.n_missed as f64 / (self.n_held + self.n_missed).max(1) as f64
    }
}

/// Hints that were used for an exercise, by the learners of whom that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hints {
    /// Id of the exercise.
    pub(super) exercise: String,
    /// A number a learner, sorted.
    pub(super) used: Vec<u32>,
}

/// The rules, the hardest first; those that everybody holds are last.
///
/// # Time complexity
///
/// O(results × rules).
pub(super) fn rules(records: &[Record], exercises: &[Exercise]) -> Vec<Rule> {
    let mut rules: Vec<Rule> = exercises
        .iter()
        .flat_map(|exercise| {
            (exercise.checks)()
                .into_iter()
                .map(move |check| (exercise, check))
        })
        .map(|(exercise, check)| rule(records, exercise.id, check.name, check.rule))
        .collect();
    // Stable: rules that are equally hard stay in the course's order.
    rules.sort_by(|a, b| b.missed_percent().total_cmp(&a.missed_percent()));
    rules
}

fn rule(records: &[Record], exercise: &str, name: &str, rule: &str) -> Rule {
    let mut ways: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut n_held = 0;
    let of_exercise = records.iter().filter(|record| record.exercise == exercise);
    let reports = of_exercise.filter_map(|record| record.entry.report());
    for check in reports
        .flat_map(|report| &report.checks)
        .filter(|check| check.name == name)
    {
        match &check.outcome {
            Outcome::Passed => n_held += 1,
            Outcome::Failed { reason } => *ways.entry(way(reason)).or_default() += 1,
        }
    }
    Rule {
        exercise: exercise.to_owned(),
        name: name.to_owned(),
        rule: rule.to_owned(),
        n_held,
        n_missed: ways.values().sum(),
        most_often: ways.into_iter().rev().max_by_key(|(_, n)| *n),
    }
}

/// A reason in a word or two, to count by.
pub(super) fn way(reason: &Reason) -> &'static str {
    match reason {
        Reason::RuleBroken { .. } => "another answer",
        Reason::NotWritten { .. } => "not written",
        Reason::Panicked { .. } => "a panic",
        Reason::TimedOut { .. } => "not finished in time",
        Reason::OutOfMemory { .. } => "too much memory",
        Reason::StackOverflow => "a stack overflow",
        Reason::Killed { .. } => "a crash",
        Reason::ProcessEnded { .. } => "ended the process",
        Reason::TooMuchOutput { .. } => "too much output",
        Reason::TooMuchDisk { .. } => "too much written",
        Reason::Forbidden => "forbidden",
        Reason::NoSuchCheck | Reason::NotStarted { .. } => "not tried",
    }
}

/// Use of hints, an entry for each exercise of which something is known.
pub(super) fn hints(records: &[Record], exercises: &[Exercise]) -> Vec<Hints> {
    let of_exercise = |exercise: &Exercise| {
        let reports = records
            .iter()
            .filter(|record| record.exercise == exercise.id)
            .filter_map(|record| record.entry.report());
        let known = reports.filter_map(|report| report.provenance.as_ref()?.hints_used);
        let mut used: Vec<u32> = known.collect();
        used.sort_unstable();
        Hints {
            exercise: exercise.id.to_owned(),
            used,
        }
    };
    exercises
        .iter()
        .map(of_exercise)
        .filter(|hints| !hints.used.is_empty())
        .collect()
}

/// The middle of sorted numbers; of an even count, halfway between the two.
pub(super) fn median(sorted: &[u32]) -> Option<f64> {
    let upper = sorted.get(sorted.len() / 2)?;
    let lower = sorted.get((sorted.len() - 1) / 2)?;
    Some(f64::midpoint(f64::from(*lower), f64::from(*upper)))
}

/// How many scores fall into each tenth; those that are full have a place of their own.
pub(super) const N_BINS: usize = 11;

/// Counts scores, each as points and all points, by tenths.
pub(super) fn bins(scores: &[(u32, u32)]) -> [usize; N_BINS] {
    let mut bins = [0; N_BINS];
    for (points, of) in scores {
        // In u64, not u32: ten times any number of points.
        let tenth = 10 * u64::from(*points) / u64::from((*of).max(1));
        bins[usize::try_from(tenth).map_or(N_BINS - 1, |tenth| tenth.min(N_BINS - 1))] += 1;
    }
    bins
}

/// What a bin holds, in words.
pub(super) fn bin_name(bin: usize) -> String {
    match bin {
        10 => "100%".to_owned(),
        bin => format!("{}–{}%", 10 * bin, 10 * bin + 9),
    }
}

#[cfg(test)]
mod tests {
    use exercises::catalog;

    use super::*;
    use crate::class::record::Entry;

    /// A report of `modulo_placement` in which these checks fail by a panic, with hints.
    fn record(failed: &[&str], hints_used: Option<u32>) -> Record {
        let exercise = catalog::find("modulo_placement").expect("it is in the catalog");
        let checks: Vec<_> = (exercise.checks)()
            .iter()
            .map(|check| {
                let outcome = match failed.contains(&check.name) {
                    true => serde_json::json!({"status": "failed", "reason": {"kind": "panicked", "message": "", "location": null}}),
                    false => serde_json::json!({"status": "passed"}),
                };
                serde_json::json!({"name": check.name, "rule": check.rule, "points": check.points,
                    "outcome": outcome, "output": "", "elapsed_ms": 0})
            })
            .collect();
        let report = serde_json::json!({"exercise": exercise.id, "title": "", "seed": 0,
            "isolation": "sealed", "checks": checks, "left_out": 0, "points": 0, "of": 6, "elapsed_ms": 0,
            "provenance": {"course": "", "solution_sha256": "", "toolchain": "", "graded_at": "", "hints_used": hints_used}});
        Record {
            learner: "ann".to_owned(),
            exercise: exercise.id.to_owned(),
            file: None,
            basis: None,
            entry: Entry::Graded(serde_json::from_value(report).expect("a report")),
        }
    }

    fn exercises() -> Vec<Exercise> {
        catalog::find("modulo_placement").into_iter().collect()
    }

    #[test]
    fn the_rule_that_most_miss_comes_first_with_the_way_they_miss_it() {
        let records = [
            record(&["moved"], None),
            record(&["moved", "no-servers"], None),
            record(&[], None),
        ];
        let rules = rules(&records, &exercises());
        let found: Vec<_> = rules
            .iter()
            .map(|rule| {
                (
                    rule.name.as_str(),
                    rule.n_held,
                    rule.n_missed,
                    rule.most_often,
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                ("moved", 1, 2, Some(("a panic", 2))),
                ("no-servers", 2, 1, Some(("a panic", 1))),
                ("remainder", 3, 0, None),
                ("whole-hash", 3, 0, None),
            ]
        );
    }

    #[test]
    fn hints_count_only_where_they_are_known() {
        let records = [
            record(&[], Some(4)),
            record(&[], None),
            record(&[], Some(0)),
        ];
        let known = hints(&records, &exercises());
        assert_eq!(known[0].used, [0, 4]);
        assert_eq!(median(&known[0].used), Some(2.0));
        assert_eq!(median(&[1, 2, 9]), Some(2.0));
        assert_eq!(hints(&records[1..2], &exercises()), []);
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn only_a_full_score_is_in_the_last_bin() {
        let full = bins(&[
            (6, 6),
            (59, 60),
            (0, 6),
            (5, 6),
            (0, 0),
            (u32::MAX, u32::MAX),
        ]);
        assert_eq!(full, [2, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2]);
        assert_eq!(bin_name(9), "90–99%");
    }
}
