//! Says, before a command does its work, that the course has moved on.

use super::super::super::files::read;
use super::super::super::workspace::Workspace;
use super::super::handed::Step;
use super::super::ids::Ids;
use super::super::{init, stubs};

/// What a `cargo course sync` would change.
#[derive(Debug, Default, PartialEq, Eq)]
struct Waiting {
    new: usize,
    changed: usize,
    renamed: usize,
    gone: usize,
}

/// Notes which version each stub started from, where that is not known yet, and says on
/// standard error whether `cargo course sync` has something to do.
///
/// No error: what the learner asked for goes on, whatever this meets.
pub(crate) fn give(workspace: &Workspace) {
    match look(workspace, &Ids::of_catalog()) {
        Ok(waiting) => {
            if let Some(note) = waiting.note() {
                eprintln!("{note}");
            }
        }
        Err(error) => eprintln!("warning: {error:#}"),
    }
}

fn look(workspace: &Workspace, ids: &Ids) -> anyhow::Result<Waiting> {
    let mut waiting = Waiting::default();
    for stub in stubs::all(workspace, ids)? {
        let mine = stub.mine()?;
        if mine.is_some() && (stub.started_from()?.is_none() || mine.as_ref() == Some(&stub.fresh))
        {
            stub.note_base()?;
        }
        match stub.step()? {
            Step::Leave => {}
            Step::Create => waiting.new += 1,
            Step::Replace | Step::Merge(_) | Step::Conflict(_) => waiting.changed += 1,
        }
    }
    for (old, new) in ids.renamed() {
        let handed_out = read(&stubs::base(workspace, old))?.is_some();
        if handed_out && workspace.stub(old).exists() {
            waiting.renamed += 1;
            // Its stub is not new: it is about to move.
            waiting.new -= usize::from(!workspace.stub(new).exists());
        }
    }
    waiting.gone = stubs::gone(workspace, ids).len();
    if !workspace.is_clone() {
        for file in init::handed(workspace, ids)? {
            waiting.changed += usize::from(file.step()? != Step::Leave);
        }
    }
    Ok(waiting)
}

impl Waiting {
    fn note(&self) -> Option<String> {
        let parts = [
            (self.new, "new"),
            (self.changed, "changed"),
            (self.renamed, "renamed"),
            (self.gone, "gone"),
        ];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, word)| format!("{n} {word}"))
            .collect();
        (!parts.is_empty()).then(|| {
            format!(
                "note: the course has moved on since your files were made ({}); \
                 `cargo course sync` brings them up to date and keeps your work",
                parts.join(", ")
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::super::super::files::replace;
    use super::*;

    #[test]
    fn what_waits_is_counted_and_nothing_of_the_learners_is_touched() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let workspace = Workspace::at(folder.path());
        let put = |path: PathBuf, text: &str| replace(&path, text.as_bytes()).expect("written");
        for id in ["ring", "modulo", "old"] {
            put(workspace.fresh_stub(id), "first");
            put(workspace.stub(id), "first");
        }
        let before = Ids::new([("ring", &[][..]), ("modulo", &[]), ("old", &[])]);
        let waiting = look(&workspace, &before).expect("looked");
        assert_eq!(waiting.note(), None);
        put(workspace.stub("ring"), "mine");
        for id in ["circle", "modulo", "new"] {
            put(workspace.fresh_stub(id), "second");
        }
        let after = Ids::new([("circle", &["ring"][..]), ("modulo", &[]), ("new", &[])]);
        let waiting = look(&workspace, &after).expect("looked");
        let note = waiting.note().expect("there is something");
        assert!(
            note.contains("(1 new, 1 changed, 1 renamed, 1 gone)"),
            "{note}"
        );
        let ring = read(&workspace.stub("ring")).expect("it can be read");
        assert_eq!(ring.as_deref(), Some(&b"mine"[..]));
        assert!(!workspace.stub("new").exists());
    }
}
