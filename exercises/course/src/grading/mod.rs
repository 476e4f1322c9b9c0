//! Grading a learner's file so that the grade can be believed.
//!
//! The file is taken as a submission: it is copied alone into a temporary folder,
//! compiled against the crate `exercises` *without* its references ([`library`]), and
//! only its type `Mine` is used ([`compile`]); the program's `main` is ours. The
//! compiler works behind walls ([`confined`]), and so does each check.
//!
//! No manifest is generated for a submission: `rustc` is called directly, so there is
//! no build script, no dependency and no configuration that a submission could bring.
//! What it is compiled against is built by cargo, from the workspace's lock file.

mod compile;
pub(crate) mod confined;
pub(crate) mod html;
mod library;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use anyhow::Context;
use exercises::catalog::Exercise;
use exercises::grade::{self, Isolation, Options, Provenance, Report, Subject};
use indicatif::ProgressBar;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub(crate) use library::Library;

use crate::practice::workspace::Workspace;
use crate::scratch::Scratch;

/// A learner's file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Submission<'a> {
    /// The path that the compiler and panics are to name it by; relative.
    pub(crate) shown_as: &'a str,
    /// Its text.
    pub(crate) text: &'a str,
}

/// What became of a submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "kebab-case")]
pub(crate) enum Graded {
    /// It was graded.
    Graded(Box<Report>),
    /// It does not compile.
    DoesNotCompile {
        /// Id of the exercise.
        exercise: String,
        /// What the compiler says.
        messages: String,
    },
}

impl Graded {
    /// Id of the exercise.
    pub(crate) fn exercise(&self) -> &str {
        match self {
            Self::Graded(report) => &report.exercise,
            Self::DoesNotCompile { exercise, .. } => exercise,
        }
    }

    /// Whether every rule holds.
    pub(crate) fn is_solved(&self) -> bool {
        matches!(self, Self::Graded(report) if report.all_hold())
    }
}

/// Grades submissions, one after the other or several at a time.
#[derive(Debug, Clone)]
pub(crate) struct Grader {
    library: Library,
    warnings: Warnings,
    /// Where warnings go instead of standard error.
    aside: Option<Arc<Mutex<String>>>,
}

/// What a warning of the compiler is to a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Warnings {
    Shown,
    /// Of a class, nobody reads them.
    Hidden,
    /// The course's own stubs must have none.
    Errors,
}

impl Grader {
    /// Builds what submissions are compiled against, or finds it built.
    ///
    /// # Errors
    ///
    /// When it does not compile.
    pub(crate) fn new(workspace: &Workspace) -> anyhow::Result<Self> {
        Library::build(workspace).map(Self::with)
    }

    /// The same without a bar, whose drawing moves the cursor.
    ///
    /// # Errors
    ///
    /// As there.
    pub(crate) fn new_without_bar(workspace: &Workspace) -> anyhow::Result<Self> {
        Library::build_beside(workspace, ProgressBar::hidden()).map(Self::with)
    }

    fn with(library: Library) -> Self {
        Self {
            library,
            warnings: Warnings::Shown,
            aside: None,
        }
    }

    /// The same, but nothing goes to standard error, and the compiler's messages are
    /// without colour: for many submissions at a time.
    pub(crate) fn silent(self) -> Self {
        Self {
            warnings: Warnings::Hidden,
            ..self
        }
    }

    /// A hash of the library, the compiler, and this program, which has the compiler's
    /// flags and the limits. A grade is the same again as long as this is.
    ///
    /// # Errors
    ///
    /// When the library or this program is no longer where cargo put it.
    pub(crate) fn fingerprint(&self) -> anyhow::Result<String> {
        let this = std::env::current_exe().context("this program cannot find itself")?;
        let mut parts = self.library.toolchain().to_owned();
        for file in [&self.library.rlib(), &this] {
            let content = std::fs::read(file).with_context(|| {
                format!("{} cannot be read; run the command again", file.display())
            })?;
            parts += &sha256(&content);
        }
        Ok(sha256(parts.as_bytes()))
    }

    /// What `rustc --version` prints.
    pub(crate) fn toolchain(&self) -> &str {
        self.library.toolchain()
    }

    /// The same, but warnings of a submission that compiles are kept for
    /// [`Self::take_warnings`]: on a screen, nothing may write to standard error.
    pub(crate) fn with_warnings_aside(&self) -> Self {
        Self {
            aside: Some(Arc::default()),
            ..self.clone()
        }
    }

    /// The warnings that were kept since the last call.
    pub(crate) fn take_warnings(&self) -> String {
        let kept = self.aside.as_ref().map(|aside| {
            let mut text = aside.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *text)
        });
        kept.unwrap_or_default()
    }

    /// The same, but a submission with a warning does not compile.
    pub(crate) fn without_warnings(self) -> Self {
        Self {
            warnings: Warnings::Errors,
            ..self
        }
    }

    /// Compiles and grades a submission. Warnings of one that compiles go to standard
    /// error.
    ///
    /// # Errors
    ///
    /// When the grader itself fails, never for what a submission does.
    pub(crate) fn grade(
        &self,
        exercise: &Exercise,
        submission: Submission<'_>,
        options: &Options,
    ) -> anyhow::Result<Graded> {
        let folder = Scratch::new("submission")?;
        let compiled = compile::submission(self, exercise, submission, folder.path())?;
        let Some(program) = compiled.program else {
            return Ok(Graded::DoesNotCompile {
                exercise: exercise.id.to_owned(),
                messages: compiled.messages,
            });
        };
        match &self.aside {
            Some(aside) => {
                let mut text = aside.lock().unwrap_or_else(PoisonError::into_inner);
                text.push_str(&compiled.messages);
            }
            None if self.warnings == Warnings::Hidden => {}
            None => eprint!("{}", compiled.messages),
        }
        let mut report = grade::run(&Subject::new(program), exercise, options);
        report.isolation = Isolation::Sealed;
        report.provenance = Some(self.provenance(submission.text));
        Ok(Graded::Graded(Box::new(report)))
    }

    fn provenance(&self, text: &str) -> Provenance {
        Provenance {
            course: env!("CARGO_PKG_VERSION").to_owned(),
            solution_sha256: sha256(text.as_bytes()),
            toolchain: self.library.toolchain().to_owned(),
            graded_at: humantime::format_rfc3339_seconds(SystemTime::now()).to_string(),
            hints_used: None,
            solution_seen: false,
        }
    }
}

/// SHA-256 in hexadecimal.
pub(crate) fn sha256(content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
