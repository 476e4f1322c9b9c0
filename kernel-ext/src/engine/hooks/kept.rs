//! The compiled hooks, for kernels that come later.

use super::SOURCES;
use crate::crates::Crates;
use anyhow::Context as _;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// How the shared standard library's name begins, and ends.
const STANDARD_LIBRARY: (&str, &str) = ("libstd-", ".so");

/// Where they are kept, with a sum of their bytes behind them.
#[derive(Debug)]
pub(super) struct Kept {
    file: PathBuf,
    /// Where the standard library is that they are compiled against.
    library_folder: PathBuf,
}

impl Kept {
    /// Those for a compiler; `None` where it cannot be told which standard library is its own.
    pub(super) fn for_compiler(sysroot: &Path, crates: &Crates) -> Option<Self> {
        let library = standard_library(sysroot)?;
        let found = fs::metadata(&library).ok()?;
        let mut hasher = DefaultHasher::new();
        (SOURCES, &library, found.modified().ok()?, found.len()).hash(&mut hasher);
        Some(Self {
            file: crates.beside(&format!("hooks-{:016x}", hasher.finish())),
            library_folder: library.parent()?.to_owned(),
        })
    }

    /// The folder in which they find the standard library.
    pub(super) fn library_folder(&self) -> &Path {
        &self.library_folder
    }

    /// What is kept; `None` if nothing is, or it is damaged.
    pub(super) fn read(&self) -> Option<Vec<u8>> {
        let mut content = fs::read(&self.file).ok()?;
        let end = content.len().checked_sub(size_of::<u64>())?;
        let sum = content.split_off(end);
        (sum == sum_of(&content)).then_some(content)
    }

    /// Keeps this library.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or written as a whole; then nothing is changed.
    pub(super) fn write(&self, library: &Path) -> anyhow::Result<()> {
        let content = fs::read(library)?;
        let folder = self.file.parent().context("the file is in no folder")?;
        fs::create_dir_all(folder)?;
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        new.write_all(&content)?;
        new.write_all(&sum_of(&content))?;
        new.persist(&self.file)?;
        Ok(())
    }
}

fn sum_of(content: &[u8]) -> [u8; 8] {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish().to_le_bytes()
}

/// The only one that there is: with another target's beside it, that takes rustc to say.
fn standard_library(sysroot: &Path) -> Option<PathBuf> {
    let entries = |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().flatten();
    let targets = entries(sysroot.join("lib/rustlib"));
    let files = targets.flat_map(|target| entries(target.path().join("lib")));
    let (begin, end) = STANDARD_LIBRARY;
    let mut found = files.filter(|file| {
        let name = file.file_name();
        let name = name.to_string_lossy();
        name.starts_with(begin) && name.ends_with(end)
    });
    let only = found.next()?.path();
    found.next().is_none().then_some(only)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(folder: &Path) -> Kept {
        Kept {
            file: folder.join("beside/hooks"),
            library_folder: PathBuf::new(),
        }
    }

    #[test]
    fn what_is_kept_is_read_unless_it_is_damaged() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let kept = kept(folder.path());
        assert_eq!(kept.read(), None);
        let library = folder.path().join("library");
        fs::write(&library, "content").expect("files can be written");
        kept.write(&library).expect("it can be kept");
        assert_eq!(kept.read().as_deref(), Some(b"content".as_slice()));
        let mut bytes = fs::read(&kept.file).expect("it is there");
        bytes[1] ^= 1;
        fs::write(&kept.file, &bytes).expect("files can be written");
        assert_eq!(kept.read(), None);
        fs::write(&kept.file, "short").expect("files can be written");
        assert_eq!(kept.read(), None);
    }

    #[test]
    fn a_compiler_with_two_standard_libraries_has_to_say_which() {
        let sysroot = tempfile::tempdir().expect("the system has a temporary folder");
        let add = |target: &str, name: &str| {
            let folder = sysroot.path().join("lib/rustlib").join(target).join("lib");
            fs::create_dir_all(&folder).expect("folders can be made");
            fs::write(folder.join(name), "").expect("files can be written");
            folder.join(name)
        };
        assert_eq!(standard_library(sysroot.path()), None);
        add("wasm32", "libstd-1.rlib");
        let own = add("x86_64", "libstd-2.so");
        assert_eq!(standard_library(sysroot.path()), Some(own));
        add("i686", "libstd-3.so");
        assert_eq!(standard_library(sysroot.path()), None);
    }
}
