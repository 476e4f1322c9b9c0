//! Commands for the authors of the course.

use std::process::ExitCode;

/// What authors and CI run.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {}

impl Command {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        match self {}
    }
}
