//! One set-up at a time in one checkout.
//!
//! Two `cargo course` in two terminals would both make `.venv/` and both write
//! the built book. The lock is the system's own on a file that is there anyway,
//! so nothing has to be created, ignored by git, or found stale after a crash:
//! the system lets go of it when its holder ends, however it ends.

use std::fs::{File, TryLockError};
use std::path::Path;

use anyhow::{Context, Result};

use super::progress::Console;

/// Holds the lock until dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// Waits until no other process holds the lock on `path`, and says that it waits.
///
/// # Errors
///
/// If the file cannot be opened. A file system that has no locks is no error:
/// whoever keeps a checkout on one starts one set-up at a time by themselves.
pub(crate) fn lock(path: &Path, console: &Console) -> Result<Lock> {
    let file = File::open(path).with_context(|| format!("could not open {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let step = console.step("Waiting for another `cargo course` in this checkout");
            file.lock()
                .with_context(|| format!("could not lock {}", path.display()))?;
            step.done("it is done");
        }
        Err(TryLockError::Error(error)) => {
            console.say(format!(
                "going on without a lock on {} ({error})",
                path.display()
            ));
        }
    }
    Ok(Lock { _file: file })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_waits_until_the_first_lets_go() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/session/lock.rs");
        let console = Console::default();
        let first = lock(&path, &console).expect("nobody holds it");
        let second = std::thread::scope(|scope| {
            let second = scope.spawn(|| lock(&path, &console).map(drop));
            while !console
                .statuses()
                .iter()
                .any(|step| step.title.starts_with("Waiting"))
            {
                std::thread::yield_now();
            }
            assert!(!second.is_finished());
            drop(first);
            second.join().expect("no panic")
        });
        assert!(second.is_ok());
    }
}
