//! Merges that wait for the learner: both changed the same lines.
//!
//! The learner's own file stays as it is, so that it goes on compiling; the merge with
//! marks lies in `.course/merge/`, beside a copy of it that tells whether the learner
//! has begun to mend it, and the course's version that went into it.

use std::path::PathBuf;

use anyhow::{Context, ensure};

use super::super::super::files::{read, remove, replace};
use super::super::super::workspace::Workspace;
use super::super::handed::{Handed, has_marks};
use super::super::lock::Lock;
use super::super::stash;
use super::apply::put_aside;

fn as_written(file: &Handed) -> PathBuf {
    file.marked.with_extension("written")
}

fn of_course(file: &Handed) -> PathBuf {
    file.marked.with_extension("course")
}

/// Whether the learner has changed the marked file.
fn is_edited(file: &Handed) -> anyhow::Result<bool> {
    Ok(match read(&file.marked)? {
        None => false,
        marked => marked != read(&as_written(file))?,
    })
}

/// Writes a merge with marks, unless the learner is at work on one; answers with what to
/// do about it.
pub(super) fn set(workspace: &Workspace, file: &Handed, marked: &[u8]) -> anyhow::Result<String> {
    let (name, key) = (&file.name, &file.key);
    let place = workspace.shown(&file.marked);
    if is_edited(file)? {
        return Ok(format!(
            "{name}: you have begun to mend {place}; `cargo course sync --take {key}` takes it \
             when no mark is left"
        ));
    }
    replace(&as_written(file), marked)?;
    replace(&of_course(file), &file.fresh)?;
    replace(&file.marked, marked)?;
    Ok(format!(
        "{name}: you and the course changed the same lines, and yours stays as it is\n\
         \x20         {place} has both, between the marks <<<<<<< and >>>>>>>\n\
         \x20         mend it there, then `cargo course sync --take {key}` puts it in place\n\
         \x20         or go on without the course's changes: `cargo course sync --mine {key}`"
    ))
}

/// Removes a merge that is of no more use; what the learner has edited goes into the
/// stash.
pub(super) fn forget(workspace: &Workspace, file: &Handed) -> anyhow::Result<()> {
    if is_edited(file)? {
        let edited = read(&file.marked)?.unwrap_or_default();
        stash::put(workspace, &file.id, &edited)?;
    }
    remove(&file.marked)?;
    remove(&as_written(file))?;
    remove(&of_course(file))
}

/// Puts the mended merge in place of the learner's file.
///
/// # Errors
///
/// When there is none, or marks are left in it.
pub(super) fn take(workspace: &Workspace, file: &Handed) -> anyhow::Result<String> {
    let _lock = Lock::take(workspace)?;
    let place = workspace.shown(&file.marked);
    let merged = read(&file.marked)?.with_context(|| {
        format!(
            "no merge of {} waits for you; `cargo course sync` makes one where it is needed",
            file.name
        )
    })?;
    ensure!(
        !has_marks(&merged),
        "{place} still has lines that begin with <<<<<<< or >>>>>>>; between them choose what \
         is right, remove the marks, then run the command again"
    );
    let kept = put_aside(workspace, file)?;
    replace(&file.place, &merged)?;
    // Not today's version: the course may have gone on since the merge was made, and
    // then the next `sync` brings the rest.
    let base = read(&of_course(file))?.unwrap_or_else(|| file.fresh.clone());
    replace(&file.base, &base)?;
    remove(&file.marked)?;
    forget(workspace, file)?;
    Ok(format!(
        "{} is the merge now; yours alone is {kept}",
        file.name
    ))
}

/// Has the learner's file count as up to date.
///
/// # Errors
///
/// When a file cannot be written.
pub(super) fn mine(workspace: &Workspace, file: &Handed) -> anyhow::Result<String> {
    let _lock = Lock::take(workspace)?;
    file.note_base()?;
    forget(workspace, file)?;
    Ok(format!("{} stays as it is.", file.name))
}
