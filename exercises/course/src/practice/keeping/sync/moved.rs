//! Stubs of exercises that have another id now, or that the course has no more.

use super::super::super::files::{read, remove, replace};
use super::super::super::workspace::Workspace;
use super::super::ids::Ids;
use super::super::{stash, stubs};
use super::Done;

/// Moves files from old ids to new ones. What moves is merged afterwards, like any file
/// that the course has changed.
///
/// # Errors
///
/// When a file cannot be read or written.
pub(super) fn renamed(workspace: &Workspace, ids: &Ids, done: &mut Done) -> anyhow::Result<()> {
    for (old, new) in ids.renamed() {
        let (place, base) = (workspace.stub(old), stubs::base(workspace, old));
        let (mine, started_from) = (read(&place)?, read(&base)?);
        let (Some(mine), Some(started_from)) = (mine, started_from) else {
            // Without a base it was never handed out: a file of the learner's own.
            remove(&base)?;
            continue;
        };
        let (from, to) = (workspace.stub_name(old), workspace.stub_name(new));
        if mine == started_from {
            done.tell(
                "renamed",
                format!("{from} is {to} now; you had not changed it"),
            );
        } else if let Some(there) = stubs::stub(workspace, new)?.own_work()?
            && there != mine
        {
            let kept = workspace.shown(&stash::put(workspace, new, &mine)?);
            done.tell(
                "renamed",
                format!(
                    "{from} is {to} now, where you have work already; yours of {from} is {kept}"
                ),
            );
        } else {
            replace(&workspace.stub(new), &mine)?;
            replace(&stubs::base(workspace, new), &started_from)?;
            done.tell("renamed", format!("{from} is {to} now, with your work"));
        }
        remove(&place)?;
        remove(&base)?;
    }
    Ok(())
}

/// Puts the learner's work on exercises that are gone into the stash.
///
/// # Errors
///
/// When a file cannot be read or written.
pub(super) fn gone(workspace: &Workspace, ids: &Ids, done: &mut Done) -> anyhow::Result<()> {
    for id in stubs::gone(workspace, ids) {
        let (place, base) = (workspace.stub(&id), stubs::base(workspace, &id));
        let (mine, started_from) = (read(&place)?, read(&base)?);
        let name = workspace.stub_name(&id);
        match mine {
            Some(mine) if Some(&mine) != started_from.as_ref() => {
                let kept = workspace.shown(&stash::put(workspace, &id, &mine)?);
                done.tell(
                    "gone",
                    format!("{name}: the course has no such exercise any more; yours is {kept}"),
                );
            }
            Some(_) => done.tell("gone", format!("{name}, which you had not changed")),
            None => {}
        }
        remove(&place)?;
        remove(&base)?;
    }
    Ok(())
}
