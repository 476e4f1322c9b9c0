//! `cargo course dev quizzes`: checks the chapters' quizzes and writes their pages.
//!
//! A quiz is written in `book/quizzes/NN-topic.toml`. mdBook knows nothing of that: the
//! chapter includes a page that is made here and committed, so that the book builds with
//! the stock tool and no preprocessor. Nothing is written while anything is wrong, since
//! the page that is there records the ids that readers' browsers may know.

mod lint;
mod programs;
mod render;
mod source;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;

use self::lint::Around;
use self::source::{Kind, Quiz};
use super::check::side_by_side;
use super::fault::Fault;
use crate::practice::progress::replace;
use crate::practice::workspace::Workspace;

/// Options of `cargo course dev quizzes`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; fail if a page is missing or says something else.
    #[arg(long)]
    check: bool,
    /// Only the quizzes of these chapters, such as 28-consistent-hashing.
    #[arg(value_name = "CHAPTER")]
    chapters: Vec<String>,
}

/// Checks the quizzes, and writes the pages that have changed or names them.
///
/// # Errors
///
/// When a file cannot be read or written, or there is no compiler for the programs.
pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let files = files(workspace, &arguments.chapters)?;
    let mut quizzes = side_by_side(&files, |file| Ok(vec![checked(workspace, file)?]))?;
    // The threads answer in any order.
    quizzes.sort_by(|left, right| left.page.cmp(&right.page));
    let faults: Vec<&Fault> = quizzes.iter().flat_map(|quiz| &quiz.faults).collect();
    for fault in &faults {
        println!("{fault}");
    }
    if !faults.is_empty() {
        println!("{} to mend; no page was written", faults.len());
        return Ok(ExitCode::FAILURE);
    }
    finish(workspace, &quizzes, arguments.check)
}

/// A quiz that was read and held against its chapter.
struct Checked {
    /// Where its page lies.
    page: PathBuf,
    /// What the page should say; nothing if the quiz could not be read.
    text: String,
    faults: Vec<Fault>,
}

/// The quizzes' files, or those of some chapters, in order.
fn files(workspace: &Workspace, chapters: &[String]) -> anyhow::Result<Vec<PathBuf>> {
    let folder = workspace.root().join("book/quizzes");
    let entries =
        fs::read_dir(&folder).with_context(|| format!("{} cannot be listed", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "toml")
    });
    files.sort();
    if chapters.is_empty() {
        return Ok(files);
    }
    let chosen = chapters.iter().map(|chapter| {
        let path = folder.join(chapter).with_extension("toml");
        anyhow::ensure!(path.is_file(), "there is no quiz {}", path.display());
        Ok(path)
    });
    chosen.collect()
}

/// Reads a quiz, and makes its page and the list of its faults.
fn checked(workspace: &Workspace, file: &Path) -> anyhow::Result<Checked> {
    let read = |path: &Path| fs::read_to_string(path).ok();
    let shown = workspace.shown(file);
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let book = workspace.root().join("book/src");
    let page = book.join(format!("quizzes/{name}.md"));
    let source = read(file).with_context(|| format!("{shown} cannot be read"))?;
    let quiz = match Quiz::read(&shown, &source) {
        Ok(quiz) => quiz,
        Err(faults) => {
            let text = String::new();
            return Ok(Checked { page, text, faults });
        }
    };
    let chapter = read(&book.join(format!("{name}.md")));
    let before = read(&page).map(|text| render::ids(&text));
    let around = Around {
        file: &shown,
        chapter: chapter.as_deref(),
        before: &before.unwrap_or_default(),
    };
    let mut faults = lint::lint(&quiz, &around);
    for question in &quiz.questions {
        if let Kind::Output(output) = &question.kind {
            let at = format!("{shown}: {}", question.id);
            faults.extend(programs::fault(workspace, &at, output)?);
        }
    }
    let text = render::page(&name, &quiz, chapter.as_deref().unwrap_or_default());
    Ok(Checked { page, text, faults })
}

/// Writes what differs, or only says so.
fn finish(workspace: &Workspace, quizzes: &[Checked], check: bool) -> anyhow::Result<ExitCode> {
    let mut n_stale = 0;
    for Checked { page, text, .. } in quizzes {
        if fs::read_to_string(page).is_ok_and(|found| found == *text) {
            continue;
        }
        n_stale += 1;
        let shown = workspace.shown(page);
        if check {
            println!("stale: {shown}");
            continue;
        }
        if let Some(folder) = page.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        }
        replace(page, text.as_bytes())?;
        println!("wrote {shown}");
    }
    if n_stale == 0 {
        println!(
            "all {} quizzes are sound, and their pages fresh",
            quizzes.len()
        );
    } else if check {
        println!("run `cargo course dev quizzes` and commit what it writes");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
