//! Commands for a learner at work on exercises.
//!
//! The loop (`watch`, `learn`), single steps (`list`, `check`, `test-out`), help (`hint`,
//! `solution`, `diff`) and keeping one's work ([`keeping`]). They grade with the same engine as
//! `cargo test -p exercises --test ID` and add what a single run cannot know:
//! what was solved before, which hints were seen, what comes next.

pub(crate) mod book;
pub(crate) mod chapters;
mod check;
pub(crate) mod diagnosis;
mod diff;
mod files;
mod gate;
pub(crate) mod hint;
pub(crate) mod keeping;
mod last;
mod list;
pub(crate) mod names;
pub(crate) mod progress;
mod reset;
mod solution;
mod standing;
mod test_out;
mod watch;
pub(crate) mod workspace;

use std::process::ExitCode;

use workspace::Workspace;

/// What a learner does with exercises.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// List the exercises: chapter, state, points, minutes.
    List(list::Arguments),
    /// Grade exercises, and remember the best result.
    Check(check::Arguments),
    /// Test out of a chapter: solve its last exercises, and the rest of it counts as done.
    TestOut(test_out::Arguments),
    /// Watch an exercise: grade it at every save, with keys for what comes next.
    Watch(watch::Arguments),
    /// Watch the next exercise that is not done.
    Learn(watch::Options),
    /// Show the next hint for the first rule that does not hold.
    Hint(hint::Arguments),
    /// Show the reference: after a pass, or after all hints.
    Solution(solution::Arguments),
    /// Put your solution beside the reference, function by function.
    Diff(diff::Arguments),
    /// Put the fresh stub back, and keep yours.
    Reset(reset::Arguments),
    /// See the versions of your files that were kept, and take one back.
    Stash(keeping::stash::command::Arguments),
    /// Bring your files up to date with the course, after `git pull`; keeps your work.
    Sync(keeping::sync::Arguments),
    /// Write your progress, stubs and stash into one file.
    Export(keeping::export::Arguments),
    /// Take over what `export` wrote; never overwrites your work or lowers a result.
    Import(keeping::import::Arguments),
    /// Make a folder for your solutions, apart from the course's clone.
    Init(keeping::init::Arguments),
}

impl Command {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        if let Self::Init(arguments) = &self {
            return keeping::init::run(arguments);
        }
        let workspace = Workspace::find()?;
        keeping::look_at(&workspace, matches!(self, Self::Sync(_) | Self::Import(_)));
        match self {
            Self::List(arguments) => list::run(&workspace, &arguments),
            Self::Check(arguments) => check::run(&workspace, &arguments),
            Self::TestOut(arguments) => test_out::run(&workspace, &arguments),
            Self::Watch(arguments) => watch::run(&workspace, &arguments),
            Self::Learn(options) => watch::learn(&workspace, &options),
            Self::Hint(arguments) => hint::run(&workspace, &arguments),
            Self::Solution(arguments) => solution::run(&workspace, &arguments),
            Self::Diff(arguments) => diff::run(&workspace, &arguments),
            Self::Reset(arguments) => reset::run(&workspace, &arguments),
            Self::Stash(arguments) => keeping::stash::command::run(&workspace, &arguments),
            Self::Sync(arguments) => keeping::sync::run(&workspace, &arguments),
            Self::Export(arguments) => keeping::export::run(&workspace, &arguments),
            Self::Import(arguments) => keeping::import::run(&workspace, &arguments),
            Self::Init(arguments) => keeping::init::run(&arguments),
        }
    }
}
