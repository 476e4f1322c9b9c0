//! Who may see the reference of an exercise, and the question before it.
//!
//! After a pass, everybody. Before, whoever has had every hint for the rules that fail and
//! says yes: a reference that is one keystroke away is read before anything was tried, and
//! one that is never shown leaves people stuck. It is a matter of learning, not a lock: the
//! references lie in the repository.

use std::io::{self, BufRead, Write};

use exercises::catalog::Exercise;

use super::hint::N_LAYERS;
use super::progress::{Entry, Progress};
use super::workspace::Workspace;

/// Whether the reference may be shown.
#[derive(Debug, PartialEq, Eq)]
enum Gate {
    /// It was solved.
    Open,
    /// Every hint was shown.
    AfterQuestion,
    /// This is missing.
    Closed(Vec<String>),
}

impl Gate {
    fn of(exercise: &Exercise, entry: &Entry) -> Self {
        if entry.solved || entry.tested_out {
            return Self::Open;
        }
        // Of what the catalog no longer has, no hint can be shown.
        let failed: Vec<&str> = (exercise.checks)()
            .iter()
            .map(|check| check.name)
            .filter(|name| entry.last_failed.iter().any(|failed| failed == name))
            .collect();
        if failed.is_empty() {
            return Self::Closed(vec![format!(
                "a first try: `cargo course check {}`",
                exercise.id
            )]);
        }
        let shown = |name: &str| entry.hints_shown.get(name).copied().unwrap_or(0);
        let missing: Vec<String> = failed
            .into_iter()
            .filter(|name| shown(name) < N_LAYERS)
            .map(|name| format!("hints for {name}: {} of {N_LAYERS} shown", shown(name)))
            .collect();
        match missing.is_empty() {
            true => Self::AfterQuestion,
            false => Self::Closed(missing),
        }
    }
}

/// Whether the reference is to be shown now. Asks where it was not solved, unless `yes`
/// answers, and notes that it was seen.
///
/// # Errors
///
/// When something is missing, with what it is.
pub(crate) fn pass(workspace: &Workspace, exercise: &Exercise, yes: bool) -> anyhow::Result<bool> {
    let id = exercise.id;
    let mut progress = Progress::load(workspace)?;
    match Gate::of(exercise, &progress.of(id)) {
        Gate::Open => return Ok(true),
        Gate::AfterQuestion => {}
        Gate::Closed(missing) => anyhow::bail!(
            "{id} is not solved; its solution is shown after every hint for the rules that \
             fail. Missing:\n  {}\n`cargo course hint {id}` shows the next hint, and with `--all` all of them",
            missing.join("\n  ")
        ),
    }
    if !yes && !ask(id, io::stdin().lock())? {
        eprintln!("The solution was not shown.");
        return Ok(false);
    }
    progress
        .exercises
        .entry(id.to_owned())
        .or_default()
        .solution_seen = true;
    progress.save(workspace)?;
    Ok(true)
}

/// On standard error, so that the answer can be piped and the solution kept.
fn ask(id: &str, mut answers: impl BufRead) -> io::Result<bool> {
    eprint!("You have not solved {id}. Show the solution all the same? [y/N] ");
    io::stderr().flush()?;
    let mut line = String::new();
    if answers.read_line(&mut line)? == 0 {
        // Nobody is there to answer, nor to end the line.
        eprintln!();
    }
    Ok(matches!(line.trim().to_lowercase().as_str(), "y" | "yes"))
}

#[cfg(test)]
mod tests {
    use exercises::catalog;

    use super::*;

    fn entry(failed: &[&str], shown: &[(&str, usize)]) -> Entry {
        Entry {
            n_checked: 1,
            last_failed: failed.iter().map(|&name| name.to_owned()).collect(),
            hints_shown: shown
                .iter()
                .map(|&(name, n)| (name.to_owned(), n))
                .collect(),
            ..Entry::default()
        }
    }

    #[track_caller]
    fn check(entry: &Entry, expected: &Gate) {
        let exercise = catalog::find("hash_ring").expect("it is in the catalog");
        assert_eq!(Gate::of(&exercise, entry), *expected);
    }

    #[test]
    fn a_pass_opens_it_whatever_fails_now() {
        for solved in [true, false] {
            let passed = Entry {
                solved,
                tested_out: !solved,
                ..entry(&["join"], &[])
            };
            check(&passed, &Gate::Open);
        }
    }

    #[test]
    fn every_hint_of_every_rule_that_fails_has_to_be_shown() {
        let missing = |text: &[&str]| Gate::Closed(text.iter().map(|&t| t.to_owned()).collect());
        check(
            &entry(&["join", "leave"], &[("join", 4), ("leave", 3)]),
            &missing(&["hints for leave: 3 of 4 shown"]),
        );
        check(
            &entry(&["join", "leave"], &[("join", 4), ("leave", 4)]),
            &Gate::AfterQuestion,
        );
        let first = missing(&["a first try: `cargo course check hash_ring`"]);
        check(&Entry::default(), &first);
        check(&entry(&["renamed"], &[]), &first);
    }

    #[test]
    fn anything_but_yes_is_no() {
        for (line, expected) in [
            ("y\n", true),
            ("YES\n", true),
            ("\n", false),
            ("", false),
            ("yellow\n", false),
        ] {
            assert_eq!(
                ask("ring", line.as_bytes()).expect("it reads"),
                expected,
                "{line:?}"
            );
        }
    }
}
