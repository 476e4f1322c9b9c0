//! Setting the course up and running it.

use std::process::ExitCode;

/// How to start the course.
#[derive(Debug, clap::Args)]
pub(crate) struct StartOptions {}

/// Setting up and checking the machine.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {}

impl Command {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        match self {}
    }
}

/// Sets up what is missing and runs the course until Ctrl-C.
pub(crate) fn start(_options: &StartOptions) -> anyhow::Result<ExitCode> {
    Ok(ExitCode::SUCCESS)
}
