//! Programs that the gate grades without compiling anything: this very program
//! answers for the references, the wrong solutions and the red team.

use std::process::ExitCode;

use anyhow::Context;
use exercises::catalog::{self, Exercise, Wrong};
use exercises::grade::{self, CHILD_FLAG, Check, Subject};

use super::red_team;

const REFERENCE: &str = "reference";

/// Whose checks to answer for.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Id of an exercise, or the red team's.
    exercise: String,
    /// The reference, or the name of a wrong solution.
    solution: String,
    /// The grader's flag; without it there is nothing to answer.
    #[arg(long = CHILD_FLAG.trim_start_matches('-'), required = true)]
    answer: bool,
}

/// The reference solution of an exercise, as a program to grade.
pub(crate) fn reference(exercise: &Exercise) -> anyhow::Result<Subject> {
    this_program(exercise, REFERENCE)
}

/// A wrong solution of an exercise, as a program to grade.
pub(crate) fn wrong(exercise: &Exercise, wrong: &Wrong) -> anyhow::Result<Subject> {
    this_program(exercise, wrong.name)
}

fn this_program(exercise: &Exercise, solution: &str) -> anyhow::Result<Subject> {
    let program =
        std::env::current_exe().context("this program cannot find itself to start a check")?;
    let arguments = ["dev", "subject", exercise.id, solution]
        .map(str::to_owned)
        .to_vec();
    Ok(Subject { program, arguments })
}

/// Serves as the graded side.
pub(crate) fn answer(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let id = &arguments.exercise;
    let exercise = red_team::find(id)
        .or_else(|| catalog::find(id))
        .with_context(|| format!("there is no exercise `{id}`"))?;
    Ok(grade::child(checks(&exercise, &arguments.solution)?))
}

fn checks(exercise: &Exercise, solution: &str) -> anyhow::Result<fn() -> Vec<Check>> {
    if solution == REFERENCE {
        return Ok(exercise.checks);
    }
    let wrong = exercise.wrong.iter().find(|wrong| wrong.name == solution);
    let wrong = wrong.with_context(|| format!("`{}` has no solution `{solution}`", exercise.id))?;
    Ok(wrong.checks)
}
