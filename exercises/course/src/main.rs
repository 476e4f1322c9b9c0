//! `cargo course`: the course's one command.
//!
//! Without a subcommand it sets up what is missing and starts the book and
//! JupyterLab; the subcommands do parts of that, grade exercises, or serve the
//! course's authors. Each group of commands lives in a folder of its own:
//! [`session`] (doctor, setup, start), [`practice`] (list, check, hint, reset),
//! [`nbgrader`] (assignments of a class) and [`dev`] (what authors and CI run).

mod dev;
mod grading;
mod nbgrader;
mod practice;
mod session;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// System design in Rust: book, notebooks and exercises.
///
/// Without a command: sets up what is missing, serves the book and starts JupyterLab.
#[derive(Debug, Parser)]
#[command(name = "cargo course", bin_name = "cargo course", version)]
#[command(args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    start: session::StartOptions,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(flatten)]
    Session(session::Command),
    #[command(flatten)]
    Practice(practice::Command),
    /// Write the exercises as assignments for nbgrader, to teach a class with.
    Nbgrader(nbgrader::Arguments),
    /// Commands for the authors of the course.
    #[command(subcommand)]
    Dev(dev::Command),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        None => session::start(&cli.start),
        Some(Command::Session(command)) => command.run(),
        Some(Command::Practice(command)) => command.run(),
        Some(Command::Nbgrader(arguments)) => nbgrader::run(&arguments),
        Some(Command::Dev(command)) => command.run(),
    };
    outcome.unwrap_or_else(|error| {
        // Not `{error:?}`, which adds a backtrace wherever RUST_BACKTRACE is set.
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}
