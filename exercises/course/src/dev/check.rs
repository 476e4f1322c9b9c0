//! `cargo course dev check`: the author's gate.
//!
//! Proves the graders from both sides: what is right passes, and what is empty,
//! wrong or dishonest does not. It looks at fresh stubs only, so that a learner's
//! edits never fail it. `cargo test` runs it.

use std::fs;
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;

use exercises::catalog::{self, Exercise};
use exercises::grade::{self, CheckReport, Only, Options, Outcome, Reason, Seed};

use super::fault::{Fault, outcome};
use super::{alternatives, catalog as lint, leftovers, red_team, subjects};
use crate::grading::{Graded, Grader, Submission};
use crate::practice::names;
use crate::practice::workspace::Workspace;

/// Enough to meet a rule that fails once in ten random inputs in nine cases of ten,
/// and few enough to wait for.
const N_SEEDS: Seed = 20;
/// A wrong solution is to be caught whatever the seed; the learner's default is the first.
const N_SEEDS_OF_WRONG: Seed = 3;

/// What to prove.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Only these exercises, and without the red team.
    #[arg(value_name = "EXERCISE")]
    exercises: Vec<String>,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let all = arguments.exercises.is_empty();
    let exercises = match all {
        true => catalog::all(),
        false => arguments
            .exercises
            .iter()
            .map(|name| names::exercise(name))
            .collect::<anyhow::Result<_>>()?,
    };
    let mut faults = announce("catalog", lint::lint(workspace, &catalog::all())?);
    faults.extend(announce(
        "nothing is left of a template",
        leftovers::faults(workspace)?,
    ));
    faults.extend(announce(
        "fresh stubs fail every check",
        fresh_stubs(workspace, &exercises)?,
    ));
    faults.extend(announce(
        "references pass every check",
        references(&exercises)?,
    ));
    faults.extend(announce(
        "alternatives pass every check",
        alternatives::faults(workspace, &exercises)?,
    ));
    faults.extend(announce(
        "wrong solutions are rejected",
        wrong_solutions(&exercises)?,
    ));
    if all {
        faults.extend(announce("tricks are caught", red_team::faults(workspace)?));
    }
    for fault in &faults {
        eprintln!("\n{fault}");
    }
    Ok(if faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Says how a part went, as it can take a minute until the last of them.
fn announce(part: &str, faults: Vec<Fault>) -> Vec<Fault> {
    match faults.len() {
        0 => println!("ok      {part}"),
        n => println!("failed  {part}: {n} to mend"),
    }
    faults
}

/// Every fresh stub compiles without a warning, and passes nothing.
fn fresh_stubs(workspace: &Workspace, exercises: &[Exercise]) -> anyhow::Result<Vec<Fault>> {
    let grader = Grader::new(workspace)?.without_warnings();
    side_by_side(exercises, |exercise| {
        // The catalog's part has said so if there is none.
        let Ok(text) = fs::read_to_string(workspace.fresh_stub(exercise.id)) else {
            return Ok(Vec::new());
        };
        let stub = workspace.stub_name(exercise.id);
        let next = format!("mend {stub}, then run `cargo course dev stubs`");
        let submission = Submission {
            shown_as: &stub,
            text: &text,
        };
        let report = match grader.grade(exercise, submission, &Options::default())? {
            Graded::Graded(report) => report,
            Graded::DoesNotCompile { messages, .. } => {
                let what = format!("the fresh stub does not compile:\n{messages}");
                return Ok(vec![Fault::new(exercise.id, what, next)]);
            }
        };
        let is_unwritten = |check: &&CheckReport| {
            matches!(
                check.outcome,
                Outcome::Failed {
                    reason: Reason::NotWritten { .. }
                }
            )
        };
        let unexpected = report.checks.iter().filter(|check| !is_unwritten(check));
        Ok(unexpected
            .map(|check| {
                let what = format!(
                    "a fresh stub should run into its `todo!`, but {}",
                    outcome(check)
                );
                Fault::new(format!("{}/{}", exercise.id, check.name), what, &next)
            })
            .collect())
    })
}

fn references(exercises: &[Exercise]) -> anyhow::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for exercise in exercises {
        let subject = subjects::reference(exercise)?;
        for seed in 0..N_SEEDS {
            let report = grade::run(
                &subject,
                exercise,
                &Options {
                    seed,
                    ..Options::default()
                },
            );
            let failed = report.checks.iter().filter(|check| !check.passed());
            faults.extend(failed.map(|check| {
                let what = format!("the reference fails with seed {seed}: {}", outcome(check));
                Fault::new(
                    format!("{}/{}", exercise.id, check.name),
                    what,
                    "mend the reference or the check",
                )
            }));
        }
    }
    Ok(faults)
}

fn wrong_solutions(exercises: &[Exercise]) -> anyhow::Result<Vec<Fault>> {
    let pairs: Vec<_> = exercises
        .iter()
        .flat_map(|exercise| exercise.wrong.iter().map(move |wrong| (exercise, wrong)))
        .collect();
    side_by_side(&pairs, |(exercise, wrong)| {
        let subject = subjects::wrong(exercise, wrong)?;
        for seed in 0..N_SEEDS_OF_WRONG {
            let options = Options {
                seed,
                only: Only::check(wrong.rejected_by),
                ..Options::default()
            };
            let report = grade::run(&subject, exercise, &options);
            let at = format!("{}/{}", exercise.id, wrong.name);
            let what = match report.checks.as_slice() {
                [] => format!("there is no check `{}`", wrong.rejected_by),
                [check] if check.passed() => {
                    format!("`{}` lets it pass with seed {seed}", wrong.rejected_by)
                }
                [
                    CheckReport {
                        outcome:
                            Outcome::Failed {
                                reason: reason @ (Reason::NotStarted { .. } | Reason::NoSuchCheck),
                            },
                        ..
                    },
                ] => {
                    format!("it could not be graded: {reason}")
                }
                // An endless loop is endless for each seed, and takes the time limit each time.
                [
                    CheckReport {
                        outcome:
                            Outcome::Failed {
                                reason: Reason::TimedOut { .. },
                            },
                        ..
                    },
                ] => break,
                _ => continue,
            };
            return Ok(vec![Fault::new(
                at,
                what,
                "sharpen the check, or name the one that rejects it",
            )]);
        }
        Ok(Vec::new())
    })
}

/// Applies `prove` to each item, two at a time where there are two cores.
pub(super) fn side_by_side<T: Sync, F: Send>(
    items: &[T],
    prove: impl Fn(&T) -> anyhow::Result<Vec<F>> + Sync,
) -> anyhow::Result<Vec<F>> {
    let queue = Mutex::new(items.iter());
    let worker = || {
        let mut findings = Vec::new();
        loop {
            // Taken in a statement of its own, so that the lock is free while proving.
            let item = queue.lock().ok().and_then(|mut queue| queue.next());
            let Some(item) = item else {
                break Ok(findings);
            };
            findings.extend(prove(item)?);
        }
    };
    let n_threads = thread::available_parallelism().map_or(1, usize::from);
    let results: Vec<anyhow::Result<Vec<F>>> = thread::scope(|scope| {
        let threads: Vec<_> = (0..n_threads).map(|_| scope.spawn(worker)).collect();
        let join = |thread: thread::ScopedJoinHandle<'_, anyhow::Result<Vec<F>>>| {
            thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        threads.into_iter().map(join).collect()
    });
    let findings: Vec<Vec<F>> = results.into_iter().collect::<anyhow::Result<_>>()?;
    Ok(findings.into_iter().flatten().collect())
}
