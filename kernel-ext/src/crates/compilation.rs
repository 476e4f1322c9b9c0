//! What is done before and after the cells that compile crates.

use super::Crates;
use super::turn::Turn;
use super::versions::Versions;
use crate::linker;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Commands after which evcxr compiles crates, or compiles them in another way.
const COMMANDS: [&str; 3] = [":dep", ":linker", ":opt"];

/// evcxr's target folder, in its package.
const TARGET: &str = "target";

/// The package in which a kernel's cells are compiled.
#[derive(Debug)]
pub(crate) struct Package {
    /// `None` if it is not known where evcxr compiles.
    folder: Option<PathBuf>,
    crates: Option<Crates>,
}

impl Package {
    /// The package of this process's cells.
    pub(crate) fn of_cells(folder: Option<PathBuf>, crates: Option<Crates>) -> Self {
        Self { folder, crates }
    }

    /// Gets ready what a cell may need. What fails costs time, and no cell.
    pub(crate) fn prepare(&self, code: &str) {
        let Some(folder) = self.folder_of(code) else {
            return;
        };
        let versions = Versions::of(folder);
        let prepared = match std::env::current_dir() {
            Ok(here) => versions.prepare(code, &here),
            Err(_) => versions.put_back(),
        };
        note_versions(prepared);
        if let Some(crates) = &self.crates
            && let Err(error) = crates.lend(&folder.join(TARGET))
        {
            tracing::warn!("crates that are kept are not used: {error:#}");
        }
    }

    /// A question about a cell has been answered, for which evcxr has checked its crates.
    pub(crate) fn asked(&self, code: &str) {
        if let Some(folder) = self.folder_of(code) {
            note_versions(Versions::of(folder).put_back());
        }
    }

    /// The same as [`Package::prepare`] before a cell is compiled: waits for a kernel that
    /// compiles the same crates, as long as `goes_on`.
    pub(crate) fn begin(&self, code: &str, goes_on: impl FnMut() -> bool) -> Building {
        let held = self.folder_of(code).map(|folder| Held {
            versions: Versions::of(folder),
            keeping: self.crates.as_ref().map(|crates| Keeping {
                turn: crates.turn(code, goes_on),
                crates: crates.clone(),
                target: folder.join(TARGET),
            }),
        });
        self.prepare(code);
        Building {
            held: Arc::new(Mutex::new(held)),
            folder: self.folder.clone(),
            crates: self.crates.clone(),
        }
    }

    /// The folder, if a cell may have crates compiled there.
    fn folder_of(&self, code: &str) -> Option<&Path> {
        self.folder.as_deref().filter(|_| needs_crates(code))
    }
}

/// What a cell has had built, until it is kept.
#[derive(Debug, Clone)]
pub(crate) struct Building {
    held: Arc<Mutex<Option<Held>>>,
    folder: Option<PathBuf>,
    crates: Option<Crates>,
}

#[derive(Debug)]
struct Held {
    versions: Versions,
    /// `None` where no crates are kept.
    keeping: Option<Keeping>,
}

#[derive(Debug)]
struct Keeping {
    turn: Option<Turn>,
    crates: Crates,
    target: PathBuf,
}

impl Building {
    /// Keeps it, because the cell has been compiled; other kernels that wait have it then.
    pub(crate) fn compiled(&self) {
        let mut held = self.lock();
        let Some(Held { versions, keeping }) = held.take() else {
            return;
        };
        note_versions(versions.keep());
        if let Some(turn) = keeping.and_then(Keeping::end)
            && let Err(error) = turn.compiled()
        {
            tracing::warn!("crates will be looked for again: {error:#}");
        }
    }

    /// Keeps it, because the cell is over, unless that has been done.
    pub(crate) fn over(&self) {
        let mut held = self.lock();
        if let Some(Held { versions, keeping }) = held.take() {
            note_versions(versions.put_back());
            drop(keeping.and_then(Keeping::end));
        }
        self.keep_libraries();
    }

    /// Keeps crates with the libraries that the linker has just made of them, which it does for
    /// the first cell that uses them. That is rarely the one that had them compiled.
    fn keep_libraries(&self) {
        let (Some(folder), Some(crates)) = (&self.folder, &self.crates) else {
            return;
        };
        if fs::remove_file(folder.join(linker::MADE)).is_ok()
            && let Err(error) = crates.take(&folder.join(TARGET))
        {
            tracing::warn!("crates will be linked again: {error:#}");
        }
    }

    /// Held to the end of keeping: afterwards everything is kept, whoever has done it.
    fn lock(&self) -> MutexGuard<'_, Option<Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keeping {
    fn end(self) -> Option<Turn> {
        match self.crates.take(&self.target) {
            Ok(()) => self.turn,
            Err(error) => {
                tracing::warn!("crates are not kept: {error:#}");
                None
            }
        }
    }
}

/// What fails costs time, and no cell.
fn note_versions(done: anyhow::Result<()>) {
    if let Err(error) = done {
        tracing::warn!("newer versions may be used: {error:#}");
    }
}

/// Whether a cell may have crates compiled. Where it does so unnoticed, what is kept is
/// not used, and no harm is done.
fn needs_crates(code: &str) -> bool {
    let is_command = |line: &str| {
        let word = line.trim_start().split(' ').next();
        word.is_some_and(|word| COMMANDS.contains(&word))
    };
    // evcxr adds tokio by itself where a cell waits.
    code.contains(".await") || code.lines().any(is_command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_and_waiting_need_crates() {
        assert!(needs_crates("// why\n  :dep rand = \"0.9\"\nlet a = 1;"));
        assert!(needs_crates("f().await"));
        assert!(needs_crates(":opt 1"));
        assert!(!needs_crates("let depth = 1; // not :dep"));
        assert!(!needs_crates(":vars"));
    }
}
