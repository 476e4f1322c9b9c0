//! `cargo course check`: grades stubs and remembers the best result.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use exercises::catalog::{self, Exercise};
use exercises::grade::{BOOK, Options, Report, Seed, Style};

use super::diagnosis::{UNSTEADY, diagnose, is_unsteady};
use super::progress::Progress;
use super::workspace::Workspace;
use super::{last, names, standing};
use crate::grading::{Graded, Grader, Submission, html};

/// What to grade.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Exercises to grade, by the names that `cargo course list` shows.
    #[arg(
        value_name = "EXERCISE",
        required_unless_present = "all",
        conflicts_with = "all"
    )]
    exercises: Vec<String>,
    /// Grade every exercise.
    #[arg(long)]
    all: bool,
    /// Seed of the random inputs; a report names the one that it used.
    #[arg(long, default_value_t = Options::default().seed)]
    seed: Seed,
    /// Print the results as one JSON array.
    #[arg(long)]
    json: bool,
    /// Also write the results to this file, as one page of HTML that needs nothing else.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Address of the book that the page links to.
    #[arg(long, value_name = "URL", requires = "html", default_value = BOOK)]
    book: String,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let exercises = match arguments.all {
        true => catalog::all(),
        false => arguments
            .exercises
            .iter()
            .map(|name| names::exercise(name))
            .collect::<anyhow::Result<_>>()?,
    };
    let grader = Grader::new(workspace)?;
    let options = Options {
        seed: arguments.seed,
        ..Options::default()
    };
    let mut results = Vec::with_capacity(exercises.len());
    for exercise in &exercises {
        let mut result = grade(workspace, &grader, exercise, &options)?;
        if let Graded::Graded(report) = &mut result {
            let mut progress = Progress::load(workspace)?;
            if let Some(provenance) = &mut report.provenance {
                provenance.hints_used = Some(progress.of(exercise.id).n_hints_shown());
            }
            progress.record(report);
            progress.save(workspace)?;
        }
        if !arguments.json {
            show(workspace, &result);
        }
        results.push(result);
    }
    if let Some(file) = &arguments.html {
        let page = html::page("Exercises", &results, &arguments.book);
        html::write(file, &page)?;
        eprintln!("wrote {}", file.display());
    }
    if arguments.json {
        println!(
            "{}",
            serde_json::to_string_pretty(&results).context("results can be written as JSON")?
        );
    } else {
        conclude(workspace, &results)?;
    }
    Ok(if results.iter().all(Graded::is_solved) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Grades the learner's file of an exercise.
///
/// # Errors
///
/// When the file is not there, or the grader itself fails.
pub(crate) fn grade(
    workspace: &Workspace,
    grader: &Grader,
    exercise: &Exercise,
    options: &Options,
) -> anyhow::Result<Graded> {
    let stub = workspace.stub(exercise.id);
    let text = fs::read_to_string(&stub).with_context(|| {
        format!(
            "{} cannot be read; `cargo course reset {}` brings a fresh one",
            stub.display(),
            exercise.id
        )
    })?;
    let submission = Submission {
        shown_as: &workspace.stub_name(exercise.id),
        text: &text,
    };
    let mut result = grader.grade(exercise, submission, options)?;
    if let Graded::Graded(report) = &mut result {
        complete(workspace, exercise, report)?;
    }
    Ok(result)
}

/// Adds what only this learner's folder and the catalog know, and keeps the report for
/// the commands that come after it.
fn complete(workspace: &Workspace, exercise: &Exercise, report: &mut Report) -> anyhow::Result<()> {
    match diagnose(exercise, report) {
        Ok(told) => report.diagnosis = told.map(|told| told.to_string()),
        // The grade stands without it.
        Err(error) => eprintln!("warning: no diagnosis could be made: {error:#}"),
    }
    if last::report_of_this_text(workspace, exercise.id)
        .is_some_and(|before| is_unsteady(&before, report))
    {
        report.diagnosis = Some(UNSTEADY.to_owned());
    }
    let seen = Progress::load(workspace)?.of(exercise.id).solution_seen;
    if let Some(provenance) = &mut report.provenance {
        provenance.solution_seen = seen;
    }
    last::keep(workspace, report)
}

fn show(workspace: &Workspace, result: &Graded) {
    match result {
        Graded::Graded(report) => println!("{}", report.to_terminal(Style::of_stdout())),
        Graded::DoesNotCompile { exercise, messages } => {
            eprintln!(
                "{messages}{exercise} does not compile yet. Mend {} as the compiler says above, \
                 then run `cargo course check {exercise}` again.\n",
                workspace.stub_name(exercise)
            );
        }
    }
}

/// What to do next; after several exercises, how each of them went.
fn conclude(workspace: &Workspace, results: &[Graded]) -> anyhow::Result<()> {
    if results.len() > 1 {
        for result in results {
            println!("{}", line(result));
        }
        println!();
    }
    if results.iter().all(Graded::is_solved) {
        let progress = Progress::load(workspace)?;
        match standing::next(&progress, &catalog::all()) {
            Some(next) => println!(
                "Solved. Next: {}, in {}.",
                next.title,
                workspace.stub_name(next.id)
            ),
            None => println!("Solved, and every exercise of the course is done."),
        }
    }
    Ok(())
}

fn line(result: &Graded) -> String {
    match result {
        Graded::Graded(report) => {
            let word = if report.all_hold() {
                "solved"
            } else {
                "open  "
            };
            format!(
                "{word}  {}: {} of {} points",
                report.exercise, report.points, report.of
            )
        }
        Graded::DoesNotCompile { exercise, .. } => {
            format!("open    {exercise}: does not compile")
        }
    }
}
