//! `cargo course hint`: help in layers, for the rule to work on next.
//!
//! A layer at a time: what the rule asks, the idea, the smallest failing trace, nearly
//! code. It is about the first rule that did not hold when the learner's file was last
//! graded, as it is now: a file that has changed since is graded first. What was shown is
//! counted in the progress, by check.

mod contract;
mod layers;
mod obstacle;
mod trace;

use std::process::ExitCode;

use anyhow::Context;
use exercises::catalog::Exercise;
use exercises::grade::{Check, CheckReport, Options, Report};

use super::progress::{Entry, Progress};
use super::workspace::Workspace;
use super::{check, last, names};
use crate::grading::{Graded, Grader};

pub(crate) use contract::{Contract, snake_case};
pub(crate) use layers::N_LAYERS;
use layers::{Layers, Rule};

/// Which exercise.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The exercise, by the name that `cargo course list` shows.
    #[arg(value_name = "EXERCISE")]
    exercise: String,
    /// Every layer at once, for every rule that did not hold.
    #[arg(long)]
    all: bool,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let exercise = names::exercise(&arguments.exercise)?;
    let report = match last::report_of_this_text(workspace, exercise.id) {
        Some(report) => Some(report),
        None => grade(workspace, &exercise)?,
    };
    print!(
        "{}",
        next(workspace, &exercise, report.as_ref(), arguments.all)?
    );
    Ok(ExitCode::SUCCESS)
}

/// Grades the file as it is. Of one that does not compile, the report before it counts.
fn grade(workspace: &Workspace, exercise: &Exercise) -> anyhow::Result<Option<Report>> {
    let grader = Grader::new(workspace)?;
    match check::grade(workspace, &grader, exercise, &Options::default())? {
        Graded::Graded(report) => {
            let mut progress = Progress::load(workspace)?;
            progress.record(&report);
            progress.save(workspace)?;
            Ok(Some(*report))
        }
        Graded::DoesNotCompile { messages, .. } => {
            eprintln!(
                "{messages}{} does not compile yet; the compiler's message above comes first.\n",
                workspace.stub_name(exercise.id)
            );
            Ok(last::report(workspace, exercise.id))
        }
    }
}

/// The next layer for the first rule that failed in the report, or all of them for all
/// that failed. Counts what it shows. Without a report it is about the first rule.
///
/// # Errors
///
/// When progress cannot be read or written.
pub(crate) fn next(
    workspace: &Workspace,
    exercise: &Exercise,
    report: Option<&Report>,
    all: bool,
) -> anyhow::Result<String> {
    let id = exercise.id;
    if report.is_some_and(Report::all_hold) {
        return Ok(format!(
            "Every rule of {id} held in the last check; there is nothing to hint at.\n"
        ));
    }
    let checks = (exercise.checks)();
    let failed = failed(&checks, report);
    let first = failed
        .first()
        .or(checks.first())
        .with_context(|| format!("{id} has no checks"))?;
    let wanted = if all { failed.as_slice() } else { &[*first] };

    let mut progress = Progress::load(workspace)?;
    let entry = progress.exercises.entry(id.to_owned()).or_default();
    let mut text = String::new();
    for check in wanted {
        let rule = Rule {
            exercise,
            check,
            found: report.and_then(|report| result(report, check)),
            seed: report.map_or(0, |report| report.seed),
        };
        text += &show(&Layers::of(workspace, rule), entry, all);
    }
    if let Some(diagnosis) = report.and_then(|report| report.diagnosis.as_ref()) {
        text += &format!("\n{diagnosis}\n");
    }
    progress.save(workspace)?;
    Ok(text)
}

/// The checks that failed, in the catalog's order. One that the catalog no longer has is
/// passed over: the course was updated.
fn failed(checks: &[Check], report: Option<&Report>) -> Vec<Check> {
    let did_fail = |check: &&Check| {
        report
            .and_then(|report| result(report, check))
            .is_some_and(|found| !found.passed())
    };
    checks.iter().filter(did_fail).copied().collect()
}

fn result<'a>(report: &'a Report, check: &Check) -> Option<&'a CheckReport> {
    report.checks.iter().find(|found| found.name == check.name)
}

/// The next layer as text, or all where there is none left; counts it as shown.
fn show(layers: &Layers, entry: &mut Entry, all: bool) -> String {
    let shown = entry
        .hints_shown
        .entry(layers.check.to_owned())
        .or_default();
    let mut text = format!("{}: {}\n", layers.check, layers.rule);
    if all || *shown >= N_LAYERS {
        *shown = N_LAYERS;
        text += "These are all the hints for this rule.\n";
        for n in 1..=N_LAYERS {
            text += &layers.text(n);
        }
        return text;
    }
    *shown += 1;
    text += &layers.text(*shown);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layers() -> Layers {
        Layers {
            check: "wraps",
            rule: "It wraps.",
            texts: ["asks", "idea", "trace", "code"].map(str::to_owned),
        }
    }

    #[track_caller]
    fn check_shown(entry: &mut Entry, all: bool, expected: &[&str]) {
        let text = show(&layers(), entry, all);
        let found: Vec<&str> = text.lines().filter(|line| line.starts_with("  ")).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn layers_come_one_at_a_time_and_then_all_again() {
        let mut entry = Entry::default();
        for one in ["  asks", "  idea", "  trace", "  code"] {
            check_shown(&mut entry, false, &[one]);
        }
        for _ in 0..2 {
            check_shown(
                &mut entry,
                false,
                &["  asks", "  idea", "  trace", "  code"],
            );
        }
        assert_eq!(entry.hints_shown["wraps"], 4);
    }

    #[test]
    fn all_at_once_count_as_shown() {
        let mut entry = Entry::default();
        check_shown(&mut entry, true, &["  asks", "  idea", "  trace", "  code"]);
        assert_eq!(entry.hints_shown["wraps"], 4);
    }

    fn report(outcomes: &[(&str, &str)]) -> Report {
        let check = |(name, outcome): &(&str, &str)| {
            format!(
                r#"{{"name": "{name}", "rule": "", "points": 1, "output": "", "elapsed_ms": 0, "outcome": {outcome}}}"#
            )
        };
        let checks: Vec<String> = outcomes.iter().map(check).collect();
        let text = format!(
            r#"{{"exercise": "hash_ring", "title": "", "seed": 0, "isolation": "sealed", "left_out": 0,
                "points": 0, "of": 2, "elapsed_ms": 0, "checks": [{}]}}"#,
            checks.join(",")
        );
        serde_json::from_str(&text).expect("a report")
    }

    #[test]
    fn the_rules_that_failed_come_in_the_catalogs_order() {
        let broken = r#"{"status": "failed", "reason": {"kind": "stack-overflow"}}"#;
        let report = report(&[
            ("renamed", broken),
            ("second", broken),
            ("third", r#"{"status": "passed"}"#),
            ("first", broken),
        ]);
        let checks =
            ["first", "second", "third"].map(|name| Check::new(name, "Any rule.", |_| Ok(())));
        let names: Vec<&str> = failed(&checks, Some(&report))
            .iter()
            .map(|check| check.name)
            .collect();
        assert_eq!(names, ["first", "second"]);
        assert!(failed(&checks, None).is_empty());
    }
}
