//! Learners, and what they handed in.
//!
//! `FOLDER/LEARNER/ID.rs`, or `stubs/ID.rs` or `exercises/stubs/ID.rs` in the learner's
//! folder: the file alone, a folder made by `cargo course init`, or a whole clone. Or all
//! of a learner's work in one file, which `cargo course export` wrote.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use anyhow::{Context, bail};
use exercises::catalog::{self, Exercise};
use rustix::fs::FileType;

use super::exported::Exported;
use super::folder::{Folder, Refusal, is_no_file};
use super::names::{key, shown};
use crate::practice::progress::Progress;

/// Where a learner's files may be, below the learner's folder.
const PLACES: [&[&str]; 3] = [&[], &["stubs"], &["exercises", "stubs"]];

/// One learner.
#[derive(Debug)]
pub(super) struct Learner {
    folder: OsString,
    /// The name, for people.
    pub(super) name: String,
    /// The name, for files.
    pub(super) key: String,
    /// Why nothing of the learner's is read, if so.
    refused: Option<Refusal>,
}

/// What a learner handed in for an exercise.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Handed {
    /// A file.
    File {
        /// Its path below the learner's folder.
        path: String,
        text: String,
    },
    /// Something that is not read.
    Refused(Refusal),
    Nothing,
}

/// The help that a learner had with an exercise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Help {
    pub(super) n_hints: u32,
    /// Whether the reference was shown before it was solved.
    pub(super) solution_seen: bool,
}

/// The folder of a class.
#[derive(Debug)]
pub(super) struct Class {
    folder: Folder,
    pub(super) learners: Vec<Learner>,
    /// Names in it that are no learner's folder.
    pub(super) passed_over: Vec<String>,
}

impl Class {
    /// Lists a class; nothing of a learner's is read yet.
    ///
    /// # Errors
    ///
    /// When the folder cannot be listed, or holds no other.
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        let context = || {
            format!(
                "{} cannot be read; name the folder that holds the learners' folders",
                path.display()
            )
        };
        let folder = Folder::open(path).with_context(context)?;
        let mut learners = Vec::new();
        let mut passed_over = Vec::new();
        for name in folder.names().with_context(context)? {
            match folder.kind(&name) {
                // Version control and file managers keep their own things there.
                Ok(Some(FileType::Directory)) if name.to_string_lossy().starts_with('.') => {
                    passed_over.push(shown(&name));
                }
                Ok(Some(FileType::Directory)) => learners.push(Learner::new(name, None)),
                // It stands where a learner's folder should.
                Ok(Some(kind @ FileType::Symlink)) => {
                    learners.push(Learner::new(
                        name,
                        Some(format!("the learner's folder: {}", is_no_file(kind))),
                    ));
                }
                Ok(_) => passed_over.push(shown(&name)),
                Err(why) => learners.push(Learner::new(name, Some(why))),
            }
        }
        if learners.is_empty() {
            bail!(
                "{} holds no learners' folders; put each learner's files into a folder of their own, \
                 as in {}",
                path.display(),
                path.join("LEARNER/hash_ring.rs").display()
            );
        }
        Ok(Self {
            folder,
            learners,
            passed_over,
        })
    }

    /// The exercises for which somebody handed something in, in the course's order.
    pub(super) fn exercises(&self) -> Vec<Exercise> {
        let mut exercises = catalog::all();
        exercises.retain(|exercise| {
            let mut learners = self.learners.iter();
            learners.any(|learner| match self.enter(learner) {
                Ok(folder) => is_handed_in(&folder, exercise),
                Err(_) => false,
            })
        });
        exercises
    }

    /// What a learner handed in for an exercise.
    pub(super) fn handed_in(&self, learner: &Learner, exercise: &Exercise) -> Handed {
        self.enter(learner)
            .and_then(|folder| pick(&folder, exercise))
            .unwrap_or_else(Handed::Refused)
    }

    /// What the learner's own file of progress says of an exercise; nothing if none was
    /// handed in.
    pub(super) fn help_used(&self, learner: &Learner, exercise: &Exercise) -> Option<Help> {
        let progress = progress_in(&self.enter(learner).ok()?)?;
        let ids = [exercise.id].into_iter();
        let entries = ids.chain(exercise.formerly.iter().copied());
        let entries = entries.map(|id| progress.of(id));
        Some(entries.fold(Help::default(), |help, entry| Help {
            n_hints: help.n_hints.saturating_add(entry.n_hints_shown()),
            solution_seen: help.solution_seen || entry.solution_seen,
        }))
    }

    fn enter(&self, learner: &Learner) -> Result<Folder, Refusal> {
        match &learner.refused {
            Some(why) => Err(why.clone()),
            None => self.folder.enter(&learner.folder),
        }
    }
}

impl Learner {
    fn new(folder: OsString, refused: Option<Refusal>) -> Self {
        Self {
            name: shown(&folder),
            key: key(&folder),
            folder,
            refused,
        }
    }
}

/// A name in a folder where an exercise's file may be.
struct Place {
    folder: Folder,
    file: OsString,
    path: String,
}

/// Everything that stands where an exercise's file may be.
fn places(learner: &Folder, exercise: &Exercise) -> Result<Vec<Place>, Refusal> {
    let mut found = Vec::new();
    for parts in PLACES {
        for id in [exercise.id].iter().chain(exercise.formerly) {
            let Some(folder) = descend(learner, parts)? else {
                continue;
            };
            let file = OsString::from(format!("{id}.rs"));
            if folder.kind(&file)?.is_some() {
                let path = [parts, &[&*format!("{id}.rs")]].concat().join("/");
                found.push(Place { folder, file, path });
            }
        }
    }
    Ok(found)
}

/// The learner's own file of progress, or the one in an export.
fn progress_in(learner: &Folder) -> Option<Progress> {
    let text = learner.enter(OsStr::new(".course"));
    match text.and_then(|folder| folder.read(OsStr::new("progress.json"))) {
        Ok(text) => serde_json::from_str(&text).ok(),
        Err(_) => {
            let exports = Exported::all_in(learner).ok()?;
            let progress = exports.first()?.progress().clone();
            serde_json::from_value(progress).ok()
        }
    }
}

/// The folder below a learner's; nothing if it is not there.
fn descend(learner: &Folder, parts: &[&str]) -> Result<Option<Folder>, Refusal> {
    let mut folder = learner.enter(OsStr::new("."))?;
    for part in parts {
        let name = OsStr::new(part);
        folder = match folder.kind(name)? {
            Some(FileType::Directory) => folder.enter(name)?,
            Some(FileType::Symlink) => {
                return Err(format!("`{part}`: {}", is_no_file(FileType::Symlink)));
            }
            _ => return Ok(None),
        };
    }
    Ok(Some(folder))
}

/// Whether something stands where the exercise is handed in, readable or not. An export
/// that cannot be read says nothing of what is in it.
fn is_handed_in(learner: &Folder, exercise: &Exercise) -> bool {
    let exports = Exported::all_in(learner).unwrap_or_default();
    exports.iter().any(|it| it.stub(exercise).is_some())
        || !places(learner, exercise).is_ok_and(|found| found.is_empty())
}

/// Every text that a learner handed in for an exercise, with where it stands.
fn texts(learner: &Folder, exercise: &Exercise) -> Result<Vec<(String, String)>, Refusal> {
    let mut texts = Vec::new();
    for place in places(learner, exercise)? {
        let text = place.folder.read(&place.file);
        let text = text.map_err(|why| format!("`{}`: {why}", place.path))?;
        texts.push((place.path, text));
    }
    let exports = Exported::all_in(learner)?;
    texts.extend(exports.iter().filter_map(|export| export.stub(exercise)));
    Ok(texts)
}

fn pick(learner: &Folder, exercise: &Exercise) -> Result<Handed, Refusal> {
    let mut texts = texts(learner, exercise)?.into_iter();
    let Some((path, text)) = texts.next() else {
        return Ok(Handed::Nothing);
    };
    match texts.find(|(_, other)| *other != text) {
        Some((other, _)) => Err(format!(
            "`{path}` and `{other}` differ; which of them is to be graded?"
        )),
        None => Ok(Handed::File { path, text }),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    /// What one learner handed in for `hash_ring`, after `make` in the learner's folder.
    fn handed_in(make: impl FnOnce(&Path)) -> Handed {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let learner = folder.path().join("ann");
        fs::create_dir_all(learner.join("exercises/stubs")).expect("made");
        make(&learner);
        let class = Class::open(folder.path()).expect("it has a learner");
        let ring = catalog::find("hash_ring").expect("it is in the catalog");
        class.handed_in(&class.learners[0], &ring)
    }

    fn write(path: &Path, text: &str) {
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    #[test]
    fn a_file_alone_a_learners_folder_and_a_clone_are_all_taken() {
        for place in [
            "hash_ring.rs",
            "stubs/hash_ring.rs",
            "exercises/stubs/hash_ring.rs",
        ] {
            let (path, text) = (place.to_owned(), "mine".to_owned());
            assert_eq!(
                handed_in(|learner| write(&learner.join(place), "mine")),
                Handed::File { path, text }
            );
        }
        assert_eq!(handed_in(|_| {}), Handed::Nothing);
    }

    #[test]
    fn two_files_that_differ_are_not_chosen_between() {
        let both = |second: &'static str| {
            move |learner: &Path| {
                write(&learner.join("hash_ring.rs"), "mine");
                write(&learner.join("stubs/hash_ring.rs"), second);
            }
        };
        let refusal =
            "`hash_ring.rs` and `stubs/hash_ring.rs` differ; which of them is to be graded?";
        assert_eq!(
            handed_in(both("other")),
            Handed::Refused(refusal.to_owned())
        );
        assert!(matches!(handed_in(both("mine")), Handed::File { .. }));
    }

    #[test]
    fn links_are_refused_wherever_they_stand() {
        let file = handed_in(|learner| {
            symlink("/etc/hostname", learner.join("hash_ring.rs")).expect("made");
        });
        let why = "it is a symbolic link, and links are not followed";
        assert_eq!(file, Handed::Refused(format!("`hash_ring.rs`: {why}")));
        let folder = handed_in(|learner| symlink("/etc", learner.join("stubs")).expect("made"));
        assert_eq!(folder, Handed::Refused(format!("`stubs`: {why}")));
        let learner = handed_in(|learner| {
            fs::remove_dir_all(learner).expect("it is there");
            symlink("/etc", learner).expect("made");
        });
        assert_eq!(
            learner,
            Handed::Refused(format!("the learner's folder: {why}"))
        );
    }

    #[test]
    fn the_help_that_a_learner_had_is_known_from_the_learners_own_progress() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let progress = r#"{"version": 1, "newer": [], "exercises": {"hash_ring":
            {"hints_shown": {"join": 2, "leave": 3}, "solution_seen": true}}}"#;
        write(&folder.path().join("ann/.course/progress.json"), progress);
        write(&folder.path().join("bo/hash_ring.rs"), "mine");
        write(&folder.path().join("cy/.course/progress.json"), "damaged");
        let class = Class::open(folder.path()).expect("it has learners");
        let help = |learner: usize, id| {
            let exercise = catalog::find(id).expect("it is in the catalog");
            let help = class.help_used(&class.learners[learner], &exercise)?;
            Some((help.n_hints, help.solution_seen))
        };
        assert_eq!(help(0, "hash_ring"), Some((5, true)));
        assert_eq!(help(0, "replicas"), Some((0, false)));
        assert_eq!((help(1, "hash_ring"), help(2, "hash_ring")), (None, None));
    }

    #[test]
    fn a_folder_without_folders_is_no_class() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        write(&folder.path().join("hash_ring.rs"), "mine");
        let error = Class::open(folder.path()).expect_err("there is no learner");
        assert!(
            error.to_string().contains("LEARNER/hash_ring.rs"),
            "{error}"
        );
    }
}
