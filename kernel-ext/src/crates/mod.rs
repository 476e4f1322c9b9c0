//! Crates that cells have used, kept built for later kernels.
//!
//! Each kernel compiles its cells in a folder of its own, so evcxr compiles `:dep plotters`
//! anew in each. Here, what cargo has built for a dependency is kept, and a later kernel's
//! folder gets it before its first build. Cargo decides as always whether it is fresh: by
//! compiler, flags, features, versions and times of change. A crate whose source was edited
//! is built again, and what is kept never changes the result, only the time.
//!
//! Not cargo's `build-dir` shared by all kernels, because a build locks it for as long as
//! it lasts, and because all kernels' cells have the same name. Not evcxr's `:cache`
//! either: it leaves out crates that are given by a path, which the course's own is.

mod compilation;
mod copy;
mod dependencies;
mod lock;
mod turn;
mod unit;
mod versions;

pub(crate) use compilation::{Building, Package};
pub(crate) use lock::given_by_path;
pub(crate) use versions::{KEPT, LOCK};

use anyhow::Context as _;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use turn::{Turn, Wanted};
use unit::{KeptUnit, Unit};

/// Environment variable: the folder to keep crates in; empty to keep none.
const FOLDER_VAR: &str = "KERNEL_EXT_CRATES";

/// What is kept at most, in bytes. The course's own set takes a tenth of it.
const LIMIT: u64 = 4 << 30;

/// What is kept beside crates, in the folder for them.
const BESIDE: &str = "beside";

/// evcxr's name for the package of cells.
pub(crate) const CELLS: &str = "ctx";

/// A folder of crates that are built.
#[derive(Debug, Clone)]
pub(crate) struct Crates {
    root: PathBuf,
    /// Of the compiler: what another one has built is of no use.
    compiler: String,
    limit: u64,
}

impl Crates {
    /// The user's; `None` where the user wants none, or has no home directory.
    ///
    /// It is `kernel-ext/crates` in the user's cache directory (on Linux `~/.cache`),
    /// unless [`FOLDER_VAR`] says otherwise.
    pub(crate) fn of_user(compiler: &str) -> Option<Self> {
        let root = choose(std::env::var_os(FOLDER_VAR), dirs::cache_dir())?;
        Some(Self {
            root,
            compiler: compiler.replace(['/', ' '], "-"),
            limit: LIMIT,
        })
    }

    /// Puts into a target folder what is kept and not there.
    ///
    /// # Errors
    ///
    /// If a file cannot be read or written; the target folder is as usable as before, since
    /// cargo builds what is not complete.
    ///
    /// # Time complexity
    ///
    /// O(files kept): libraries are linked, and the rest, about 3 KiB a file, is copied.
    pub(crate) fn lend(&self, target: &Path) -> anyhow::Result<()> {
        if !self.root.is_dir() {
            return Ok(());
        }
        let _guard = self.lock(File::lock_shared)?;
        for kept in self.units()? {
            match kept.is_whole() {
                true => kept.lend(target)?,
                // It is gone, too, if another kernel removes it at the same moment.
                false => drop(kept.remove()),
            }
        }
        Ok(())
    }

    /// Keeps what was built in a target folder, and was not kept or has changed since.
    ///
    /// # Errors
    ///
    /// If a file cannot be read or written; nothing is kept by halves.
    ///
    /// # Time complexity
    ///
    /// O(files in the target folder), plus copying those that are new.
    pub(crate) fn take(&self, target: &Path) -> anyhow::Result<()> {
        let used = lock::packages(&target.with_file_name("Cargo.lock"));
        let mut built = Unit::all_of(target)?;
        // What is there besides was lent, and is as it was.
        built.retain(|unit| unit.package() != CELLS && used.contains(unit.package()));
        if built.is_empty() {
            return Ok(());
        }
        fs::create_dir_all(&self.root)
            .with_context(|| format!("cannot make the folder {}", self.root.display()))?;
        let _guard = self.lock(File::lock)?;
        let now = SystemTime::now();
        for unit in &built {
            let kept = KeptUnit::new(self.folder(), unit);
            if !kept.has_all_of(unit)? {
                kept.replace_by(unit)?;
            }
            kept.touch(now)?;
        }
        self.keep_to_limit()
    }

    /// Waits for the turn to compile what a cell names, if that has to be compiled.
    fn turn(&self, code: &str, goes_on: impl FnMut() -> bool) -> Option<Turn> {
        let here = std::env::current_dir().ok()?;
        let wanted = Wanted::of(code, &here, &self.compiler)?;
        wanted
            .wait(&self.root, goes_on)
            .inspect_err(|error| tracing::warn!(%error, "crates may be compiled twice"))
            .ok()?
    }

    /// Where something else is kept for later kernels, which does not count for the limit.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.root.join(BESIDE).join(name)
    }

    fn folder(&self) -> PathBuf {
        self.root.join(&self.compiler)
    }

    /// One kernel changes the folder at a time, and none while another reads.
    fn lock(&self, how: fn(&File) -> std::io::Result<()>) -> anyhow::Result<File> {
        let path = self.root.join("lock");
        let lock = || {
            let file = File::create(&path)?;
            how(&file).map(|()| file)
        };
        lock().with_context(|| format!("cannot lock {}", path.display()))
    }

    fn units(&self) -> anyhow::Result<Vec<KeptUnit>> {
        KeptUnit::all_of(&self.folder())
    }

    /// Removes what was not used for longest, of any compiler.
    fn keep_to_limit(&self) -> anyhow::Result<()> {
        let mut units = Vec::new();
        for entry in fs::read_dir(&self.root)? {
            let folder = entry?.path();
            if folder.is_dir() && !folder.ends_with(BESIDE) {
                units.extend(KeptUnit::all_of(&folder)?);
            }
        }
        units.sort_by_cached_key(KeptUnit::used);
        let mut total: u64 = units.iter().map(KeptUnit::bytes).sum();
        for unit in units {
            if total <= self.limit {
                break;
            }
            total -= unit.bytes();
            unit.remove()?;
        }
        Ok(())
    }
}

fn choose(wanted: Option<OsString>, cache_directory: Option<PathBuf>) -> Option<PathBuf> {
    match wanted {
        Some(path) if path.is_empty() => None,
        // Cells may change the kernel's folder, and this is used for as long as it runs.
        Some(path) => std::path::absolute(path).ok(),
        None => cache_directory.map(|directory| directory.join("kernel-ext/crates")),
    }
}

#[cfg(test)]
mod tests;
