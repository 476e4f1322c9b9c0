//! `cargo course sync`: the stubs as the course has them now, with the learner's work.
//!
//! It runs when the learner asks for it, never by itself: a command that grades or lists
//! must not change a file that is open in an editor. The other commands only say that
//! there is something to bring up to date ([`notice`]).

pub(crate) mod apply;
mod moved;
pub(crate) mod notice;
mod pending;

use std::process::ExitCode;

use super::super::names;
use super::super::progress::Progress;
use super::super::workspace::Workspace;
use super::handed::Handed;
use super::ids::Ids;
use super::lock::Lock;
use super::{init, stash, stubs};

/// What to do about stubs that you and the course have both changed.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Take the merge of this exercise, in which you have mended the marked places.
    #[arg(long, value_name = "EXERCISE", conflicts_with = "mine")]
    take: Option<String>,
    /// Keep your file of this exercise as it is, without the course's changes.
    #[arg(long, value_name = "EXERCISE")]
    mine: Option<String>,
}

/// What was done, to be told.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Done {
    /// A line or more for each file.
    pub(crate) lines: Vec<String>,
    /// Whether something waits for the learner.
    pub(crate) is_open: bool,
}

impl Done {
    /// Tells about a file, under a word that says what became of it.
    fn tell(&mut self, word: &str, what: impl AsRef<str>) {
        self.lines.push(format!("{word:8}  {}", what.as_ref()));
    }
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if let Some(name) = &arguments.take {
        println!("{}", pending::take(workspace, &named(workspace, name)?)?);
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(name) = &arguments.mine {
        println!("{}", pending::mine(workspace, &named(workspace, name)?)?);
        return Ok(ExitCode::SUCCESS);
    }
    let ids = Ids::of_catalog();
    // Carries records under old ids over.
    Progress::load(workspace)?;
    let done = sync(workspace, &ids)?;
    for line in &done.lines {
        println!("{line}");
    }
    if done.lines.is_empty() {
        println!("Everything is up to date.");
    }
    Ok(match done.is_open {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    })
}

/// The stub of an exercise, or a file around the stubs.
fn named(workspace: &Workspace, name: &str) -> anyhow::Result<Handed> {
    if !workspace.is_clone() {
        let files = init::handed(workspace, &Ids::of_catalog())?;
        if let Some(file) = files.into_iter().find(|file| file.key == name) {
            return Ok(file);
        }
    }
    stubs::stub(workspace, names::exercise(name)?.id)
}

/// Brings the learner's files up to date.
///
/// # Errors
///
/// When a file cannot be read or written. What was done until then stays, and nothing
/// is lost: run again, it goes on.
pub(crate) fn sync(workspace: &Workspace, ids: &Ids) -> anyhow::Result<Done> {
    let _lock = Lock::take(workspace)?;
    let mut done = Done::default();
    moved::renamed(workspace, ids, &mut done)?;
    moved::gone(workspace, ids, &mut done)?;
    for stashed in stash::carry_over(workspace, ids)? {
        let new = ids.now(&stashed.id);
        done.tell(
            "renamed",
            format!("{} in the stash belongs to {new} now", stashed.name()),
        );
    }
    if !workspace.is_clone() {
        for file in init::handed(workspace, ids)? {
            apply::apply(workspace, &file, &mut done)?;
        }
        init::copy_lock_file(workspace)?;
    }
    for stub in stubs::all(workspace, ids)? {
        apply::apply(workspace, &stub, &mut done)?;
    }
    Ok(done)
}

#[cfg(test)]
mod tests;
