//! Whose turn it is to compile what several kernels want at the same time.
//!
//! Without it, a class that opens a notebook compiles its crates as many times as it has
//! kernels. With it, one compiles; the others wait, and find the crates kept. Kernels with
//! other crates do not wait for each other, and nobody waits for crates that are known to be
//! compiled: rust-analyzer's part of such a cell takes seconds, and is each kernel's own.

use super::dependencies;
use std::collections::hash_map::DefaultHasher;
use std::fs::{self, File, TryLockError};
use std::hash::{Hash as _, Hasher as _};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How often it is looked whether the others are done. The lock itself cannot be waited for
/// with an end to it.
const PAUSE: Duration = Duration::from_millis(50);

/// As many files of a crate are looked at, and no more: a path may lead anywhere.
const MAX_FILES: usize = 20_000;

/// The crates of a cell.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Names them in a folder.
    name: String,
    /// Changes when a crate is edited that is given by its path.
    state: String,
}

/// The right to compile them, for as long as it is held by a process that is running.
#[derive(Debug)]
pub(super) struct Turn {
    file: File,
    state: String,
}

impl Wanted {
    /// By the `:dep` lines of a cell and the compiler; `folder` is where their paths begin.
    /// `None` if there are none.
    pub(super) fn of(code: &str, folder: &Path, compiler: &str) -> Option<Self> {
        let mut hasher = DefaultHasher::new();
        compiler.hash(&mut hasher);
        let mut has_any = false;
        for line in dependencies::of(code) {
            has_any = true;
            line.trim().hash(&mut hasher);
        }
        let mut newest = UNIX_EPOCH;
        let mut n_left = MAX_FILES;
        for path in dependencies::paths(code) {
            let path = fs::canonicalize(folder.join(&path)).unwrap_or(path);
            path.hash(&mut hasher);
            newest = newest.max(changed(&path, &mut n_left));
        }
        let newest = newest.duration_since(UNIX_EPOCH).unwrap_or_default();
        has_any.then(|| Self {
            name: format!("turn-{:016x}", hasher.finish()),
            state: format!("compiled {}", newest.as_nanos()),
        })
    }

    /// Waits for the turn; `None` if these crates have been compiled, or `goes_on`, which is
    /// asked again and again, says no.
    ///
    /// # Errors
    ///
    /// If the file cannot be made or locked.
    pub(super) fn wait(
        &self,
        folder: &Path,
        mut goes_on: impl FnMut() -> bool,
    ) -> io::Result<Option<Turn>> {
        fs::create_dir_all(folder)?;
        let mut file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(folder.join(&self.name))?;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if goes_on() => thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
        let mut compiled = String::new();
        file.read_to_string(&mut compiled)?;
        let state = self.state.clone();
        Ok((compiled != state).then_some(Turn { file, state }))
    }
}

impl Turn {
    /// Lets the others have what is kept by now.
    ///
    /// # Errors
    ///
    /// If the file cannot be written; the others compile then, one after the other.
    pub(super) fn compiled(mut self) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.rewind()?;
        self.file.write_all(self.state.as_bytes())
    }
}

/// When a file in a folder was last changed, without what cargo has built there.
fn changed(folder: &Path, n_left: &mut usize) -> SystemTime {
    let mut newest = UNIX_EPOCH;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if *n_left == 0 || name == "target" || name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        *n_left -= 1;
        // Links are not followed: they may lead back.
        let Ok(found) = entry.metadata() else {
            continue;
        };
        let here = match found.is_dir() {
            true => changed(&entry.path(), n_left),
            false => found.modified().unwrap_or(UNIX_EPOCH),
        };
        newest = newest.max(here);
    }
    newest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(code: &str, folder: &Path) -> Wanted {
        Wanted::of(code, folder, "1.95").expect("there is a dependency")
    }

    #[test]
    fn crates_are_the_same_by_their_lines_and_the_folders_that_these_name() {
        let root = tempfile::tempdir().expect("the system has a temporary folder");
        let [here, there] = ["here", "there"].map(|name| root.path().join(name));
        for folder in [&here, &there] {
            fs::create_dir_all(folder.join("own/src")).expect("folders can be made");
            fs::write(folder.join("own/src/lib.rs"), "").expect("files can be written");
        }
        let own = ":dep own = { path = \"own\" }";
        assert_eq!(wanted(own, &here).name, wanted(own, &here).name);
        assert_ne!(wanted(own, &here).name, wanted(own, &there).name);
        let rand = wanted(":dep rand", &here);
        assert_eq!(wanted("// why\n  :dep rand\nrand::random()", &there), rand);
        assert_ne!(wanted(":dep rand = \"0.9\"", &here).name, rand.name);
        assert_eq!(Wanted::of(":vars\n1", &here, "1.95"), None);
        let newer = Wanted::of(":dep rand", &here, "1.96");
        assert_ne!(newer.expect("there is a dependency").name, rand.name);
    }

    #[test]
    fn an_edited_crate_is_another_state_of_the_same_crates() {
        let root = tempfile::tempdir().expect("the system has a temporary folder");
        fs::create_dir_all(root.path().join("own/src")).expect("folders can be made");
        let source = root.path().join("own/src/lib.rs");
        fs::write(&source, "").expect("files can be written");
        let own = || wanted(":dep own = { path = \"own\" }", root.path());
        let before = own();
        assert_eq!(own(), before);
        let later = SystemTime::now() + Duration::from_secs(1);
        let file = File::options().write(true).open(&source);
        let edited = file.and_then(|file| file.set_modified(later));
        edited.expect("a time can be set");
        assert_eq!(own().name, before.name);
        assert_ne!(own().state, before.state);
        // What cargo writes there is no edit.
        fs::create_dir_all(root.path().join("own/target")).expect("folders can be made");
        let edited = own();
        fs::write(root.path().join("own/target/a"), "").expect("files can be written");
        assert_eq!(own(), edited);
    }

    #[test]
    fn one_has_its_turn_and_the_others_wait_until_it_has_compiled() {
        let root = tempfile::tempdir().expect("the system has a temporary folder");
        let crates = wanted(":dep rand", root.path());
        let turn = |wait: bool| {
            crates
                .wait(root.path(), || wait)
                .expect("a lock can be had")
        };
        let first = turn(true).expect("it is nobody's turn");
        assert!(turn(false).is_none(), "two have their turn");
        // It has failed, and another one tries.
        drop(first);
        let second = turn(true).expect("nothing has been compiled");
        thread::scope(|scope| {
            let waiting = scope.spawn(|| turn(true));
            second.compiled().expect("a file can be written");
            let waited = waiting.join().expect("it does not panic");
            assert!(waited.is_none(), "they are compiled twice");
        });
        assert!(turn(true).is_none());
    }
}
