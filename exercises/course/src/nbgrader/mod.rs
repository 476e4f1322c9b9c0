//! `cargo course nbgrader`: the exercises as assignments for nbgrader.
//!
//! Writes a course folder that `nbgrader generate_assignment` and `nbgrader autograde`
//! take as it is: one assignment a chapter, one notebook an exercise. It hands out
//! nothing and grades nothing; that is nbgrader's work, with the kernel `rust`.
//!
//! One notebook an exercise rather than one for the chapter: each defines the type
//! `Mine`, and a learner's slip in one exercise must not cost the points of another.
//!
//! Source: nbgrader's manual, <https://nbgrader.readthedocs.io>, on the format of cells.

mod cells;
mod config;
mod contract;
mod grader;
mod notebook;
mod solution;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail, ensure};
use exercises::catalog::{self, Exercise};

use crate::practice::chapters;
use crate::practice::workspace::Workspace;
use cells::Surroundings;

/// What to write, and where the notebooks will run.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The course folder: new, or one with other assignments.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Only the exercises of this chapter: its number, or a part of its name.
    #[arg(long, value_name = "CHAPTER")]
    chapter: Option<String>,
    /// Folder of the crate `exercises` where the notebooks run; a relative path starts at
    /// the notebook's folder [default: this clone's].
    #[arg(long = "crate", value_name = "PATH")]
    library: Option<String>,
    /// Address of the built book, for links into it.
    #[arg(long, value_name = "URL")]
    book: Option<String>,
}

/// Writes the course folder.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let workspace = Workspace::find()?;
    let exercises = match &arguments.chapter {
        Some(chapter) => chapters::exercises(chapter)?,
        None => catalog::all(),
    };
    let mut assignments: BTreeMap<&str, Vec<&Exercise>> = BTreeMap::new();
    for exercise in &exercises {
        assignments
            .entry(exercise.chapter)
            .or_default()
            .push(exercise);
    }
    for assignment in assignments.keys() {
        refuse_existing(&arguments.folder, assignment)?;
    }
    let library = match &arguments.library {
        Some(path) => path.clone(),
        None => absolute(&workspace.root().join("exercises"))?,
    };
    fs::create_dir_all(&arguments.folder)
        .with_context(|| format!("{} cannot be made", arguments.folder.display()))?;
    let surroundings = Surroundings {
        grader: absolute(&grader::write(&arguments.folder, &workspace)?)?,
        library,
        book: arguments.book.clone(),
    };
    for (assignment, exercises) in &assignments {
        let folder = arguments.folder.join("source").join(assignment);
        for (number, exercise) in (1..).zip(exercises) {
            let notebook = cells::notebook(&workspace, exercise, &surroundings)?;
            let name = format!("{number:02}-{}.ipynb", exercise.id);
            write(&folder.join(name), &notebook.to_text()?)?;
        }
        println!("wrote {}: {} notebooks", folder.display(), exercises.len());
    }
    configure(&arguments.folder)?;
    if let Some(assignment) = assignments.keys().next() {
        println!(
            "next: cd {} && nbgrader generate_assignment {assignment}",
            arguments.folder.display()
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// An assignment that was handed out must not change: its hidden seeds are in
/// nbgrader's database already.
fn refuse_existing(folder: &Path, assignment: &str) -> anyhow::Result<()> {
    let found = folder.join("source").join(assignment);
    ensure!(
        !found.exists(),
        "{} is there already; remove it to have it written anew, or name another folder",
        found.display()
    );
    Ok(())
}

/// Writes nbgrader's configuration, unless there is one.
fn configure(folder: &Path) -> anyhow::Result<()> {
    let file = folder.join("nbgrader_config.py");
    if !file.exists() {
        return write(&file, config::TEXT);
    }
    if fs::read(&file).is_ok_and(|found| found != config::TEXT.as_bytes()) {
        println!(
            "kept {}, which is yours; it needs these lines:\n\n{}",
            file.display(),
            config::TEXT
        );
    }
    Ok(())
}

/// The path as the kernel will find it wherever the notebook is.
fn absolute(path: &Path) -> anyhow::Result<String> {
    let path = path
        .canonicalize()
        .with_context(|| format!("{} is not there", path.display()))?;
    match path.to_str() {
        Some(text) => Ok(text.to_owned()),
        None => bail!(
            "{} is not UTF-8, which a notebook has to be; move the folder",
            path.display()
        ),
    }
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let attempt = || {
        fs::create_dir_all(path.parent().unwrap_or(path))?;
        fs::write(path, text)
    };
    attempt().with_context(|| format!("{} cannot be written", path.display()))
}
