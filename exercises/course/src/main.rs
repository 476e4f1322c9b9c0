//! `cargo course`: the course's one command.
//!
//! Without a subcommand it sets up what is missing and starts the book and
//! JupyterLab; the subcommands do parts of that, grade exercises, or serve the
//! course's authors. Each group of commands lives in a folder of its own:
//! [`session`] (doctor, setup, start), [`practice`] (list, check, hint, reset),
//! [`nbgrader`] (assignments of a class) and [`dev`] (what authors and CI run).

mod class;
mod dev;
mod grading;
mod nbgrader;
mod place;
mod practice;
mod scratch;
mod session;
mod terminal;

use std::panic;
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
    /// Grade a folder of learners' submissions, for those who teach.
    Grade(class::Arguments),
    /// Write the exercises as assignments for nbgrader, to teach a class with.
    Nbgrader(nbgrader::Arguments),
    /// Commands for the authors of the course.
    #[command(subcommand)]
    Dev(dev::Command),
}

fn main() -> ExitCode {
    end_with_the_reader();
    let cli = Cli::parse();
    let outcome = match cli.command {
        None => session::start(&cli.start),
        Some(Command::Session(command)) => command.run(),
        Some(Command::Practice(command)) => command.run(),
        Some(Command::Grade(arguments)) => class::run(&arguments),
        Some(Command::Nbgrader(arguments)) => nbgrader::run(&arguments),
        Some(Command::Dev(command)) => command.run(),
    };
    outcome.unwrap_or_else(|error| {
        // Not `{error:?}`, which adds a backtrace wherever RUST_BACKTRACE is set.
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

/// Ends quietly when nobody reads the output any more, as in `cargo course list | head`:
/// Rust turns the system's signal into an error, and `println!` turns that into a panic.
fn end_with_the_reader() {
    /// What a shell tells of a program that the signal has ended.
    const SIGPIPE: i32 = 128 + 13;
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let message = info.payload_as_str().unwrap_or_default();
        if message.starts_with("failed printing to std") && message.contains("Broken pipe") {
            std::process::exit(SIGPIPE);
        }
        usual(info);
    }));
}
