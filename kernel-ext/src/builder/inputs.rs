//! Whether cargo would call rustc for the next cell as it did for the last.

use super::Call;
use crate::{crates, linker};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Where it is noted, in the folder of the cells.
const FILE: &str = "last-build.json";

/// Files' times of change may be behind the clock by this.
const TICK: Duration = Duration::from_millis(10);

/// Under which names cargo reads its configuration in a folder.
const CONFIGURATION: [&str; 2] = ["config.toml", "config"];

/// What the last build came of.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Known {
    /// Files that cargo looks at, whether they are there or not.
    files: BTreeSet<PathBuf>,
    /// Of the files' state, what is built of crates, the arguments and the environment.
    hash: u64,
}

impl Known {
    /// What was noted; `None` if nothing was, or it cannot be read.
    pub(super) fn read(cells: &Path) -> Option<Self> {
        let text = fs::read(cells.join(FILE)).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Forgets what was noted.
    fn forget(cells: &Path) {
        // There may be none.
        let _ = fs::remove_file(cells.join(FILE));
    }

    /// Whether it is the same now.
    ///
    /// # Time complexity
    ///
    /// O(files + libraries), where files are those of crates that are given by a path, and a
    /// dozen more.
    pub(super) fn holds(&self, cells: &Path, arguments: &[OsString], programs: &[PathBuf]) -> bool {
        self.hash == hash(cells, &self.files, arguments, programs)
    }

    /// Notes it for a build that began then, unless a file has changed since; nothing of crates
    /// that cannot be seen through. What fails costs the next cell the time of cargo.
    pub(super) fn note(
        cells: &Path,
        arguments: &[OsString],
        programs: &[PathBuf],
        begun: SystemTime,
    ) {
        let noted = files(cells)
            .filter(|files| files.iter().all(|file| is_older(file, begun)))
            .and_then(|files| {
                let hash = hash(cells, &files, arguments, programs);
                let text = serde_json::to_vec(&Self { files, hash }).ok()?;
                fs::write(cells.join(FILE), text).ok()
            });
        if noted.is_none() {
            Self::forget(cells);
            Call::forget(cells);
        }
    }
}

fn hash(
    cells: &Path,
    files: &BTreeSet<PathBuf>,
    arguments: &[OsString],
    programs: &[PathBuf],
) -> u64 {
    let mut hasher = DefaultHasher::new();
    libraries(cells).hash(&mut hasher);
    arguments.hash(&mut hasher);
    let variables: BTreeSet<(OsString, OsString)> = env::vars_os().collect();
    variables.hash(&mut hasher);
    for file in files.iter().chain(programs) {
        let found = fs::metadata(file).ok();
        let state =
            found.map(|found| (found.ino(), found.len(), found.mtime(), found.mtime_nsec()));
        (file, state).hash(&mut hasher);
    }
    hasher.finish()
}

/// Whether a file was last changed before that moment, or is not there.
fn is_older(file: &Path, than: SystemTime) -> bool {
    match fs::metadata(file) {
        Ok(found) => found.modified().is_ok_and(|time| time + TICK < than),
        Err(_) => true,
    }
}

/// What a build of the cells depends on; `None` if that cannot be told from outside.
fn files(cells: &Path) -> Option<BTreeSet<PathBuf>> {
    let lock = cells.join("Cargo.lock");
    let mut files = BTreeSet::from([cells.join("Cargo.toml"), lock.clone()]);
    let around = cells.ancestors().map(|folder| folder.join(".cargo"));
    let folders = around.chain(cargo_home());
    files.extend(folders.flat_map(|folder| CONFIGURATION.map(|name| folder.join(name))));
    for package in crates::given_by_path(&lock)? {
        files.extend(sources(cells, &package)?);
    }
    Some(files)
}

fn cargo_home() -> Option<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    home.or_else(|| Some(dirs::home_dir()?.join(".cargo")))
}

/// The files of a crate that cargo compiles again when one of them has changed, and the manifests
/// that it goes by; `None` if there are others, because it has a build script.
fn sources(cells: &Path, package: &str) -> Option<BTreeSet<PathBuf>> {
    if built(cells, "build").any(|folder| is_of(&folder, package)) {
        return None;
    }
    let library = package.replace('-', "_");
    let lists = built(cells, "deps").filter(|file| is(file, "d") && is_of(file, &library));
    let mut files = BTreeSet::new();
    for list in lists {
        files.extend(listed(&fs::read_to_string(list).ok()?)?);
    }
    // Its library may have another name.
    if files.is_empty() {
        return None;
    }
    let folders: BTreeSet<&Path> = files.iter().flat_map(|file| file.ancestors()).collect();
    let manifests = folders.iter().map(|folder| folder.join("Cargo.toml"));
    let manifests: Vec<PathBuf> = manifests.collect();
    files.extend(manifests);
    Some(files)
}

/// What the compiler has made of crates: cargo makes anew what is missing.
fn libraries(cells: &Path) -> BTreeSet<PathBuf> {
    let files = built(cells, "deps");
    let of_crates = files.filter(|file| {
        is(file, "rlib") || is(file, "rmeta") || is(file, "so") && !file.ends_with(linker::CELL)
    });
    of_crates.collect()
}

fn is(file: &Path, extension: &str) -> bool {
    file.extension().is_some_and(|found| found == extension)
}

/// What is in one of cargo's folders of all targets.
fn built(cells: &Path, folder: &str) -> impl Iterator<Item = PathBuf> {
    let target = cells.join("target");
    let of_targets = entries(&target).map(|folder| folder.join("debug"));
    let profiles = of_targets.chain([target.join("debug")]);
    profiles.flat_map(move |profile| entries(&profile.join(folder)))
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path())
}

/// Whether a file is named after that, with cargo's hash behind it.
fn is_of(file: &Path, name: &str) -> bool {
    let stem = file.file_stem().map(OsStr::to_string_lossy);
    let stem = stem.as_deref().and_then(|stem| stem.rsplit_once('-'));
    stem.is_some_and(|(own, _)| own == name)
}

/// The files in a list as the compiler writes it: each once more on a line of its own. `None` if
/// one of them is not named from the root.
fn listed(list: &str) -> Option<BTreeSet<PathBuf>> {
    let alone = list.lines().filter_map(|line| line.strip_suffix(':'));
    let files: BTreeSet<PathBuf> = alone
        .map(|file| PathBuf::from(file.replace("\\ ", " ")))
        .collect();
    files.iter().all(|file| file.is_absolute()).then_some(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;

    /// A folder of cells that use one crate, which has been built.
    struct Place(tempfile::TempDir);

    impl Place {
        fn new() -> Self {
            let place = Self(tempfile::tempdir().expect("the system has a temporary folder"));
            let source = place.path("a b/src/lib.rs");
            let shown = source.to_string_lossy().replace(' ', "\\ ");
            for (name, text) in [
                ("a b/Cargo.toml", ""),
                ("a b/src/lib.rs", ""),
                ("cells/Cargo.toml", ""),
                ("cells/Cargo.lock", LOCK),
                (LIST, &format!("/t/libby_path.rlib: {shown}\n\n{shown}:\n")),
            ] {
                place.write(name, text);
            }
            place
        }

        fn path(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn write(&self, name: &str, text: &str) {
            let path = self.path(name);
            let folder = path.parent().expect("it is in a folder");
            fs::create_dir_all(folder).expect("folders can be made");
            fs::write(path, text).expect("files can be written");
        }

        /// Whether a build that began so long ago is known, and still holds.
        fn holds(&self, ago: Duration) -> Option<bool> {
            Known::note(&self.path("cells"), &[], &[], SystemTime::now() - ago);
            self.still_holds()
        }

        fn still_holds(&self) -> Option<bool> {
            let cells = self.path("cells");
            Known::read(&cells).map(|known| known.holds(&cells, &[], &[]))
        }

        fn age(&self) {
            let hour = Duration::from_secs(3600);
            for name in [
                "a b/Cargo.toml",
                "a b/src/lib.rs",
                "cells/Cargo.toml",
                "cells/Cargo.lock",
            ] {
                let file = File::options().write(true).open(self.path(name));
                let set = file.and_then(|file| file.set_modified(SystemTime::now() - hour));
                set.expect("times can be set");
            }
        }
    }

    const LIST: &str = "cells/target/x/debug/deps/by_path-1234.d";
    const LOCK: &str = "version = 4\n[[package]]\nname = \"ctx\"\nversion = \"1.0.0\"\n\
        [[package]]\nname = \"by-path\"\nversion = \"1.0.0\"\n\
        [[package]]\nname = \"other\"\nversion = \"1.0.0\"\nsource = \"registry+x\"\n";

    #[test]
    fn a_build_holds_until_a_file_changes() {
        let place = Place::new();
        assert_eq!(
            place.holds(Duration::from_secs(60)),
            None,
            "all files are new"
        );
        for changed in [
            "a b/src/lib.rs",
            "a b/Cargo.toml",
            "cells/Cargo.toml",
            // These are not there before: one makes the crate a member of a workspace.
            "cells/.cargo/config.toml",
            "Cargo.toml",
        ] {
            let place = Place::new();
            place.age();
            assert_eq!(place.holds(Duration::from_secs(60)), Some(true));
            place.write(changed, "# other\n");
            assert_eq!(place.still_holds(), Some(false), "{changed}");
        }
    }

    #[test]
    fn other_arguments_are_another_build() {
        let place = Place::new();
        place.age();
        assert_eq!(place.holds(Duration::from_secs(60)), Some(true));
        let known = Known::read(&place.path("cells")).expect("it is noted");
        assert!(!known.holds(&place.path("cells"), &["--offline".into()], &[]));
    }

    #[test]
    fn a_crate_that_cannot_be_seen_through_is_left_to_cargo() {
        let place = Place::new();
        place.age();
        place.write("cells/target/debug/build/by-path-1234/output", "");
        assert_eq!(place.holds(Duration::from_secs(60)), None);
        let place = Place::new();
        place.write("cells/Cargo.lock", "of another form");
        place.age();
        assert_eq!(place.holds(Duration::from_secs(60)), None);
        let place = Place::new();
        place.age();
        fs::remove_file(place.path(LIST)).expect("it is there");
        assert_eq!(place.holds(Duration::from_secs(60)), None);
    }

    #[test]
    fn files_of_a_list_are_named_from_the_root() {
        assert_eq!(listed("/t/a.rlib: src/lib.rs\n\nsrc/lib.rs:\n"), None);
        let files = listed("/t/a.rlib: /b\\ c /d\n\n/b\\ c:\n/d:\n\n# env-dep:HOME\n");
        assert_eq!(
            files,
            Some(BTreeSet::from(["/b c", "/d"].map(PathBuf::from)))
        );
    }
}
