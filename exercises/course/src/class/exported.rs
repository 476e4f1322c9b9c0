//! Work handed in as the one file that `cargo course export` writes.
//!
//! It lies in the learner's folder under any name that ends in `.json`. Other JSON
//! there is nobody's work and is left alone; a damaged export is refused by name, since
//! silence would look like a hand-in that is missing.

use std::ffi::OsStr;

use exercises::catalog::Exercise;
use serde_json::Value;

use super::folder::{Folder, Refusal};
use super::names::shown;
use crate::practice::keeping::archive::{Archive, FORMAT};

/// The largest export that is read: a stub for each exercise and dozens of stashed ones.
const EXPORT_BYTES: u64 = 4 << 20;

/// An export in a learner's folder.
#[derive(Debug)]
pub(super) struct Exported {
    file: String,
    archive: Archive,
}

impl Exported {
    /// Every export that lies directly in a learner's folder, by name.
    ///
    /// # Errors
    ///
    /// The reason, when one of them is damaged, or the folder cannot be listed.
    pub(super) fn all_in(learner: &Folder) -> Result<Vec<Self>, Refusal> {
        let names = learner.names();
        let names = names.map_err(|error| format!("the folder cannot be listed: {error}"))?;
        let mut found = Vec::new();
        for name in names {
            if name.as_encoded_bytes().ends_with(b".json")
                && let Some(exported) = Self::read(learner, &name)?
            {
                found.push(exported);
            }
        }
        Ok(found)
    }

    /// Nothing if the file is something else.
    fn read(learner: &Folder, name: &OsStr) -> Result<Option<Self>, Refusal> {
        let Ok(text) = learner.read_up_to(name, EXPORT_BYTES) else {
            return Ok(None);
        };
        let file = shown(name);
        match Archive::read(text.as_bytes()) {
            Ok(archive) => Ok(Some(Self { file, archive })),
            Err(error) if text.contains(FORMAT) => Err(format!("`{file}`: {error:#}")),
            Err(_) => Ok(None),
        }
    }

    /// The learner's stub of an exercise, with what to call it in a report.
    pub(super) fn stub(&self, exercise: &Exercise) -> Option<(String, String)> {
        let mut ids = std::iter::once(&exercise.id).chain(exercise.formerly);
        let (id, stub) = ids.find_map(|id| Some((id, self.archive.stubs.get(*id)?)))?;
        Some((format!("{}, {id}", self.file), stub.text.clone()))
    }

    /// The learner's progress, as in `.course/progress.json`.
    pub(super) fn progress(&self) -> &Value {
        &self.archive.progress
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use exercises::catalog;
    use tempfile::TempDir;

    use super::super::found::{Class, Handed};
    use super::*;

    fn ring() -> Exercise {
        catalog::find("hash_ring").expect("it is in the catalog")
    }

    /// A class of one learner, who handed in these files.
    fn class_of(files: &[(&str, &str)]) -> (TempDir, Class) {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let learner = folder.path().join("ann");
        fs::create_dir(&learner).expect("made");
        for (name, text) in files {
            fs::write(learner.join(name), text).expect("written");
        }
        let class = Class::open(folder.path()).expect("it has a learner");
        (folder, class)
    }

    fn handed_in(files: &[(&str, &str)]) -> Handed {
        let (_folder, class) = class_of(files);
        class.handed_in(&class.learners[0], &ring())
    }

    /// What `cargo course export` writes, with one stub.
    fn exported(stub: &str) -> String {
        serde_json::json!({
            "format": "system-design-in-rust/work", "version": 1, "course": "0.1.0",
            "exported_at": "2026-01-31T09:30:00Z", "stash": {},
            "progress": {"version": 1, "exercises": {"hash_ring": {"hints_shown": {"join": 2}}}},
            "stubs": {"hash_ring": {"text": stub}},
        })
        .to_string()
    }

    #[test]
    fn an_export_stands_for_the_files_and_the_progress_in_it() {
        let files = [("my work.json", &*exported("mine")), ("package.json", "{}")];
        let (_folder, class) = class_of(&files);
        let (learner, ring) = (&class.learners[0], ring());
        let expected = Handed::File {
            path: "my work.json, hash_ring".to_owned(),
            text: "mine".to_owned(),
        };
        assert_eq!(class.handed_in(learner, &ring), expected);
        let help = class.help_used(learner, &ring).expect("it is known");
        assert_eq!((help.n_hints, help.solution_seen), (2, false));
        let ids: Vec<&str> = class.exercises().iter().map(|it| it.id).collect();
        assert_eq!(ids, ["hash_ring"]);
    }

    #[test]
    fn an_export_that_differs_from_a_file_or_is_damaged_is_refused() {
        let both = [("hash_ring.rs", "mine"), ("work.json", &exported("older"))];
        let differs = handed_in(&both);
        let why =
            "`hash_ring.rs` and `work.json, hash_ring` differ; which of them is to be graded?";
        assert_eq!(differs, Handed::Refused(why.to_owned()));
        let damaged = handed_in(&[("work.json", &exported("mine")[..200])]);
        let Handed::Refused(why) = damaged else {
            panic!("it was taken: {damaged:?}");
        };
        assert!(why.starts_with("`work.json`: it is damaged"), "{why}");
    }

    #[test]
    fn a_damaged_export_does_not_make_the_class_hand_in_every_exercise() {
        let (_folder, class) = class_of(&[("work.json", &exported("mine")[..200])]);
        assert_eq!(class.exercises().len(), 0);
    }
}
