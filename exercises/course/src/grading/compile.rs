//! From a learner's file to a program that answers for its checks.
//!
//! The file becomes a crate of its own, so that `crate::` in it means what it means
//! in the stub, and its type `Mine` may stay private. A function at its end applies the
//! exercise's checks to that type; the program is ours and calls that function, so
//! whatever the file's own `main` says, it is not called.
//!
//! The function, and the name by which it reaches the crate `exercises`, are drawn by
//! lot for each submission: a file could define a crate `exercises` of its own, with
//! checks that everything passes, but it cannot foresee this name.

use std::ffi::OsString;
use std::fs;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use anyhow::Context;
use exercises::catalog::Exercise;

use super::confined::{self, Ended};
use super::{Grader, Submission, Warnings};

/// What became of a submission.
#[derive(Debug)]
pub(super) struct Compiled {
    /// The program, if the submission compiles.
    pub(super) program: Option<PathBuf>,
    /// The compiler's own messages, warnings included.
    pub(super) messages: String,
}

/// As much of the compiler's messages as anyone reads.
const MESSAGES_KEPT_BYTES: u64 = 64 << 10;

/// Compiles a submission in `folder`.
///
/// # Errors
///
/// When the folder cannot be written to, or the compiler does not start.
pub(super) fn submission(
    grader: &Grader,
    exercise: &Exercise,
    submission: Submission<'_>,
    folder: &Path,
) -> anyhow::Result<Compiled> {
    let folder = &folder.canonicalize()?;
    let lot = Lot::draw()?;
    write(
        &folder.join(submission.shown_as),
        &lot.with_entry(exercise, submission.text),
    )?;
    write(&folder.join("main.rs"), &lot.main())?;

    let compiler = Compiler {
        grader,
        folder,
        lot,
    };
    let mut messages = String::new();
    // `main` is not called, and neither is what only `main` calls.
    let solution = ["--crate-type=lib", "--crate-name=solution", "-Adead_code"];
    let program = ["--crate-type=bin", "--extern=solution=libsolution.rlib"];
    if !(compiler.run(&solution, submission.shown_as, &mut messages)?
        && compiler.run(&program, "main.rs", &mut messages)?)
    {
        return Ok(Compiled {
            program: None,
            messages,
        });
    }
    Ok(Compiled {
        program: Some(
            folder
                .join("main")
                .with_extension(std::env::consts::EXE_EXTENSION),
        ),
        messages,
    })
}

/// The part of a name that nobody can foresee.
struct Lot(String);

impl Lot {
    fn draw() -> anyhow::Result<Self> {
        Ok(Self(format!("{:016x}", getrandom::u64()?)))
    }

    /// The file, and behind it the function that names the checks.
    fn with_entry(&self, exercise: &Exercise, text: &str) -> String {
        let Exercise { id, topic, .. } = exercise;
        let lot = &self.0;
        format!(
            "{text}\n// From here on it is the grader's, which applies the checks to your type `Mine`.\n\
             #[allow(missing_docs)]\n\
             pub fn graded_{lot}() -> ::std::vec::Vec<::exercises_{lot}::grade::Check> {{\n    \
                 ::exercises_{lot}::{topic}::checks::{id}::all::<Mine>()\n}}\n"
        )
    }

    fn main(&self) -> String {
        let lot = &self.0;
        format!(
            "//! Answers for the checks of a submission.\n\n\
             fn main() -> std::process::ExitCode {{\n    \
                 exercises::grade::child(solution::graded_{lot})\n}}\n"
        )
    }
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let attempt = || {
        fs::create_dir_all(path.parent().unwrap_or(path))?;
        fs::write(path, text)
    };
    attempt().with_context(|| format!("{} cannot be written", path.display()))
}

/// The compiler, at work in a folder.
struct Compiler<'a> {
    grader: &'a Grader,
    folder: &'a Path,
    lot: Lot,
}

impl Compiler<'_> {
    /// Compiles `source`, adds what the compiler says to `messages`, and tells whether
    /// it succeeded.
    fn run(&self, flags: &[&str], source: &str, messages: &mut String) -> anyhow::Result<bool> {
        let library = &self.grader.library;
        let hidden = self.grader.warnings == Warnings::Hidden;
        let colour = match std::io::stderr().is_terminal() && !hidden {
            true => "--color=always",
            false => "--color=never",
        };
        let mut dependencies = OsString::from("dependency=");
        dependencies.push(library.dependencies());
        let mut arguments: Vec<OsString> = [
            // As in the workspace, where `unsafe` is forbidden and one profile serves all.
            "--edition=2024",
            "-Funsafe_code",
            "-Copt-level=1",
            // With the checks for overflow, which cargo's profile has, too.
            "-Cdebug-assertions=on",
            "-Cdebuginfo=0",
            "--out-dir=.",
            "--emit=link",
            colour,
        ]
        .iter()
        .chain(flags)
        .chain(match self.grader.warnings {
            Warnings::Shown | Warnings::Hidden => &[][..],
            Warnings::Errors => &["-Dwarnings", "-Dmissing_docs", "-Dunreachable_pub"],
        })
        .map(OsString::from)
        .collect();
        arguments.extend(["--sysroot".into(), library.sysroot().into()]);
        for name in ["exercises", &format!("exercises_{}", self.lot.0)] {
            arguments.extend(["--extern".into(), library.as_extern(name)]);
        }
        arguments.extend(["-L".into(), dependencies, source.into()]);
        let said = self.folder.join("messages.txt");
        let ended = confined::compiler(library, &arguments, self.folder, &said)?;
        *messages += &beginning_of(&said)?;
        match ended {
            Ended::TimedOut => {
                *messages += &format!(
                    "\nThe compiler did not finish within {} s.\n",
                    confined::TIME.as_secs()
                );
            }
            Ended::Signal(signal) => {
                *messages += &format!("\nThe compiler was ended by signal {signal}.\n");
            }
            Ended::Succeeded | Ended::Failed => {}
        }
        Ok(matches!(ended, Ended::Succeeded))
    }
}

fn beginning_of(file: &Path) -> anyhow::Result<String> {
    let mut kept = Vec::new();
    fs::File::open(file)
        .and_then(|opened| opened.take(MESSAGES_KEPT_BYTES).read_to_end(&mut kept))
        .with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(String::from_utf8_lossy(&kept).into_owned())
}
