//! `cargo course solution`: the reference, and other right solutions, for reading.
//!
//! Whether it is shown is decided by the gate. What is printed is Rust with a comment
//! above each file, so that it can be piped into an editor or a highlighter; on a terminal
//! it goes through `$PAGER`, if the learner has set one, and else straight to the screen,
//! where it can be scrolled and searched as anything else.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use anyhow::Context;
use exercises::catalog::{self, Exercise};

use super::workspace::Workspace;
use super::{book, gate, names};

/// Which exercise.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The exercise, by the name that `cargo course list` shows.
    #[arg(value_name = "EXERCISE")]
    exercise: String,
    /// Answer the question with yes; it is asked only after all hints.
    #[arg(long)]
    yes: bool,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let exercise = names::exercise(&arguments.exercise)?;
    if !gate::pass(workspace, &exercise, arguments.yes)? {
        return Ok(ExitCode::FAILURE);
    }
    let mut text = format!(
        "// The reference: {}\n\n{}",
        exercise.reference,
        source(workspace, exercise.reference)?
    );
    for path in alternatives(workspace, exercise.id) {
        text += &format!("\n// Another way: {path}\n\n{}", source(workspace, &path)?);
    }
    text += &format!("\n// {}\n", afterwards(workspace, &exercise));
    show(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn afterwards(workspace: &Workspace, exercise: &Exercise) -> String {
    format!(
        "In the book: {}\n// Beside yours: cargo course diff {}",
        book::place(workspace, exercise, None),
        exercise.id
    )
}

/// A source file of the course as a reader wants it.
///
/// # Errors
///
/// When it is not there.
pub(crate) fn source(workspace: &Workspace, path: &str) -> anyhow::Result<String> {
    let text = fs::read_to_string(workspace.root().join(path)).with_context(|| {
        format!("{path} cannot be read; `git checkout -- {path}` brings it back")
    })?;
    Ok(for_reading(&text))
}

/// Without the tests at its end and the marks by which the book includes parts of it.
fn for_reading(text: &str) -> String {
    let end = text
        .find("\n#[cfg(test)]")
        .map_or(text.len(), |end| end + 1);
    let lines = text[..end].trim_end().lines();
    let kept = lines.filter(|line| !line.trim_start().starts_with("// ANCHOR"));
    kept.map(|line| format!("{line}\n")).collect()
}

/// Right solutions of another shape: `exercises/alternatives/ID.rs`, `ID_*.rs`.
pub(super) fn alternatives(workspace: &Workspace, id: &str) -> Vec<String> {
    let folder = "exercises/alternatives";
    let entries = fs::read_dir(workspace.root().join(folder));
    let mut found: Vec<String> = entries
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| belongs_to(name, id))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    found.sort();
    found
}

/// Whether the file is of this exercise, and not of one whose longer id begins so.
fn belongs_to(file: &str, id: &str) -> bool {
    let path = Path::new(file);
    let (Some(stem), Some(extension)) = (path.file_stem(), path.extension()) else {
        return false;
    };
    let stem = stem.to_string_lossy();
    let is_of = |id: &str| {
        stem.strip_prefix(id)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let longest = catalog::all()
        .iter()
        .map(|exercise| exercise.id)
        .filter(|id| is_of(id))
        .max_by_key(|id| id.len());
    extension == "rs" && longest == Some(id)
}

/// Prints, through the learner's pager on a terminal.
///
/// # Errors
///
/// When standard output cannot be written to.
pub(crate) fn show(text: &str) -> io::Result<()> {
    let pager = std::env::var("PAGER").unwrap_or_default();
    if io::stdout().is_terminal() && !pager.trim().is_empty() {
        // A shell, as in git: the variable may hold arguments.
        let started = Command::new("sh")
            .args(["-c", &pager])
            .stdin(Stdio::piped())
            .spawn();
        if let Ok(mut process) = started {
            if let Some(mut stdin) = process.stdin.take() {
                // A reader who quits early closes the pipe.
                let _ = stdin.write_all(text.as_bytes());
            }
            if process.wait()?.success() {
                return Ok(());
            }
        }
    }
    match io::stdout().lock().write_all(text.as_bytes()) {
        // `cargo course solution … | head`
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_tests_are_left_out() {
        let text = "//! A ring.\n\n// ANCHOR: ring\nstruct Ring;\n    // ANCHOR_END: ring\n\n#[cfg(test)]\nmod tests {}\n";
        assert_eq!(for_reading(text), "//! A ring.\n\nstruct Ring;\n");
    }

    #[test]
    fn every_reference_can_be_shown_and_has_no_test() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let workspace = Workspace::at(&root);
        for exercise in catalog::all() {
            let text = source(&workspace, exercise.reference).expect("a reference");
            assert!(text.starts_with("//!"), "{}", exercise.id);
            assert!(!text.contains("#[test]"), "{}", exercise.id);
            assert!(syn::parse_file(&text).is_ok(), "{}", exercise.id);
        }
    }

    #[test]
    fn an_alternative_belongs_to_the_exercise_that_it_names() {
        for file in ["hash_ring.rs", "hash_ring_tree.rs", "hash_ring-2.rs"] {
            assert!(belongs_to(file, "hash_ring"), "{file}");
        }
        for file in ["hash_rings.rs", "hash_ring.md", "replicas.rs", "README"] {
            assert!(!belongs_to(file, "hash_ring"), "{file}");
        }
    }
}
