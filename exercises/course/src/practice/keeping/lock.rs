//! One command at a time changes what a learner keeps.
//!
//! The system's own lock on a file in `.course/`. It ends with its holder, however
//! that ends, so a crash leaves nothing to clean up. It is held while a few small
//! files are written, never while something is graded; so nobody is told to wait,
//! unlike in `session::lock`, which is held through a set-up of minutes.

use std::fs::{self, File};
use std::io::ErrorKind;

use anyhow::Context;

use super::super::workspace::Workspace;

/// Holds the lock until dropped.
#[derive(Debug)]
pub(crate) struct Lock(#[expect(dead_code, reason = "the open file is the lock")] File);

impl Lock {
    /// Waits until no other command holds the lock. Not to be taken twice by one
    /// command: it would wait for itself.
    ///
    /// # Errors
    ///
    /// When `.course/` cannot be written to. A file system without locks is no error:
    /// a learner who keeps the course on one loses a record only by running two
    /// commands within the same millisecond.
    pub(crate) fn take(workspace: &Workspace) -> anyhow::Result<Self> {
        let path = workspace.progress_folder().join("lock");
        let open = || {
            fs::create_dir_all(workspace.progress_folder())?;
            let file = File::options().create(true).append(true).open(&path)?;
            match file.lock() {
                Err(error) if error.kind() != ErrorKind::Unsupported => Err(error),
                _ => Ok(file),
            }
        };
        open().map(Self).with_context(|| {
            format!(
                "{} cannot be locked; check the folder's permissions, then run the command again",
                path.display()
            )
        })
    }
}
