//! `cargo course dev stubs`: keeps the fresh copies of the stubs.

use std::fs;
use std::process::ExitCode;

use anyhow::Context;
use exercises::catalog;

use crate::practice::progress::replace;
use crate::practice::workspace::Workspace;

/// What to do with the copies.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Only say which copies differ; exit 1 if any does. CI runs this.
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut n_stale = 0;
    for exercise in catalog::all() {
        let stub = workspace.stub(exercise.id);
        let text = fs::read(&stub).with_context(|| format!("{} cannot be read", stub.display()))?;
        let copy = workspace.fresh_stub(exercise.id);
        if fs::read(&copy).is_ok_and(|found| found == text) {
            continue;
        }
        n_stale += 1;
        if arguments.check {
            println!(
                "{} differs from its fresh copy",
                workspace.stub_name(exercise.id)
            );
        } else {
            replace(&copy, &text)?;
            println!("copied {}", workspace.stub_name(exercise.id));
        }
    }
    if arguments.check && n_stale > 0 {
        println!(
            "if the exercises changed, run `cargo course dev stubs`; a learner's work does not belong into a commit"
        );
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
