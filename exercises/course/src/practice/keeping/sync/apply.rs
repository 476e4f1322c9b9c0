//! Bringing one file up to date.

use super::super::super::files::replace;
use super::super::super::workspace::Workspace;
use super::super::handed::{Handed, Step};
use super::super::stash;
use super::{Done, pending};

/// Does what the three versions of a file ask for.
///
/// # Errors
///
/// When a file cannot be read or written.
pub(crate) fn apply(workspace: &Workspace, file: &Handed, done: &mut Done) -> anyhow::Result<()> {
    let name = &file.name;
    match file.step()? {
        Step::Leave => leave(file),
        Step::Create => {
            replace(&file.place, &file.fresh)?;
            done.tell("new", name);
            file.note_base()
        }
        Step::Replace => {
            replace(&file.place, &file.fresh)?;
            done.tell("replaced", format!("{name}, which you had not changed"));
            file.note_base()
        }
        Step::Merge(merged) => {
            let kept = put_aside(workspace, file)?;
            replace(&file.place, &merged)?;
            pending::forget(workspace, file)?;
            done.tell(
                "merged",
                format!("{name}: your changes and the course's; yours alone is {kept}"),
            );
            file.note_base()
        }
        Step::Conflict(marked) => {
            done.is_open = true;
            done.tell("conflict", pending::set(workspace, file, &marked)?);
            Ok(())
        }
    }
}

/// Notes the base of a file that is seen for the first time, or that has become the
/// course's by itself, as after `git pull`.
fn leave(file: &Handed) -> anyhow::Result<()> {
    let is_fresh = file.mine()?.as_deref() == Some(&file.fresh);
    match is_fresh || file.started_from()?.is_none() {
        true => file.note_base(),
        false => Ok(()),
    }
}

/// Puts the learner's file into the stash; answers with its path there, for people.
pub(super) fn put_aside(workspace: &Workspace, file: &Handed) -> anyhow::Result<String> {
    let mine = file.mine()?.unwrap_or_default();
    let kept = stash::put(workspace, &file.id, &mine)?;
    Ok(workspace.shown(&kept))
}
