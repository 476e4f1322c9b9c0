//! The stash: versions of a learner's files that made room for others.
//!
//! `.course/stash/ID-N.rs`. Nothing is ever taken out of it by a command; the same
//! content is kept once.

pub(crate) mod command;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::super::files::{keep, read, remove};
use super::super::workspace::Workspace;
use super::ids::{Ids, is_id};

/// A version in the stash.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stashed {
    /// Id of the exercise.
    pub(crate) id: String,
    /// The how-manieth of the exercise.
    pub(crate) n: u32,
}

impl Stashed {
    /// Its name: `hash_ring-1`.
    pub(crate) fn name(&self) -> String {
        format!("{}-{}", self.id, self.n)
    }

    /// What a name means, with or without `.rs`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let (id, n) = name.strip_suffix(".rs").unwrap_or(name).rsplit_once('-')?;
        let n: u32 = n.parse().ok()?;
        let stashed = Self {
            id: id.to_owned(),
            n,
        };
        // `+1` and `01` are numbers too, but no names.
        (is_id(id) && name.starts_with(&stashed.name())).then_some(stashed)
    }

    /// Where it is.
    pub(crate) fn path(&self, workspace: &Workspace) -> PathBuf {
        folder(workspace).join(format!("{}.rs", self.name()))
    }
}

/// The folder of the stash.
pub(crate) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.progress_folder().join("stash")
}

/// Everything in the stash.
///
/// # Errors
///
/// When the folder is there and cannot be read.
pub(crate) fn list(workspace: &Workspace) -> anyhow::Result<Vec<Stashed>> {
    let folder = folder(workspace);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            return Err(error).with_context(|| format!("{} cannot be read", folder.display()));
        }
    };
    let mut found = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        found.extend(
            name.to_str()
                .filter(|name| name.ends_with(".rs"))
                .and_then(Stashed::named),
        );
    }
    found.sort();
    Ok(found)
}

/// Puts a version into the stash, unless it holds the same content already; answers
/// with its path.
///
/// # Errors
///
/// When the folder cannot be read or written to.
pub(crate) fn put(workspace: &Workspace, id: &str, content: &[u8]) -> anyhow::Result<PathBuf> {
    for stashed in list(workspace)?.iter().filter(|stashed| stashed.id == id) {
        let path = stashed.path(workspace);
        if read(&path)?.as_deref() == Some(content) {
            return Ok(path);
        }
    }
    keep(&folder(workspace), id, "rs", content)
}

/// Files what is stashed under old ids under the new ones.
///
/// # Errors
///
/// When the folder cannot be read or written to.
pub(crate) fn carry_over(workspace: &Workspace, ids: &Ids) -> anyhow::Result<Vec<Stashed>> {
    let mut moved = Vec::new();
    for stashed in list(workspace)? {
        let new = ids.now(&stashed.id);
        if new != stashed.id {
            let path = stashed.path(workspace);
            put(workspace, new, &read(&path)?.unwrap_or_default())?;
            remove(&path)?;
            moved.push(stashed);
        }
    }
    Ok(moved)
}

/// The name of a path in the stash, as `cargo course stash` takes it.
pub(crate) fn name_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let workspace = Workspace::at(folder.path());
        (folder, workspace)
    }

    fn names(workspace: &Workspace) -> Vec<String> {
        let list = list(workspace).expect("it can be read");
        list.iter().map(Stashed::name).collect()
    }

    #[test]
    fn names_are_read_and_other_texts_are_not() {
        assert_eq!(
            Stashed::named("ring-12.rs").map(|it| it.name()),
            Some("ring-12".to_owned())
        );
        for name in [
            "ring",
            "ring-",
            "ring-x",
            "ring-+1",
            "ring-01",
            "../ring-1",
            "a/b-1",
            "-1",
        ] {
            assert_eq!(Stashed::named(name), None, "{name}");
        }
    }

    #[test]
    fn the_same_content_is_kept_once() {
        let (_folder, workspace) = workspace();
        for content in ["one", "two", "one"] {
            put(&workspace, "ring", content.as_bytes()).expect("kept");
        }
        assert_eq!(names(&workspace), ["ring-1", "ring-2"]);
    }

    #[test]
    fn a_renamed_exercise_keeps_what_was_stashed_under_both_names() {
        let (_folder, workspace) = workspace();
        put(&workspace, "ring", b"new").expect("kept");
        put(&workspace, "circle", b"old").expect("kept");
        put(&workspace, "other", b"other").expect("kept");
        carry_over(&workspace, &Ids::new([("ring", &["circle"][..])])).expect("moved");
        assert_eq!(names(&workspace), ["other-1", "ring-1", "ring-2"]);
        let old = read(&folder(&workspace).join("ring-2.rs")).expect("it can be read");
        assert_eq!(old.as_deref(), Some(&b"old"[..]));
    }
}
