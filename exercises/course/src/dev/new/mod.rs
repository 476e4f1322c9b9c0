//! `cargo course dev new`: the set of files that makes an exercise.
//!
//! What it writes works: a small exercise of its own, complete from contract to wrong
//! solutions, which passes the author's gate. Every text and idea to replace says
//! `TEMPLATE`, and `cargo course dev check` lists them until none is left. An empty
//! form would not compile, and would not show how the parts meet.

mod edit;
mod names;
mod plan;

use std::process::{Command, ExitCode};

use anyhow::{Context, ensure};
use exercises::catalog;

use crate::practice::progress::replace;
use crate::practice::workspace::Workspace;

use names::Names;
use plan::Plan;

/// The word by which a template marks what its author is to replace.
pub(super) const MARK: &str = "TEMPLATE";

/// What to make.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Module of the topic, in snake_case; made if there is none.
    #[arg(value_name = "TOPIC")]
    topic: String,
    /// Id of the exercise, in snake_case; it stays for ever.
    #[arg(value_name = "EXERCISE")]
    exercise: String,
    /// The chapter of a new topic: the name of its page below `book/src/`, without `.md`.
    #[arg(long, value_name = "PAGE")]
    chapter: Option<String>,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let all = catalog::all();
    let names = Names::new(arguments, &all)?;
    let plan = Plan::new(workspace.root(), &names)?;
    for (path, text) in plan.files() {
        replace(&workspace.root().join(path), text.as_bytes())?;
        println!("wrote {}", path.display());
    }
    format(workspace, &plan)?;
    println!(
        "\nIt is a complete exercise, though not yet yours: whatever says {MARK} is to be replaced.\n\
         \x20 cargo course dev check {id}    what is missing, in one run\n\
         \x20 cargo course dev stubs        after each change of the stub",
        id = names.id
    );
    Ok(ExitCode::SUCCESS)
}

/// In the project's own format; the templates cannot know how long names will be.
fn format(workspace: &Workspace, plan: &Plan) -> anyhow::Result<()> {
    let sources = plan
        .files()
        .map(|(path, _)| path)
        .filter(|path| path.extension().is_some_and(|found| found == "rs"));
    let status = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .args(sources)
        .current_dir(workspace.root())
        .status()
        .context("rustfmt does not start; `rustup component add rustfmt` installs it")?;
    ensure!(
        status.success(),
        "rustfmt failed; run `cargo fmt` to see why"
    );
    Ok(())
}
