//! The stubs as files that were handed out, and the version that each started from.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;

use super::super::workspace::Workspace;
use super::handed::Handed;
use super::ids::{Ids, is_id};

/// The stub of an exercise of this course.
///
/// # Errors
///
/// When the course's own copy of it cannot be read.
pub(crate) fn stub(workspace: &Workspace, id: &str) -> anyhow::Result<Handed> {
    let fresh = workspace.fresh_stub(id);
    let fresh = fs::read(&fresh).with_context(|| {
        format!(
            "{} cannot be read; `git checkout -- exercises/src/catalog/fresh` in the course's \
             clone brings it back",
            fresh.display()
        )
    })?;
    Ok(Handed {
        name: workspace.stub_name(id),
        place: workspace.stub(id),
        base: base(workspace, id),
        marked: workspace
            .progress_folder()
            .join("merge")
            .join(format!("{id}.rs")),
        key: id.to_owned(),
        id: id.to_owned(),
        fresh,
    })
}

/// The stubs of all exercises, in teaching order.
///
/// # Errors
///
/// As [`stub`].
pub(crate) fn all(workspace: &Workspace, ids: &Ids) -> anyhow::Result<Vec<Handed>> {
    let stubs = ids.current().iter().map(|id| stub(workspace, id));
    stubs.collect()
}

/// Whether the learner has written in a stub: it is neither as the course hands it out
/// today, nor as it did when they got it. What cannot be read is no work.
pub(crate) fn is_own_work(workspace: &Workspace, id: &str) -> bool {
    let own = stub(workspace, id).and_then(|stub| stub.own_work());
    own.is_ok_and(|own| own.is_some())
}

/// Where the version is kept that the learner started from.
pub(crate) fn base(workspace: &Workspace, id: &str) -> PathBuf {
    base_folder(workspace).join(format!("{id}.rs"))
}

fn base_folder(workspace: &Workspace) -> PathBuf {
    workspace.progress_folder().join("base")
}

/// Ids of exercises whose stub was handed out once and that the course has no more,
/// nor under another id.
pub(crate) fn gone(workspace: &Workspace, ids: &Ids) -> Vec<String> {
    in_folder(base_folder(workspace))
        .filter(|id| !ids.knows(ids.now(id)))
        .collect()
}

/// Ids for which the learner has a file among the stubs, whether or not the course
/// knows them.
pub(crate) fn present(workspace: &Workspace) -> Vec<String> {
    let folder = workspace.stub("x");
    let mut ids: Vec<String> = in_folder(folder.parent().unwrap_or(&folder).to_owned()).collect();
    ids.sort();
    ids
}

/// The ids of the `ID.rs` in a folder; none where there is no such folder.
fn in_folder(folder: PathBuf) -> impl Iterator<Item = String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    names
        .filter_map(|name| name.strip_suffix(".rs").map(str::to_owned))
        .filter(|id| is_id(id))
}
