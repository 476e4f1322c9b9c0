//! The versions of a session's crates, which stay what they are when a cell adds a crate.
//!
//! evcxr checks what stands behind `:dep` in a package that has no other dependency, in the
//! folder of the session's own. Cargo then drops all other crates from `Cargo.lock`, and the
//! next build takes their newest versions: crates are compiled again that somebody has
//! released a version of. So the versions are kept in a second file, and put back.

use super::lock;
use anyhow::Context as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Cargo's file in the package of the cells.
pub(crate) const LOCK: &str = "Cargo.lock";

/// Ours beside it.
pub(crate) const KEPT: &str = "Cargo.lock.kept";

/// The versions in the package of a kernel's cells.
#[derive(Debug, Clone)]
pub(super) struct Versions {
    lock: PathBuf,
    kept: PathBuf,
}

impl Versions {
    /// Of the package in this folder.
    pub(super) fn of(package: &Path) -> Self {
        Self {
            lock: package.join(LOCK),
            kept: package.join(KEPT),
        }
    }

    /// Before a cell: takes over the versions that a crate given by a path was tested with,
    /// where there are none yet; `folder` is where such a path begins.
    ///
    /// # Errors
    ///
    /// If a file cannot be copied; cargo takes the newest versions then.
    pub(super) fn prepare(&self, code: &str, folder: &Path) -> anyhow::Result<()> {
        if lock::is_new(&self.kept)
            && lock::is_new(&self.lock)
            && let Some(tested) = lock::versions_for(code, folder)
        {
            copy(&tested, &self.kept)?;
        }
        self.put_back()
    }

    /// Puts them back, wherever they have gone.
    ///
    /// # Errors
    ///
    /// If the file cannot be copied.
    pub(super) fn put_back(&self) -> anyhow::Result<()> {
        match self.kept.is_file() {
            true => copy(&self.kept, &self.lock),
            false => Ok(()),
        }
    }

    /// A cell has been compiled with these.
    ///
    /// Versions that it did not need are kept as well, as long as it needed no others: they
    /// are those of a workspace, from which a later cell may use more.
    ///
    /// # Errors
    ///
    /// If the file cannot be copied.
    pub(super) fn keep(&self) -> anyhow::Result<()> {
        match lock::is_within(&self.lock, &self.kept) {
            true => Ok(()),
            false => copy(&self.lock, &self.kept),
        }
    }
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::copy(from, to).with_context(|| format!("cannot copy {}", from.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(crates: &[(&str, &str)]) -> String {
        let own = [&("ctx", "1.0.0")].into_iter().chain(crates);
        let packages = own.map(|(name, version)| {
            format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n")
        });
        packages.collect()
    }

    #[test]
    fn versions_outlast_what_evcxr_makes_of_the_file() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let versions = Versions::of(folder.path());
        let write = |crates: &[(&str, &str)]| {
            fs::write(folder.path().join(LOCK), lock(crates)).expect("files can be written");
        };
        let read = || fs::read_to_string(folder.path().join(LOCK)).expect("the file is there");
        versions
            .put_back()
            .expect("there is nothing to be put back");

        write(&[("rand", "0.9.1"), ("rand_core", "0.9.0")]);
        versions.keep().expect("files can be copied");
        write(&[("regex", "1.12.0")]);
        versions.put_back().expect("files can be copied");
        assert_eq!(read(), lock(&[("rand", "0.9.1"), ("rand_core", "0.9.0")]));

        // A cell that needs fewer leaves them as they are, one that needs more does not.
        write(&[("rand", "0.9.1")]);
        versions.keep().expect("files can be copied");
        versions.put_back().expect("files can be copied");
        assert_eq!(read(), lock(&[("rand", "0.9.1"), ("rand_core", "0.9.0")]));
        write(&[("rand", "0.8.5")]);
        versions.keep().expect("files can be copied");
        versions.put_back().expect("files can be copied");
        assert_eq!(read(), lock(&[("rand", "0.8.5")]));
    }

    #[test]
    fn a_crate_given_by_a_path_brings_its_own() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let root = folder.path();
        for name in ["cells", "own"] {
            fs::create_dir(root.join(name)).expect("folders can be made");
        }
        let tested = lock(&[("rand", "0.9.0")]);
        fs::write(root.join("own").join(LOCK), &tested).expect("files can be written");
        let versions = Versions::of(&root.join("cells"));
        let prepare = || versions.prepare(":dep own = { path = \"own\" }", root);
        let read = || fs::read_to_string(root.join("cells").join(LOCK));
        prepare().expect("files can be copied");
        assert_eq!(read().expect("the file is there"), tested);

        // Later they are the session's, whatever has become of the crate's.
        fs::write(root.join("own").join(LOCK), lock(&[])).expect("files can be written");
        prepare().expect("files can be copied");
        assert_eq!(read().expect("the file is there"), tested);
    }
}
