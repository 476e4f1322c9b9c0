//! Commands for a learner at work on exercises.

use std::process::ExitCode;

/// What a learner does with exercises.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {}

impl Command {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        match self {}
    }
}
