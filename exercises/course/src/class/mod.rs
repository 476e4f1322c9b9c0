//! `cargo course grade`: grades a folder of learners, for those who teach.
//!
//! [`found`] finds what was handed in, as files or [`exported`], and reads it by way of
//! [`folder`], which follows no link; [`work`] grades it, several submissions at a time; [`record`] keeps each result,
//! so that a second run goes on where the first was stopped; [`table`], [`learner`] and
//! [`page`] write the grades. Grading itself is the matter of [`crate::grading`].
//!
//! The work is done by a second process, this program again, behind a guard (see
//! [`crate::session::children`]): whatever ends the first, the compilers and the checks
//! that are under way end, too.

mod exported;
mod figure;
mod folder;
mod found;
mod learner;
mod names;
mod page;
mod record;
mod run;
mod table;
mod tally;
mod work;

use std::num::NonZero;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::Context;
use exercises::grade::{BOOK, Options, Seed};

use crate::scratch::Scratch;
use crate::session::children::Lifeline;
use crate::session::start::StopSignals;

/// What to grade, and where to write.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder with one folder a learner: SUBMISSIONS/LEARNER/EXERCISE.rs
    #[arg(value_name = "SUBMISSIONS")]
    submissions: PathBuf,
    /// How many submissions to grade at a time [default: one a core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
    /// Grade this exercise, once for each or several with commas [default: those for which
    /// somebody handed something in]
    #[arg(long = "exercise", value_name = "EXERCISE", value_delimiter = ',')]
    exercises: Vec<String>,
    /// Folder for the results [default: beside SUBMISSIONS, its name with -grades]
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Seed of the random inputs; the same for all.
    #[arg(long, default_value_t = Options::default().seed)]
    seed: Seed,
    /// Also write a page for each submission, to hand them back one by one.
    #[arg(long)]
    html: bool,
    /// Address of the book that the pages link to.
    #[arg(long, value_name = "URL", default_value = BOOK)]
    book: String,
    /// Grade even where this machine cannot confine what learners have written.
    #[arg(long)]
    trusted: bool,
    /// Do the work in this process, which a guard watches.
    #[arg(long, hide = true)]
    guarded: bool,
}

#[cfg(test)]
impl Arguments {
    /// As if only these were given.
    fn of(submissions: &std::path::Path, out: Option<PathBuf>) -> Self {
        Self {
            submissions: submissions.to_owned(),
            jobs: None,
            exercises: Vec::new(),
            out,
            seed: 0,
            html: false,
            book: BOOK.to_owned(),
            trusted: false,
            guarded: false,
        }
    }
}

/// What a shell tells of a program that Ctrl-C has ended.
const INTERRUPTED: u8 = 130;

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if arguments.guarded {
        return run::run(arguments);
    }
    // Whatever the grader leaves when it is stopped lies in here, and goes with it.
    let scratch = Scratch::new("grade")?;
    let this = std::env::current_exe().context("this program cannot find itself")?;
    let mut command = Command::new(this);
    command
        .args(std::env::args_os().skip(1))
        .arg("--guarded")
        .env("TMPDIR", scratch.path());
    let lifeline = Lifeline::new()?;
    let guard = lifeline.guarded(&command)?.spawn();
    let guard = guard.context("this program cannot start itself")?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(wait(guard, &lifeline))
}

/// Waits for the grader, or for the word to stop.
async fn wait(mut guard: std::process::Child, lifeline: &Lifeline) -> anyhow::Result<ExitCode> {
    let mut stop = StopSignals::new()?;
    let mut ended = tokio::task::spawn_blocking(move || guard.wait());
    tokio::select! {
        status = &mut ended => {
            let code = status??.code().and_then(|code| u8::try_from(code).ok());
            Ok(ExitCode::from(code.unwrap_or(1)))
        }
        () = stop.wait() => {
            lifeline.cut();
            ended.await??;
            eprintln!("stopped; what was graded is kept, and the same command goes on from there");
            Ok(ExitCode::from(INTERRUPTED))
        }
    }
}
