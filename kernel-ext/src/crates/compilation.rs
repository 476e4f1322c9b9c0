//! What is done before and after the cells that compile crates.

use super::turn::Turn;
use super::{Crates, lock};
use anyhow::Context as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

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
        if let Err(error) = copy_versions(code, folder) {
            tracing::warn!("the newest versions are used: {error:#}");
        }
        if let Some(crates) = &self.crates
            && let Err(error) = crates.lend(&folder.join(TARGET))
        {
            tracing::warn!("crates that are kept are not used: {error:#}");
        }
    }

    /// The same before a cell is compiled: waits for a kernel that compiles the same crates,
    /// as long as `goes_on`.
    pub(crate) fn begin(&self, code: &str, goes_on: impl FnMut() -> bool) -> Building {
        let held = self.folder_of(code).zip(self.crates.as_ref());
        let held = held.map(|(folder, crates)| Held {
            turn: crates.turn(code, goes_on),
            crates: crates.clone(),
            target: folder.join(TARGET),
        });
        self.prepare(code);
        Building(Arc::new(Mutex::new(held)))
    }

    /// The folder, if a cell may have crates compiled there.
    fn folder_of(&self, code: &str) -> Option<&Path> {
        self.folder.as_deref().filter(|_| needs_crates(code))
    }
}

/// What a cell has had built, until it is kept.
#[derive(Debug, Clone)]
pub(crate) struct Building(Arc<Mutex<Option<Held>>>);

#[derive(Debug)]
struct Held {
    turn: Option<Turn>,
    crates: Crates,
    target: PathBuf,
}

impl Building {
    /// Keeps it, because the cell has been compiled; other kernels that wait have it then.
    pub(crate) fn compiled(&self) {
        if let Some(turn) = self.end()
            && let Err(error) = turn.compiled()
        {
            tracing::warn!("crates will be looked for again: {error:#}");
        }
    }

    /// Keeps it, because the cell is over, unless that has been done.
    pub(crate) fn over(&self) {
        drop(self.end());
    }

    fn end(&self) -> Option<Turn> {
        // Locked to the end: afterwards everything is kept, whoever has done it.
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Held {
            turn,
            crates,
            target,
        } = held.take()?;
        match crates.take(&target) {
            Ok(()) => turn,
            Err(error) => {
                tracing::warn!("crates are not kept: {error:#}");
                None
            }
        }
    }
}

/// Takes over the versions that a crate was tested with, where there are none yet.
fn copy_versions(code: &str, folder: &Path) -> anyhow::Result<()> {
    let own = folder.join("Cargo.lock");
    let here = std::env::current_dir().context("the kernel's folder is gone")?;
    let Some(versions) = lock::versions_for(code, &here) else {
        return Ok(());
    };
    if lock::is_new(&own) {
        std::fs::copy(&versions, &own)
            .with_context(|| format!("cannot copy {}", versions.display()))?;
    }
    Ok(())
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
