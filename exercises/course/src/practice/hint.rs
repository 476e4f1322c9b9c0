//! `cargo course hint`: one hint at a time, for the rule to work on next.

use std::process::ExitCode;

use anyhow::Context;
use exercises::grade::Check;

use super::names;
use super::progress::{Entry, Progress};
use super::workspace::Workspace;

/// Which exercise.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The exercise, by the name that `cargo course list` shows.
    #[arg(value_name = "EXERCISE")]
    exercise: String,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let exercise = names::exercise(&arguments.exercise)?;
    let mut progress = Progress::load(workspace)?;
    let entry = progress
        .exercises
        .entry(exercise.id.to_owned())
        .or_default();
    print!("{}", next(exercise.id, &(exercise.checks)(), entry)?);
    progress.save(workspace)?;
    Ok(ExitCode::SUCCESS)
}

/// The next hint as text; counts it as shown.
pub(super) fn next(id: &str, checks: &[Check], entry: &mut Entry) -> anyhow::Result<String> {
    if entry.n_checked > 0 && entry.last_failed.is_empty() {
        return Ok(format!(
            "Every rule of {id} held in the last check; there is nothing to hint at.\n"
        ));
    }
    // A name that the catalog no longer has is passed over: the course was updated.
    let failed = checks
        .iter()
        .find(|check| entry.last_failed.iter().any(|name| name == check.name));
    let check = failed
        .or(checks.first())
        .with_context(|| format!("{id} has no checks"))?;
    let mut text = format!("{}: {}\n", check.name, check.rule);
    let shown = entry.hints_shown.entry(check.name.to_owned()).or_default();
    match check.hints.get(*shown) {
        Some(hint) => {
            *shown += 1;
            text += &format!("Hint {shown} of {}: {hint}\n", check.hints.len());
        }
        None => {
            text += "There are no more hints for this rule; these were all:\n";
            for (index, hint) in check.hints.iter().enumerate() {
                text += &format!("  {}. {hint}\n", index + 1);
            }
        }
    }
    if entry.n_checked == 0 {
        text += &format!(
            "After `cargo course check {id}`, hints are about the first rule that does not hold.\n"
        );
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checks() -> Vec<Check> {
        let check =
            |name, rule| Check::new(name, rule, |_| Ok(())).hints(["nudge", "idea", "nearly code"]);
        vec![check("first", "One."), check("second", "Two.")]
    }

    #[track_caller]
    fn check(entry: &mut Entry, expected: &str) {
        assert_eq!(
            next("ring", &checks(), entry).expect("there are checks"),
            expected
        );
    }

    fn failed(names: &[&str]) -> Entry {
        Entry {
            n_checked: 1,
            last_failed: names.iter().map(|&name| name.to_owned()).collect(),
            ..Entry::default()
        }
    }

    #[test]
    fn hints_come_one_at_a_time_and_then_all_again() {
        let mut entry = failed(&["second"]);
        check(&mut entry, "second: Two.\nHint 1 of 3: nudge\n");
        check(&mut entry, "second: Two.\nHint 2 of 3: idea\n");
        check(&mut entry, "second: Two.\nHint 3 of 3: nearly code\n");
        let all = "second: Two.\nThere are no more hints for this rule; these were all:\n  1. nudge\n  2. idea\n  3. nearly code\n";
        check(&mut entry, all);
        check(&mut entry, all);
    }

    #[test]
    fn the_first_rule_that_failed_is_hinted_at() {
        check(
            &mut failed(&["first", "second"]),
            "first: One.\nHint 1 of 3: nudge\n",
        );
    }

    #[test]
    fn before_the_first_check_it_is_the_first_rule() {
        let expected = "first: One.\nHint 1 of 3: nudge\n\
            After `cargo course check ring`, hints are about the first rule that does not hold.\n";
        check(&mut Entry::default(), expected);
    }

    #[test]
    fn a_check_that_the_catalog_no_longer_has_is_passed_over() {
        check(
            &mut failed(&["renamed", "second"]),
            "second: Two.\nHint 1 of 3: nudge\n",
        );
    }

    #[test]
    fn a_solved_exercise_needs_no_hint() {
        check(
            &mut failed(&[]),
            "Every rule of ring held in the last check; there is nothing to hint at.\n",
        );
    }
}
