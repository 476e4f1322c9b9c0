//! Reading, writing and rebuilding `.course/progress.json`.
//!
//! A change is made under the lock: read what is there, change it, replace the file.
//! What was there before is kept as `progress.json.bak`, from which a damaged file is
//! mended.

use std::path::PathBuf;

use super::super::files::{keep, read, remove, replace};
use super::super::keeping::ids::Ids;
use super::super::keeping::lock::Lock;
use super::super::workspace::Workspace;
use super::document::{Damage, Document};

pub(crate) const FILE: &str = "progress.json";
const BACKUP: &str = "progress.json.bak";

fn path(workspace: &Workspace) -> PathBuf {
    workspace.progress_folder().join(FILE)
}

/// Reads the progress; a damaged file is rebuilt, and what was saved and lost is said
/// on standard error.
///
/// # Errors
///
/// When a file is there and can neither be read nor be put aside.
pub(crate) fn load(workspace: &Workspace, ids: &Ids) -> anyhow::Result<Document> {
    let Some(text) = read(&path(workspace))? else {
        return Ok(Document::default());
    };
    let (mut document, damage) = Document::read(&text, ids);
    if damage.is_none() && document.carry_over(ids).is_empty() {
        return Ok(document);
    }
    change(workspace, ids, &Lock::take(workspace)?, |_| ())
}

/// Changes the progress: reads it anew, so that no other command's records are lost,
/// and writes it whole.
///
/// # Errors
///
/// As [`load`], and when the folder cannot be written to.
pub(crate) fn change(
    workspace: &Workspace,
    ids: &Ids,
    _lock: &Lock,
    how: impl FnOnce(&mut Document),
) -> anyhow::Result<Document> {
    let before = read(&path(workspace))?;
    let (mut document, damage) = match &before {
        Some(text) => Document::read(text, ids),
        None => Default::default(),
    };
    if let (Some(damage), Some(text)) = (&damage, &before) {
        let said = rebuild(workspace, ids, &mut document, damage, text)?;
        eprint!("{said}");
    }
    document.carry_over(ids);
    how(&mut document);
    let text = document.text();
    let backup = workspace.progress_folder().join(BACKUP);
    match before {
        Some(before) if before == text => return Ok(document),
        // Not a damaged file: the backup has just mended it.
        Some(before) if damage.is_none() => replace(&backup, &before)?,
        Some(_) => {}
        // Whoever removes the file wants to begin anew; the backup must not undo that.
        None => remove(&backup)?,
    }
    replace(&path(workspace), &text)?;
    Ok(document)
}

/// Puts the damaged file aside, mends the document from the backup, and tells about it.
fn rebuild(
    workspace: &Workspace,
    ids: &Ids,
    document: &mut Document,
    damage: &Damage,
    text: &[u8],
) -> anyhow::Result<String> {
    let folder = workspace.progress_folder();
    let aside = keep(&folder, "progress-unreadable", "json", text)?;
    let found: Vec<String> = document.exercises().map(|(id, _)| id.clone()).collect();
    let backup = read(&folder.join(BACKUP))?;
    let mended = backup.map_or_else(Vec::new, |text| {
        document.unite(&Document::read(&text, ids).0)
    });
    let list = |ids: &[String]| match ids.is_empty() {
        true => "nothing".to_owned(),
        false => ids.join(", "),
    };
    Ok(format!(
        "warning: {} is damaged: {}\n\
         \x20 kept   as {}\n\
         \x20 read   {}\n\
         \x20 added  {}, from the state before the last change ({BACKUP})\n\
         \x20 lost   {}, unless it was added\n",
        workspace.shown(&path(workspace)),
        damage.what,
        workspace.shown(&aside),
        list(&found),
        list(&mended),
        damage.lost.join("; "),
    ))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use expect_test::expect;
    use serde_json::json;

    use super::*;

    fn workspace() -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let workspace = Workspace::at(folder.path());
        (folder, workspace)
    }

    fn ids() -> Ids {
        Ids::new([("ring", &["circle"][..]), ("modulo", &[])])
    }

    fn set(workspace: &Workspace, id: &str, points: u32) {
        let lock = Lock::take(workspace).expect("locked");
        let changed = change(workspace, &ids(), &lock, |document| {
            let record = json!({"best_points": points});
            document.exercises_mut().insert(id.to_owned(), record);
        });
        changed.expect("written");
    }

    fn points(document: &Document) -> Vec<(String, u32)> {
        let entries = document.entries().into_iter();
        entries.map(|(id, entry)| (id, entry.best_points)).collect()
    }

    /// Cuts the file after `length` bytes; answers with what is left of the progress, and with the message.
    fn cut(workspace: &Workspace, length: usize) -> (Vec<(String, u32)>, String) {
        let path = path(workspace);
        let text = fs::read(&path).expect("it is there")[..length].to_vec();
        let (mut document, damage) = Document::read(&text, &ids());
        let damage = damage.expect("it is damaged");
        let said = rebuild(workspace, &ids(), &mut document, &damage, &text).expect("rebuilt");
        fs::write(&path, text).expect("written");
        let loaded = load(workspace, &ids()).expect("loaded");
        assert_eq!(points(&loaded), points(&document));
        (points(&loaded), said)
    }

    #[test]
    fn a_cut_file_is_rebuilt_from_its_beginning_and_from_the_state_before() {
        let (_folder, workspace) = workspace();
        set(&workspace, "ring", 3);
        set(&workspace, "modulo", 1);
        set(&workspace, "modulo", 2);
        let (left, said) = cut(&workspace, 90);
        assert_eq!(left, [("modulo".to_owned(), 2), ("ring".to_owned(), 3)]);
        expect![[r#"
            warning: .course/progress.json is damaged: EOF while parsing a string at line 7 column 11
              kept   as .course/progress-unreadable-1.json
              read   modulo, ring
              added  ring, from the state before the last change (progress.json.bak)
              lost   what stood behind line 7 column 11, from the middle of ring on, unless it was added
        "#]]
        .assert_eq(&said);
        // The mended file is sound: nothing is put aside again.
        load(&workspace, &ids()).expect("loaded");
        assert!(
            !workspace
                .progress_folder()
                .join("progress-unreadable-3.json")
                .exists()
        );
    }

    #[test]
    fn an_empty_file_is_rebuilt_from_the_state_before() {
        let (_folder, workspace) = workspace();
        set(&workspace, "ring", 3);
        set(&workspace, "ring", 4);
        assert_eq!(cut(&workspace, 0).0, [("ring".to_owned(), 3)]);
    }

    #[test]
    fn a_removed_file_means_a_new_beginning() {
        let (_folder, workspace) = workspace();
        set(&workspace, "ring", 3);
        set(&workspace, "ring", 4);
        fs::remove_file(path(&workspace)).expect("removed");
        set(&workspace, "modulo", 1);
        assert_eq!(cut(&workspace, 0).0, []);
    }

    #[test]
    fn a_record_under_an_old_id_is_carried_over() {
        let (_folder, workspace) = workspace();
        let text = r#"{"exercises": {"circle": {"best_points": 7}}}"#;
        replace(&path(&workspace), text.as_bytes()).expect("written");
        load(&workspace, &ids()).expect("loaded");
        let text = fs::read_to_string(path(&workspace)).expect("it is there");
        expect![[r#"
            {
              "exercises": {
                "circle": {
                  "best_points": 7
                },
                "ring": {
                  "best_points": 7
                }
              },
              "version": 1
            }
        "#]]
        .assert_eq(&text);
    }
}
