//! Versions: which a build has used, and which a crate given by its path was tested with.

use super::dependencies;
use serde::Deserialize;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What a `Cargo.lock` says, as far as it matters here.
#[derive(Debug, Default, Deserialize)]
struct Lock {
    #[serde(default)]
    package: Vec<Package>,
}

#[derive(Debug, PartialEq, Eq, Hash, Deserialize)]
struct Package {
    name: String,
    version: String,
    /// `None` for one that is given by its path.
    source: Option<String>,
}

/// `None` if it cannot be read.
fn try_read(file: &Path) -> Option<HashSet<Package>> {
    let text = fs::read_to_string(file).ok()?;
    let lock: Lock = toml::from_str(&text).ok()?;
    Some(lock.package.into_iter().collect())
}

/// No packages if it cannot be read.
fn read(file: &Path) -> HashSet<Package> {
    try_read(file).unwrap_or_default()
}

/// The names of the packages in a lock file; none if it cannot be read.
pub(super) fn packages(file: &Path) -> HashSet<String> {
    let packages = read(file).into_iter();
    packages.map(|package| package.name).collect()
}

/// The names of the packages that are given by their paths, but for the cells' own; `None` if the
/// lock file cannot be read.
pub(crate) fn given_by_path(file: &Path) -> Option<HashSet<String>> {
    let packages = try_read(file)?.into_iter();
    let given = packages.filter(|package| package.source.is_none() && package.name != super::CELLS);
    Some(given.map(|package| package.name).collect())
}

/// Whether all crates of a lock file, but the cells' own, are in another one in the same
/// versions.
pub(super) fn is_within(file: &Path, other: &Path) -> bool {
    let others = read(other);
    let mut packages = read(file).into_iter();
    packages.all(|package| package.name == super::CELLS || others.contains(&package))
}

/// The lock file of the first crate that a cell names by its path, in the crate's folder
/// or the nearest one around it.
///
/// With the versions in it, the crate is built as it was tested, and a network is needed
/// only for what was never downloaded. Cargo itself goes by the lock file of the package
/// that is built, which is evcxr's and has no versions yet.
pub(super) fn versions_for(code: &str, folder: &Path) -> Option<PathBuf> {
    let mut files = dependencies::paths(code).filter_map(|path| {
        let start = fs::canonicalize(folder.join(path)).ok()?;
        let mut places = start.ancestors().map(|folder| folder.join("Cargo.lock"));
        places.find(|file| file.is_file())
    });
    files.next()
}

/// Whether a lock file has no versions of dependencies yet: evcxr's own crate is all it has.
pub(super) fn is_new(file: &Path) -> bool {
    packages(file).len() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, expected: Option<&str>) {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let root = fs::canonicalize(folder.path()).expect("it is there");
        for crate_folder in ["alone", "all/member", "notebooks"] {
            fs::create_dir_all(root.join(crate_folder)).expect("folders can be made");
        }
        for file in ["alone/Cargo.lock", "all/Cargo.lock"] {
            fs::write(root.join(file), "").expect("files can be written");
        }
        let found = versions_for(code, &root.join("notebooks"));
        assert_eq!(found, expected.map(|file| root.join(file)), "{code}");
    }

    #[test]
    fn versions_are_those_of_the_workspace_around_a_crate() {
        let alone = ":dep alone = { path = \"../alone\" }";
        check(alone, Some("alone/Cargo.lock"));
        let member = ":dep rand\n:dep serde = \"1\"\n  :dep m = { features = [\"a\"], path = \"../all/member\" }";
        check(member, Some("all/Cargo.lock"));
    }

    #[test]
    fn other_crates_have_none() {
        check(":dep rand = \"0.9\"\n:dep plotters", None);
        check(":dep gone = { path = \"../gone\" }", None);
        check(":dep = nonsense {", None);
        check("let dep = 1;", None);
    }

    #[test]
    fn the_packages_of_a_lock_file_are_named() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let file = folder.path().join("Cargo.lock");
        assert!(is_new(&file));
        let text = "version = 4\n[[package]]\nname = \"ctx\"\nversion = \"1.0.0\"\n";
        fs::write(&file, text).expect("files can be written");
        assert!(is_new(&file));
        let text = format!("{text}[[package]]\nname = \"rand\"\nversion = \"0.9.2\"\n");
        fs::write(&file, text).expect("files can be written");
        assert_eq!(
            packages(&file),
            HashSet::from(["ctx".to_owned(), "rand".to_owned()])
        );
        assert!(!is_new(&file));
    }
}
