//! From the sources of a topic's references, one of them changed, to a program that
//! answers for the checks.
//!
//! The references are compiled as a program of their own on top of the library that
//! submissions are compiled against, so a change costs one call of the compiler for a
//! few small files. In the crate `exercises` it would cost the whole crate.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context;
use exercises::catalog::Exercise;
use exercises::grade::Subject;

use super::topic::Topic;
use crate::grading::Library;
use crate::practice::workspace::Workspace;
use crate::scratch::Scratch;

/// A file that is to say something else than the repository's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change<'a> {
    /// From the repository's root.
    pub(super) file: &'a str,
    pub(super) text: &'a str,
}

/// A compiled program; its folder goes with it.
#[derive(Debug)]
pub(super) struct Program {
    folder: Scratch,
}

/// Exercises of one topic, to be answered for by one program.
#[derive(Debug)]
pub(super) struct Sources {
    root: PathBuf,
    topic: &'static str,
    files: Vec<String>,
    /// What is compiled with them and never changed.
    alongside: Vec<String>,
    /// Ids, and the types that solve them.
    solutions: Vec<(&'static str, String)>,
}

impl Sources {
    /// The sources that these exercises' references stand on.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub(super) fn of(
        workspace: &Workspace,
        topic: &Topic,
        exercises: &[&Exercise],
    ) -> anyhow::Result<Self> {
        let (mut files, mut alongside) = (Vec::new(), Vec::new());
        let mut solutions = Vec::new();
        for exercise in exercises {
            files.extend(topic.stands_on(exercise)?);
            alongside.extend(topic.alongside(exercise)?);
            solutions.push((exercise.id, topic.reference_type(exercise)?));
        }
        for list in [&mut files, &mut alongside] {
            list.sort();
            list.dedup();
        }
        // One exercise's adapter may be another's reference.
        alongside.retain(|file| !files.contains(file));
        Ok(Self {
            root: workspace.root().canonicalize()?,
            topic: exercises.first().map_or("", |exercise| exercise.topic),
            files,
            alongside,
            solutions,
        })
    }

    /// The files, from the repository's root.
    pub(super) fn files(&self) -> &[String] {
        &self.files
    }

    /// Compiles them, one of them changed; `Err` within is what the compiler says.
    ///
    /// # Errors
    ///
    /// When the compiler does not start, or the temporary folder cannot be written to.
    pub(super) fn compile(
        &self,
        library: &Library,
        change: Option<Change<'_>>,
    ) -> anyhow::Result<Result<Program, String>> {
        let folder = Scratch::new("mutant")?;
        let changed = folder.path().join("changed.rs");
        if let Some(change) = change {
            fs::write(&changed, change.text)?;
        }
        let module = |file: &String| match change {
            Some(change) if change.file == file => changed.clone(),
            _ => self.root.join(file),
        };
        let main = folder.path().join("main.rs");
        fs::write(&main, self.main(module))?;
        let output = compiler(library, folder.path())
            .arg(&main)
            .stdin(Stdio::null())
            .output()
            .context("the compiler does not start")?;
        Ok(match output.status.success() {
            true => Ok(Program { folder }),
            false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        })
    }

    /// The program's root: the modules' `super` is the library's topic, and they.
    fn main(&self, path_of: impl Fn(&String) -> PathBuf) -> String {
        let topic = self.topic;
        // Some modules name their neighbours by `crate::TOPIC::`.
        let mut text = format!(
            "pub use exercises::{topic}::*;\n#[allow(unused)]\nmod {topic} {{ pub use super::*; }}\n"
        );
        for file in self.files.iter().chain(&self.alongside) {
            let path = path_of(file);
            let is_folder = path.file_name().is_some_and(|name| name == "mod.rs");
            let named = if is_folder {
                path.parent()
            } else {
                Some(Path::new(file))
            };
            let name = named
                .and_then(Path::file_stem)
                .unwrap_or_default()
                .display();
            text += &format!("#[path = {path:?}]\nmod {name};\npub use {name}::*;\n");
        }
        text += "fn main() -> std::process::ExitCode {\n    \
                     let checks = match std::env::args().nth(1).as_deref() {\n";
        for (id, solution) in &self.solutions {
            text += &format!(
                "        Some(\"{id}\") => exercises::{topic}::checks::{id}::all::<{solution}>,\n"
            );
        }
        text + "        _ => std::process::exit(2),\n    };\n    exercises::grade::child(checks)\n}\n"
    }
}

/// The compiler, as for a submission, but without optimising: that takes four times as
/// long as it saves.
fn compiler(library: &Library, folder: &Path) -> Command {
    let mut dependencies = std::ffi::OsString::from("dependency=");
    dependencies.push(library.dependencies());
    let mut command = Command::new(library.rustc());
    command
        .args(["--edition=2024", "-Awarnings", "-Cdebuginfo=0"])
        // Unlike submissions: a number that wraps must be caught without a panic's help.
        .args(["-Copt-level=0", "-Cdebug-assertions=off"])
        .arg("--extern")
        .arg(library.as_extern("exercises"))
        .arg("-L")
        .arg(dependencies)
        .arg("--out-dir")
        .arg(folder)
        .current_dir(folder);
    command
}

impl Program {
    /// The program, as one that answers for the checks of an exercise.
    pub(super) fn subject(&self, exercise: &Exercise) -> Subject {
        let program = self.folder.path().join("main");
        Subject {
            program: program.with_extension(std::env::consts::EXE_EXTENSION),
            arguments: vec![exercise.id.to_owned()],
        }
    }
}
