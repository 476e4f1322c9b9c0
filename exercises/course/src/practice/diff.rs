//! `cargo course diff`: the learner's solution beside the reference.
//!
//! Function by function of the contract, because two right solutions seldom agree in
//! anything else. Helpers that only one of the two has are not shown; `cargo course
//! solution` shows the whole reference. A file in which those functions cannot be found
//! is compared whole.

mod columns;
mod pieces;

use std::fs;
use std::io::{self, IsTerminal};
use std::process::ExitCode;

use anyhow::Context;
use exercises::catalog::Exercise;
use similar::TextDiff;

use super::hint::Contract;
use super::workspace::Workspace;
use super::{gate, names, solution};
use columns::{Layout, render};
use pieces::Pieces;

/// What to compare, and how to show it.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The exercise, by the name that `cargo course list` shows.
    #[arg(value_name = "EXERCISE")]
    exercise: String,
    /// Yours above the reference, not side by side: for screen readers and logs.
    #[arg(long)]
    plain: bool,
    /// Answer the question with yes; it is asked only after all hints.
    #[arg(long)]
    yes: bool,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let exercise = names::exercise(&arguments.exercise)?;
    let stub = workspace.stub(exercise.id);
    let mine = fs::read_to_string(&stub).with_context(|| {
        format!(
            "{} cannot be read; `cargo course reset {}` brings a fresh one",
            stub.display(),
            exercise.id
        )
    })?;
    if !gate::pass(workspace, &exercise, arguments.yes)? {
        return Ok(ExitCode::FAILURE);
    }
    let layout = Layout::of(arguments.plain, width_of_terminal());
    solution::show(&text(workspace, &exercise, &mine, layout)?)?;
    Ok(ExitCode::SUCCESS)
}

fn text(
    workspace: &Workspace,
    exercise: &Exercise,
    mine: &str,
    layout: Layout,
) -> anyhow::Result<String> {
    let contract = Contract::read(workspace, exercise)?;
    let implemented = &contract.implemented;
    let (path, theirs) = to_compare(workspace, exercise, implemented)?;
    let stub = workspace.stub_name(exercise.id);
    let found = Pieces::of(mine, implemented).zip(Pieces::of(&theirs, implemented));
    let Some((mine_found, theirs_found)) = found else {
        let diff = TextDiff::from_lines(mine, theirs.as_str());
        let mut unified = diff.unified_diff();
        return Ok(format!(
            "{stub} has no `impl {implemented} for …` that can be read, so the whole files are compared.\n\n{}",
            unified.header(&stub, &path)
        ));
    };
    let mut text = layout.legend(&stub, &path);
    let fields = mine_found.fields().zip(theirs_found.fields());
    if let Some((mine, theirs)) = fields {
        text += &render(layout, "the type", &mine, &theirs);
    }
    for method in &contract.methods {
        let (mine, theirs) = (mine_found.method(method), theirs_found.method(method));
        // Both have what the contract provides.
        if mine.is_none() && theirs.is_none() {
            continue;
        }
        let [mine, theirs] = [mine, theirs].map(Option::unwrap_or_default);
        text += &render(layout, &format!("fn {method}"), &mine, &theirs);
    }
    Ok(text)
}

/// The reference; or the first other solution, where the reference implements something
/// else, such as the one part in which policies of a cache differ.
fn to_compare(
    workspace: &Workspace,
    exercise: &Exercise,
    implemented: &str,
) -> anyhow::Result<(String, String)> {
    let reference = exercise.reference.to_owned();
    let theirs = solution::source(workspace, &reference)?;
    if Pieces::of(&theirs, implemented).is_none() {
        let others = solution::alternatives(workspace, exercise.id);
        // `ID.rs` before `ID-2.rs`.
        if let Some(other) = others.into_iter().min_by_key(String::len) {
            let text = solution::source(workspace, &other)?;
            return Ok((other, text));
        }
    }
    Ok((reference, theirs))
}

/// Columns of the terminal; `COLUMNS` goes first, as in other tools. None if the output
/// goes elsewhere.
fn width_of_terminal() -> Option<usize> {
    let wished = std::env::var("COLUMNS").ok();
    if let Some(columns) = wished.and_then(|columns| columns.parse().ok()) {
        return Some(columns);
    }
    if !io::stdout().is_terminal() {
        return None;
    }
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    Some(usize::from(size.ws_col))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use exercises::catalog;

    use super::*;

    fn compared(id: &str, mine: &str, layout: Layout) -> String {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let exercise = catalog::find(id).expect("it is in the catalog");
        text(&Workspace::at(&root), &exercise, mine, layout).expect("it can be compared")
    }

    #[test]
    fn every_method_of_every_contract_is_found_in_stub_and_reference() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let workspace = Workspace::at(&root);
        for exercise in catalog::all() {
            let fresh = fs::read_to_string(workspace.fresh_stub(exercise.id)).expect("a stub");
            let text = compared(exercise.id, &fresh, Layout::Above);
            assert!(!text.contains(columns::NOTHING), "{}:\n{text}", exercise.id);
            assert!(text.contains("- "), "{}:\n{text}", exercise.id);
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_compared_whole() {
        let text = compared("hash_ring", "impl HashRing for Mine {{", Layout::Above);
        assert!(text.contains("whole files are compared"), "{text}");
        assert!(text.contains("-impl HashRing for Mine {{"), "{text}");
        assert!(
            text.contains("+++ exercises/src/consistent_hashing/ring.rs"),
            "{text}"
        );
    }
}
