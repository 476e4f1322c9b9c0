//! `cargo course import`: takes over what `export` wrote.
//!
//! It adds and never takes away: the better result of an exercise stays, and a file that
//! the learner has changed stays as it is; the imported one goes into the stash. So
//! importing the same file again changes nothing.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, ensure};

use super::super::files::{read, replace};
use super::super::progress::document::Document;
use super::super::progress::file;
use super::super::workspace::Workspace;
use super::archive::{Archive, Stub};
use super::ids::Ids;
use super::lock::Lock;
use super::stash::{self, Stashed};
use super::{stubs, sync};

/// As much as anyone writes in a course, a hundred times over. Such a file is read
/// into memory whole.
const MAX_BYTES: u64 = 64 << 20;

/// What to read.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A file that `cargo course export` wrote.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let ids = Ids::of_catalog();
    let path = arguments.file.display();
    let archive = read_archive(arguments)
        .with_context(|| format!("{path} cannot be imported, and nothing was changed"))?;
    for line in import(workspace, &ids, &archive)? {
        println!("{line}");
    }
    sync::notice::give(workspace);
    Ok(ExitCode::SUCCESS)
}

fn read_archive(arguments: &Arguments) -> anyhow::Result<Archive> {
    let about = fs::metadata(&arguments.file)?;
    // A pipe would have no length to look at, and might never end.
    ensure!(
        about.is_file(),
        "it is no file; give one that `cargo course export` wrote"
    );
    ensure!(
        about.len() <= MAX_BYTES,
        "it has more than {} MiB, so it is no export of this course",
        MAX_BYTES >> 20
    );
    Archive::read(&fs::read(&arguments.file)?)
}

/// Takes an archive over; answers with what was done, a line each.
///
/// # Errors
///
/// When a file cannot be read or written. What was done until then stays; run again, it
/// goes on.
pub(crate) fn import(
    workspace: &Workspace,
    ids: &Ids,
    archive: &Archive,
) -> anyhow::Result<Vec<String>> {
    let (theirs, misfits) = Document::of(archive.progress.clone(), ids);
    let mut lines: Vec<String> = misfits
        .iter()
        .map(|what| format!("left out  progress that cannot be read: {what}"))
        .collect();
    let lock = Lock::take(workspace)?;
    for (name, text) in &archive.stash {
        if let Some(Stashed { id, .. }) = Stashed::named(name) {
            put(workspace, ids.now(&id), text, "stashed", &mut lines)?;
        }
    }
    for (id, stub) in &archive.stubs {
        import_stub(workspace, ids, id, stub, &mut lines)?;
    }
    let mut better = Vec::new();
    file::change(workspace, ids, &lock, |ours| {
        let mut theirs = theirs;
        theirs.carry_over(ids);
        better = ours.unite(&theirs);
    })?;
    if !better.is_empty() {
        lines.push(format!("progress  of {}", better.join(", ")));
    }
    if lines.is_empty() {
        lines.push("You have all of it already.".to_owned());
    }
    Ok(lines)
}

/// Puts a text into the stash, and tells if it was not there.
fn put(
    workspace: &Workspace,
    id: &str,
    text: &str,
    word: &str,
    lines: &mut Vec<String>,
) -> anyhow::Result<()> {
    let before = stash::list(workspace)?.len();
    let kept = stash::put(workspace, id, text.as_bytes())?;
    if stash::list(workspace)?.len() > before {
        lines.push(format!("{word:8}  {}", workspace.shown(&kept)));
    }
    Ok(())
}

fn import_stub(
    workspace: &Workspace,
    ids: &Ids,
    id: &str,
    imported: &Stub,
    lines: &mut Vec<String>,
) -> anyhow::Result<()> {
    let id = ids.now(id);
    if !ids.knows(id) {
        return put(
            workspace,
            id,
            &imported.text,
            "unknown to this course, kept as",
            lines,
        );
    }
    let stub = stubs::stub(workspace, id)?;
    let text = imported.text.as_bytes();
    if stub.mine()?.as_deref() == Some(text) {
        return Ok(());
    }
    if stub.own_work()?.is_some() {
        let before = lines.len();
        put(workspace, id, &imported.text, "differs", lines)?;
        if let Some(line) = lines.get_mut(before) {
            let kept = stash::put(workspace, id, text)?;
            *line += &format!(
                ": you have changed {} yourself, and it stays; to take the imported one: \
                 cargo course stash take {}",
                stub.name,
                stash::name_of(&kept)
            );
        }
        return Ok(());
    }
    // What was there is the course's own.
    replace(&stub.place, text)?;
    if let Some(base) = &imported.base
        && read(&stub.base)?.as_deref() != Some(base.as_bytes())
    {
        replace(&stub.base, base.as_bytes())?;
    }
    lines.push(format!("restored  {}", stub.name));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::export;
    use super::*;
    use serde_json::json;

    fn ids() -> Ids {
        Ids::new([("ring", &["circle"][..]), ("modulo", &[])])
    }

    /// A clone as it comes.
    fn fresh_clone() -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let workspace = Workspace::at(folder.path());
        for id in ids().current() {
            for path in [workspace.fresh_stub(id), workspace.stub(id)] {
                replace(&path, b"fresh").expect("written");
            }
        }
        (folder, workspace)
    }

    fn worked_in() -> (tempfile::TempDir, Workspace) {
        let (folder, workspace) = fresh_clone();
        replace(&workspace.stub("ring"), b"mine").expect("written");
        stash::put(&workspace, "ring", b"earlier").expect("kept");
        let lock = Lock::take(&workspace).expect("locked");
        let record = json!({"best_points": 5, "later": 1});
        file::change(&workspace, &ids(), &lock, |document| {
            document.exercises_mut().insert("ring".to_owned(), record);
        })
        .expect("written");
        (folder, workspace)
    }

    fn exported(workspace: &Workspace) -> Archive {
        let mut archive = export::archive(workspace, &ids()).expect("exported");
        archive.exported_at.clear();
        archive
    }

    fn text(path: PathBuf) -> String {
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    #[test]
    fn a_fresh_clone_has_all_of_it_afterwards_and_a_second_time_adds_nothing() {
        let (_one, from) = worked_in();
        let (_other, to) = fresh_clone();
        let archive = exported(&from);
        import(&to, &ids(), &archive).expect("imported");
        assert_eq!(exported(&to), archive);
        let again = import(&to, &ids(), &archive).expect("imported");
        assert_eq!(again, ["You have all of it already."]);
    }

    #[test]
    fn work_that_is_there_stays_and_the_better_result_wins() {
        let (_one, from) = worked_in();
        let (_other, to) = worked_in();
        replace(&to.stub("ring"), b"other").expect("written");
        let lock = Lock::take(&to).expect("locked");
        file::change(&to, &ids(), &lock, |document| {
            let record = json!({"best_points": 3, "solved": true});
            document.exercises_mut().insert("ring".to_owned(), record);
        })
        .expect("written");
        drop(lock);
        let lines = import(&to, &ids(), &exported(&from)).expect("imported");
        assert_eq!(text(to.stub("ring")), "other");
        assert_eq!(text(stash::folder(&to).join("ring-2.rs")), "mine");
        assert!(lines[0].contains("stash take ring-2"), "{lines:?}");
        let ring = file::load(&to, &ids()).expect("read").entries()["ring"].clone();
        assert_eq!((ring.best_points, ring.solved), (5, true));
    }

    #[test]
    fn what_has_another_id_now_or_none_is_kept() {
        let (_folder, to) = fresh_clone();
        let progress =
            json!({"exercises": {"circle": {"best_points": 2}, "lost": {"best_points": 1}}});
        let mut archive = Archive::new(progress, String::new());
        let stub = |text: &str| Stub {
            text: text.to_owned(),
            base: None,
        };
        archive.stubs.insert("circle".to_owned(), stub("round"));
        archive.stubs.insert("lost".to_owned(), stub("gone"));
        archive
            .stash
            .insert("circle-4".to_owned(), "earlier".to_owned());
        import(&to, &ids(), &archive).expect("imported");
        assert_eq!(text(to.stub("ring")), "round");
        assert_eq!(text(stash::folder(&to).join("ring-1.rs")), "earlier");
        assert_eq!(text(stash::folder(&to).join("lost-1.rs")), "gone");
        let document = file::load(&to, &ids()).expect("read");
        assert_eq!(document.entries()["ring"].best_points, 2);
        assert_eq!(document.entries()["lost"].best_points, 1);
    }
}
