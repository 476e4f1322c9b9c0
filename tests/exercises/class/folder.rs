//! A folder of submissions, and what grading it wrote.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::super::{course, root};

/// Solves `modulo_placement`; the marks are what others do otherwise.
pub(super) const RIGHT: &str = r#"//! A learner's.

use exercises::consistent_hashing::{ModuloPlacement, checks, key_position};

struct Mine;

impl ModuloPlacement for Mine {
    fn owner(key: &[u8], servers: usize) -> Option<usize> {
        Some(key_position(key).checked_rem(servers as u64)? as usize)
    }

    fn moved(keys: &[&[u8]], before: usize, after: usize) -> usize {
        keys.iter().filter(|key| Self::owner(key, before) != Self::owner(key, after)).count()
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("modulo_placement", checks::modulo_placement::all::<Mine>)
}
"#;

pub(super) const FILE: &str = "modulo_placement.rs";

/// The solution with a part replaced, which must be there.
#[track_caller]
pub(super) fn with(part: &str, other: &str) -> String {
    assert!(RIGHT.contains(part), "{part}");
    RIGHT.replacen(part, other, 1)
}

/// A folder of submissions, with a temporary folder for the program's own use.
pub(super) struct Class {
    pub(super) folder: TempDir,
}

impl Class {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        for name in ["class", "scratch"] {
            fs::create_dir(folder.path().join(name)).expect("made");
        }
        Self { folder }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Makes a learner's folder.
    pub(super) fn learner(&self, name: impl AsRef<OsStr>) -> PathBuf {
        let folder = self.path("class").join(name.as_ref());
        fs::create_dir_all(&folder).expect("folders can be made");
        folder
    }

    pub(super) fn hand_in(&self, name: impl AsRef<OsStr>, content: impl AsRef<[u8]>) {
        fs::write(self.learner(name).join(FILE), content).expect("files can be written");
    }

    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(course());
        command
            .arg("grade")
            .arg(self.path("class"))
            .args(arguments)
            .current_dir(root())
            .env("TMPDIR", self.path("scratch"))
            .env_remove("RUST_BACKTRACE");
        command
    }

    pub(super) fn grade(&self, arguments: &[&str]) -> Output {
        self.command(arguments)
            .output()
            .expect("the program starts")
    }

    /// A file of the results.
    pub(super) fn result(&self, name: &str) -> String {
        let path = self.path("class-grades").join(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The rows of the CSV, each by column.
    pub(super) fn csv(&self) -> Vec<BTreeMap<String, String>> {
        let text = self.result("grades.csv");
        let rows = csv::Reader::from_reader(text.as_bytes()).into_deserialize();
        rows.collect::<Result<_, _>>().expect("it is CSV")
    }

    /// The program leaves nothing of its own behind.
    #[track_caller]
    pub(super) fn assert_tidy(&self) {
        let left = fs::read_dir(self.path("scratch"))
            .expect("it is there")
            .count();
        assert_eq!(left, 0, "files in the temporary folder");
    }
}
