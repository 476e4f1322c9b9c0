//! `cargo course test-out`: a chapter at once, for those who know it.
//!
//! Grades the chapter's last exercises, those that no other one of it requires. If all
//! of them hold, what they build on counts as tested out, and `learn` passes it over. It
//! is a state of its own: nothing says that those were solved, checked or hinted at.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::process::ExitCode;

use exercises::catalog::Exercise;
use exercises::grade::Options;

use super::progress::Progress;
use super::workspace::Workspace;
use super::{chapters, check, standing};
use crate::grading::{Graded, Grader};

/// Which chapter.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The chapter: its number, or a part of its name.
    #[arg(value_name = "CHAPTER")]
    chapter: String,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let exercises = chapters::exercises_of_one(&arguments.chapter)?;
    let last = chapters::last(&exercises);
    let grader = Grader::new(workspace)?;
    println!(
        "{}: {} what the rest of the chapter leads to.\n",
        exercises[0].chapter,
        enumerated(&last.iter().map(|it| it.id).collect::<Vec<_>>())
    );
    let mut missing = Vec::new();
    for exercise in &last {
        let result = check::grade(workspace, &grader, exercise, &Options::default())?;
        if let Graded::Graded(report) = &result {
            let mut progress = Progress::load(workspace)?;
            progress.record(report);
            progress.save(workspace)?;
        }
        print!("{}", line(workspace, exercise, &result));
        if !result.is_solved() {
            missing.push(exercise.id);
        }
    }
    if !missing.is_empty() {
        println!(
            "\nNot tested out: {} not solved yet. To go on with the first:\n  cargo course watch {}",
            enumerated(&missing),
            missing[0]
        );
        return Ok(ExitCode::FAILURE);
    }
    conclude(workspace, &exercises, &last)?;
    Ok(ExitCode::SUCCESS)
}

/// Counts what the last exercises build on as tested out, and says so.
fn conclude(
    workspace: &Workspace,
    exercises: &[Exercise],
    last: &[&Exercise],
) -> anyhow::Result<()> {
    let mut progress = Progress::load(workspace)?;
    let all = foundations(exercises, last);
    let marked: Vec<&str> = all
        .into_iter()
        .filter(|id| !standing::is_done(&progress, id))
        .collect();
    for id in &marked {
        let entry = progress.exercises.entry((*id).to_owned()).or_default();
        entry.tested_out = true;
    }
    progress.save(workspace)?;
    match marked.as_slice() {
        [] => println!("\nThe chapter is done."),
        ids => println!(
            "\nThe chapter is done: {} counted as tested out.",
            enumerated(ids)
        ),
    }
    Ok(())
}

/// What these exercises require, and what that requires, as far as it is among
/// `exercises`: passing one chapter says nothing of another. In the catalog's order.
fn foundations(exercises: &[Exercise], last: &[&Exercise]) -> Vec<&'static str> {
    let mut found: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&Exercise> = last.to_vec();
    while let Some(exercise) = open.pop() {
        for required in exercises
            .iter()
            .filter(|it| exercise.requires.contains(&it.id))
        {
            if found.insert(required.id) {
                open.push(required);
            }
        }
    }
    let ids = exercises.iter().map(|exercise| exercise.id);
    ids.filter(|id| found.contains(id)).collect()
}

/// How one of them went; where it failed, at which rule first.
fn line(workspace: &Workspace, exercise: &Exercise, result: &Graded) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = match result {
        Graded::DoesNotCompile { .. } => writeln!(
            text,
            "open    {}: {} does not compile",
            exercise.id,
            workspace.stub_name(exercise.id)
        ),
        Graded::Graded(report) => {
            let word = if report.all_hold() {
                "solved"
            } else {
                "open  "
            };
            writeln!(
                text,
                "{word}  {}: {} of {} points",
                exercise.id, report.points, report.of
            )
        }
    };
    if let Graded::Graded(report) = result
        && let Some(failed) = report.first_failure()
    {
        let _ = writeln!(text, "        {}: {}", failed.name, failed.rule);
    }
    text
}

/// `a`, `a and b`, or `a, b and c`, with the verb that fits.
fn enumerated(ids: &[&str]) -> String {
    match ids {
        [] => "none is".to_owned(),
        [one] => format!("{one} is"),
        [first @ .., last] => format!("{} and {last} are", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_exercises_stand_for_all_that_they_build_on() {
        let exercises = chapters::exercises_of_one("28").expect("there is a chapter 28");
        let last = chapters::last(&exercises);
        assert_eq!(
            foundations(&exercises, &last),
            ["modulo_placement", "hash_ring", "virtual_nodes", "replicas"]
        );
        let foundation = exercises.iter().filter(|it| it.id == "hash_ring").collect();
        let foundation: Vec<&Exercise> = foundation;
        assert_eq!(foundations(&exercises, &foundation), ["modulo_placement"]);
    }

    #[test]
    fn one_is_and_several_are() {
        assert_eq!(enumerated(&["a"]), "a is");
        assert_eq!(enumerated(&["a", "b", "c"]), "a, b and c are");
    }
}
