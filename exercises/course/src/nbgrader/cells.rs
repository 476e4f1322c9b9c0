//! The cells of an exercise's notebook.
//!
//! Graded cells hold against a notebook that is not honest, as far as a notebook can.
//! Each begins with the dependency line, in case another cell has changed it. Then
//! comes the hidden part, before the one that learners see: a panic of the latter can be
//! kept from the kernel by other cells, and would end the cell before the hidden part.

use std::fmt::Write;

use exercises::catalog::{Exercise, UNWRITTEN};
use exercises::grade::{Check, Seed};

use super::grader::{PACKAGE, dependency, toml_string};
use super::notebook::{Cell, Notebook};
use super::{contract, solution};
use crate::practice::workspace::Workspace;

/// Enough that answers for one of them, or a rule that breaks now and then, do not pass.
const N_HIDDEN_SEEDS: usize = 3;

/// What the notebooks need around them.
#[derive(Debug)]
pub(super) struct Surroundings {
    /// Folder of the crate `exercises` where the notebooks run.
    pub(super) library: String,
    /// Folder of the crate that hidden regions use.
    pub(super) grader: String,
    /// Address of the built book.
    pub(super) book: Option<String>,
}

/// The notebook of an exercise, as its instructors have it.
///
/// # Errors
///
/// When a file that it is made of is not there.
pub(super) fn notebook(
    workspace: &Workspace,
    exercise: &Exercise,
    surroundings: &Surroundings,
) -> anyhow::Result<Notebook> {
    let introduction = introduction(workspace, exercise, surroundings)?;
    let mut cells = vec![
        Cell::text("introduction", introduction),
        Cell::locked("set-up", set_up(surroundings)),
        Cell::text("your-part", YOUR_PART.to_owned()),
        Cell::solution("solution", solution::source(workspace, exercise.id)?),
    ];
    let lot = format!("{PACKAGE}_{:016x}", getrandom::u64()?);
    for check in (exercise.checks)() {
        let mut seeds = [0; N_HIDDEN_SEEDS];
        for seed in &mut seeds {
            *seed = getrandom::u64()?;
        }
        let graded = graded(exercise, &check, surroundings, &lot, &seeds);
        cells.push(Cell::graded(
            &format!("rule-{}", check.name),
            check.points,
            graded,
        ));
    }
    Ok(Notebook::new(cells))
}

const YOUR_PART: &str = "\
## Your solution

Complete the type `Mine` in the next cell; run it, then the cells below. Each tries one rule, \
and says on which input the rule does not hold. What you cannot see are further inputs, which \
the grading adds.

Keep the name `Mine`, and leave the other cells as they are: they are restored before grading. \
Do not print to standard error (`eprintln!`, `dbg!`): nbgrader takes it for a failure.";

fn introduction(
    workspace: &Workspace,
    exercise: &Exercise,
    surroundings: &Surroundings,
) -> anyhow::Result<String> {
    let Exercise {
        title,
        summary,
        minutes,
        chapter,
        ..
    } = exercise;
    let chapter = match &surroundings.book {
        _ if UNWRITTEN.contains(chapter) => format!("`{chapter}`, still to be written"),
        Some(book) => {
            let page = exercise.book_page(None);
            format!("[{chapter}]({}/{page})", book.trim_end_matches('/'))
        }
        None => format!("`{chapter}`, which `cargo course` shows"),
    };
    Ok(format!(
        "# {title}\n\n{summary}\n\n\
         {} points, about {minutes} minutes. The chapter: {chapter}.\n\n\
         ## The contract\n\n{}",
        exercise.points(),
        contract::text(workspace, exercise)?
    ))
}

/// The same line in each cell that compiles against the crate.
fn dependency_line(surroundings: &Surroundings) -> String {
    format!(":dep exercises = {}", dependency(&surroundings.library))
}

fn set_up(surroundings: &Surroundings) -> String {
    format!(
        ":cache 500\n{}\n\
         // Compiles the course's crate: a minute the first time, less with what is kept of that.",
        dependency_line(surroundings)
    )
}

/// What a graded cell begins with. Not a cell of text before each: when a graded cell was
/// removed, nbgrader puts it behind the one before, and finds none that is not graded.
fn about(check: &Check) -> String {
    let points = match check.points {
        1 => "1 point".to_owned(),
        n => format!("{n} points"),
    };
    format!("// {}, {points}: {}", check.name, check.rule)
}

/// Absolute paths, which no module, type or macro of another cell changes. `use ::std`
/// takes the place of a module `std` of another cell: the code that evcxr puts around this
/// one names `std`, and would not run it under another meaning of that.
fn graded(
    exercise: &Exercise,
    check: &Check,
    surroundings: &Surroundings,
    lot: &str,
    seeds: &[Seed],
) -> String {
    let Exercise { id, topic, .. } = exercise;
    let rule = check.name;
    let call = |name: &str, function: &str, seeds: &str| {
        format!(
            "::{name}::grade::{function}(\n    \"{id}\", \"{rule}\", {seeds},\n    \
             ::{name}::{topic}::checks::{id}::all::<Mine>(),\n);\n"
        )
    };
    let grader = toml_string(&surroundings.grader);
    let mut source = format!("{}\n{}", about(check), dependency_line(surroundings));
    // Writing to a string cannot fail.
    let _ = write!(
        source,
        "\n// BEGIN HIDDEN TESTS\n\
         :dep {lot} = {{ package = \"{PACKAGE}\", path = {grader} }}\n\
         use ::std;\n\
         {}\
         // END HIDDEN TESTS\n\
         {}",
        call(lot, "require_or_abort", &format!("&{seeds:?}")),
        call("exercises", "require", "0"),
    );
    source.trim_end().to_owned()
}
