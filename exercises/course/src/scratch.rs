//! Temporary folders, also of programs that were stopped.
//!
//! Ctrl-C ends a command where it is, and nothing is cleaned up behind it. So each folder
//! holds a file that is locked for as long as its program runs, and whoever makes a folder
//! first removes those that nobody holds any more. Not by process id: seen from a
//! container, a program that runs may have none.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::Once;
use std::time::Duration;

use anyhow::Context;
use tempfile::TempDir;

/// How the names of all such folders begin.
const PREFIX: &str = "course-";

/// The file that is locked.
const LOCK: &str = ".in-use";

/// A folder younger than this may not be locked yet.
const YOUNG: Duration = Duration::from_secs(60);

/// A temporary folder; removed with this, or else by a later command.
#[derive(Debug)]
pub(crate) struct Scratch {
    folder: TempDir,
    _lock: File,
}

impl Scratch {
    /// A folder named `course-KIND-` and some letters.
    ///
    /// # Errors
    ///
    /// When the system's temporary folder cannot be written to.
    pub(crate) fn new(kind: &str) -> anyhow::Result<Self> {
        static ONCE: Once = Once::new();
        let place = tempfile::env::temp_dir();
        ONCE.call_once(|| remove_abandoned(&place));
        Self::within(&place, kind)
            .with_context(|| format!("the temporary folder {} cannot be used", place.display()))
    }

    fn within(place: &Path, kind: &str) -> io::Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix(&format!("{PREFIX}{kind}-"))
            .tempdir_in(place)?;
        let lock = File::create(folder.path().join(LOCK))?;
        lock.lock()?;
        Ok(Self {
            folder,
            _lock: lock,
        })
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Removes the folders of programs that have ended. What cannot be looked at or removed,
/// because it is another user's for instance, stays.
fn remove_abandoned(place: &Path) {
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        let is_ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if is_ours && is_abandoned(&entry.path()) {
            // Another command may be removing it just now.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn is_abandoned(folder: &Path) -> bool {
    let modified = fs::symlink_metadata(folder).and_then(|found| found.modified());
    let is_old = modified.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > YOUNG));
    is_old && File::open(folder.join(LOCK)).is_ok_and(|lock| lock.try_lock().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    /// Lets a folder look older than it is.
    fn age(folder: &Path) {
        let long_ago = SystemTime::now() - 2 * YOUNG;
        let opened = File::open(folder).expect("it is there");
        opened.set_modified(long_ago).expect("times can be set");
    }

    #[test]
    fn what_a_stopped_program_left_is_removed_and_what_is_in_use_stays() {
        let place = tempfile::tempdir().expect("the system has a temporary folder");
        let in_use = Scratch::within(place.path(), "a").expect("it can be made");
        let [stopped, young] = ["b", "c"].map(|kind| {
            let scratch = Scratch::within(place.path(), kind).expect("it can be made");
            // Its lock goes with the file, as when a program ends.
            scratch.folder.keep()
        });
        // Somebody else's, by its name and by what is in it.
        let others = ["other-d", "course-e"].map(|name| place.path().join(name));
        for folder in &others {
            fs::create_dir(folder).expect("folders can be made");
            age(folder);
        }
        age(in_use.path());
        age(&stopped);

        remove_abandoned(place.path());
        assert!(!stopped.exists());
        assert!(in_use.path().exists() && young.exists());
        assert!(others.iter().all(|folder| folder.exists()));
    }

    #[test]
    fn a_folder_goes_with_its_owner() {
        let place = tempfile::tempdir().expect("the system has a temporary folder");
        let scratch = Scratch::within(place.path(), "a").expect("it can be made");
        let path = scratch.path().to_owned();
        assert!(path.join(LOCK).exists());
        drop(scratch);
        assert!(!path.exists());
    }
}
