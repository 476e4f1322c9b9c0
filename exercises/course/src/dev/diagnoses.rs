//! `cargo course dev diagnoses`: what a learner is told who writes each wrong solution.
//!
//! For authors who look for a mistake that is told as another: two wrong solutions that
//! no check tells apart are one mistake, or need a check more.

use std::process::ExitCode;

use exercises::catalog::{self, Exercise, Wrong};
use exercises::grade::{self, Options, Seed};

use super::subjects;
use crate::practice::diagnosis::diagnose;
use crate::practice::names;

/// Of which exercises.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Only these exercises.
    #[arg(value_name = "EXERCISE")]
    exercises: Vec<String>,
    /// Seed of the random inputs.
    #[arg(long, default_value_t = 0)]
    seed: Seed,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let exercises = match arguments.exercises.as_slice() {
        [] => catalog::all(),
        named => named
            .iter()
            .map(|name| names::exercise(name))
            .collect::<anyhow::Result<_>>()?,
    };
    for exercise in &exercises {
        for wrong in &exercise.wrong {
            println!("{}", line(exercise, wrong, arguments.seed)?);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn line(exercise: &Exercise, wrong: &Wrong, seed: Seed) -> anyhow::Result<String> {
    let options = Options {
        seed,
        ..Options::default()
    };
    let report = grade::run(&subjects::wrong(exercise, wrong)?, exercise, &options);
    let told = match diagnose(exercise, &report)? {
        None => "nothing".to_owned(),
        Some(told) => {
            let names: Vec<&str> = told.wrong.iter().map(|wrong| wrong.name).collect();
            match told.is_exact {
                true => names.join(" or "),
                false => format!("perhaps {}", names.join(" or ")),
            }
        }
    };
    Ok(format!("{}/{}: {told}", exercise.id, wrong.name))
}
