//! Commands for a learner at work on exercises.
//!
//! `list`, `check`, `hint` and `reset`. They grade with the same engine as
//! `cargo test -p exercises --test ID` and add what a single run cannot know:
//! what was solved before, which hints were seen, what comes next.

mod check;
mod hint;
pub(crate) mod list;
pub(crate) mod names;
pub(crate) mod progress;
mod reset;
pub(crate) mod workspace;

use std::process::ExitCode;

use workspace::Workspace;

/// What a learner does with exercises.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// List the exercises: chapter, state, points, minutes.
    List(list::Arguments),
    /// Grade exercises, and remember the best result.
    Check(check::Arguments),
    /// Show the next hint for the first rule that did not hold in the last check.
    Hint(hint::Arguments),
    /// Put the fresh stub back, and keep yours.
    Reset(reset::Arguments),
}

impl Command {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let workspace = Workspace::find()?;
        match self {
            Self::List(arguments) => list::run(&workspace, &arguments),
            Self::Check(arguments) => check::run(&workspace, &arguments),
            Self::Hint(arguments) => hint::run(&workspace, &arguments),
            Self::Reset(arguments) => reset::run(&workspace, &arguments),
        }
    }
}
