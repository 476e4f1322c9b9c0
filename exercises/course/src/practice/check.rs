//! `cargo course check`: grades stubs and remembers the best result.

use std::process::ExitCode;

use anyhow::{Context, bail};
use exercises::catalog::{self, Exercise};
use exercises::grade::{self, Options, Report, Seed, Style, Subject};
use serde::Serialize;

use super::progress::Progress;
use super::workspace::Workspace;
use super::{compile, names};

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
}

/// The result for one exercise.
#[derive(Debug, Serialize)]
#[serde(tag = "result", rename_all = "kebab-case")]
enum Graded {
    /// It was graded.
    Graded(Report),
    /// The stub does not compile.
    DoesNotCompile {
        exercise: String,
        /// What the compiler says.
        messages: String,
    },
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
    let mut results = Vec::with_capacity(exercises.len());
    for exercise in &exercises {
        let result = grade(workspace, exercise, arguments.seed)?;
        if let Graded::Graded(report) = &result {
            let mut progress = Progress::load(workspace)?;
            progress.record(report);
            progress.save(workspace)?;
        }
        if !arguments.json {
            show(&result);
        }
        results.push(result);
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

fn grade(workspace: &Workspace, exercise: &Exercise, seed: Seed) -> anyhow::Result<Graded> {
    let id = exercise.id;
    if !workspace.stub(id).is_file() {
        bail!(
            "{} is not there; `cargo course reset {id}` brings it back",
            Workspace::stub_name(id)
        );
    }
    let compiled = compile::stub(workspace, id)?;
    let Some(program) = compiled.program else {
        return Ok(Graded::DoesNotCompile {
            exercise: id.to_owned(),
            messages: compiled.messages,
        });
    };
    // Warnings of a stub that compiles.
    eprint!("{}", compiled.messages);
    let options = Options {
        seed,
        ..Options::default()
    };
    Ok(Graded::Graded(grade::run(
        &Subject::new(program),
        exercise,
        &options,
    )))
}

fn show(result: &Graded) {
    match result {
        Graded::Graded(report) => println!("{}", report.to_terminal(Style::of_stdout())),
        Graded::DoesNotCompile { exercise, messages } => {
            eprintln!(
                "{messages}{exercise} does not compile yet. Mend {} as the compiler says above, \
                 then run `cargo course check {exercise}` again.\n",
                Workspace::stub_name(exercise)
            );
        }
    }
}

/// What to do next; after several exercises, how each of them went.
fn conclude(workspace: &Workspace, results: &[Graded]) -> anyhow::Result<()> {
    if results.len() > 1 {
        for result in results {
            println!("{}", result.line());
        }
        println!();
    }
    if results.iter().all(Graded::is_solved) {
        let progress = Progress::load(workspace)?;
        match catalog::all()
            .iter()
            .find(|exercise| !progress.of(exercise.id).solved)
        {
            Some(next) => println!(
                "Solved. Next: {}, in {}.",
                next.title,
                Workspace::stub_name(next.id)
            ),
            None => println!("Solved, and with it every exercise of the course."),
        }
    }
    Ok(())
}

impl Graded {
    fn is_solved(&self) -> bool {
        matches!(self, Self::Graded(report) if report.all_hold())
    }

    fn line(&self) -> String {
        match self {
            Self::Graded(report) => {
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
            Self::DoesNotCompile { exercise, .. } => {
                format!("open    {exercise}: does not compile")
            }
        }
    }
}
