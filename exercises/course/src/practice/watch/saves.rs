//! Says when a file of a folder may have changed.
//!
//! The folder is watched, not the file: many editors save into a new file and rename it,
//! and a watch on a file stays with the one that is gone. One save can cause any number
//! of messages, and a message may be about another file: whoever gets it compares texts.
//!
//! Where the system's events do not work, the folder is looked at again and again: on
//! file systems whose changes are made on another machine, and where the system has no
//! more watches to give.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, ensure};
use notify::event::{AccessKind, AccessMode};
use notify::{
    Config, Event, EventHandler, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher,
};

/// How often to look where there are no events. A sixth of the two seconds within which
/// a verdict should be there; reading a course's stubs takes a few milliseconds.
const POLL: Duration = Duration::from_millis(300);

/// What a watch says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    /// Something in the folder may have changed.
    Changed,
    /// There will be no more messages, and why.
    Ended(String),
}

/// A folder that is watched, until this is dropped.
pub(super) struct Saves {
    _watcher: Box<dyn Watcher + Send>,
    /// Why the folder is polled, if it is.
    polled_because: Option<String>,
}

impl Saves {
    /// Watches a folder: by the system's events where they work.
    ///
    /// # Errors
    ///
    /// When the folder can be watched in no way.
    pub(super) fn of(
        folder: &Path,
        tell: impl Fn(Told) + Clone + Send + 'static,
    ) -> anyhow::Result<Self> {
        ensure!(
            folder.is_dir(),
            "{} is not a folder, so it cannot be watched",
            folder.display()
        );
        if is_remote(folder) {
            let why = "the folder is on a file system that may change elsewhere";
            return Self::polled(folder, why.to_owned(), tell);
        }
        match watch::<RecommendedWatcher>(folder, Config::default(), tell.clone()) {
            Ok(watcher) => Ok(Self {
                _watcher: watcher,
                polled_because: None,
            }),
            Err(error) => Self::polled(folder, in_words(&error), tell),
        }
    }

    /// Watches a folder by looking at it again and again.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub(super) fn polled(
        folder: &Path,
        because: String,
        tell: impl Fn(Told) + Send + 'static,
    ) -> anyhow::Result<Self> {
        // Contents rather than times, which some file systems keep to the second.
        let config = Config::default()
            .with_poll_interval(POLL)
            .with_compare_contents(true);
        let watcher = watch::<PollWatcher>(folder, config, tell)
            .with_context(|| format!("{} cannot be watched", folder.display()))?;
        Ok(Self {
            _watcher: watcher,
            polled_because: Some(because),
        })
    }

    /// Why the folder is polled, if it is.
    pub(super) fn polled_because(&self) -> Option<&str> {
        self.polled_because.as_deref()
    }
}

fn watch<W: Watcher + Send + 'static>(
    folder: &Path,
    config: Config,
    tell: impl Fn(Told) + Send + 'static,
) -> notify::Result<Box<dyn Watcher + Send>> {
    let handler = Handler {
        folder: folder.to_owned(),
        tell,
    };
    let mut watcher = W::new(handler, config)?;
    watcher.watch(folder, RecursiveMode::NonRecursive)?;
    Ok(Box::new(watcher))
}

struct Handler<T> {
    folder: PathBuf,
    tell: T,
}

impl<T: Fn(Told) + Send + 'static> EventHandler for Handler<T> {
    fn handle_event(&mut self, event: notify::Result<Event>) {
        match event {
            Ok(event) => {
                if let Some(told) = meaning(&self.folder, &event) {
                    (self.tell)(told);
                }
            }
            Err(error) => (self.tell)(Told::Ended(in_words(&error))),
        }
    }
}

/// What an event means for a watched folder; `None` if nothing.
fn meaning(folder: &Path, event: &Event) -> Option<Told> {
    let is_folder = event.paths.iter().any(|path| path == folder);
    match event.kind {
        // The watch is on the folder that is gone, and would not see a new one.
        EventKind::Remove(_) if is_folder => Some(Told::Ended("the folder was replaced".into())),
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Told::Changed),
        // Reading the file is no change; grading would cause the next event.
        EventKind::Access(_) => None,
        _ => Some(Told::Changed),
    }
}

fn in_words(error: &notify::Error) -> String {
    match error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "this system has no more file watches to give (fs.inotify.max_user_watches)".to_owned()
        }
        _ => error.to_string(),
    }
}

/// Whether another machine may change the folder, of which this one gets no events.
#[cfg(target_os = "linux")]
fn is_remote(folder: &Path) -> bool {
    /// `f_type` of statfs(2), and of the kernel's headers for the last three: NFS, SMB
    /// (old), SMB2, CIFS, Coda, AFS, Ceph, FUSE (sshfs, many shared folders of virtual
    /// machines), 9P (WSL's Windows drives), VirtualBox's shared folders.
    const REMOTE: [u64; 10] = [
        0x6969,
        0x517b,
        0xfe53_4d42,
        0xff53_4d42,
        0x7375_7245,
        0x5346_414f,
        0x00c3_6400,
        0x6573_5546,
        0x0102_1997,
        0x786f_4256,
    ];
    // The type's width differs between machines; 32 bits hold every value.
    rustix::fs::statfs(folder)
        .is_ok_and(|about| REMOTE.contains(&(about.f_type as u64 & 0xffff_ffff)))
}

#[cfg(not(target_os = "linux"))]
fn is_remote(_folder: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::mpsc::{Receiver, channel};

    use notify::event::{CreateKind, DataChange, ModifyKind, RemoveKind};

    use super::*;

    /// Longer than any system takes; only a failure waits for so long.
    const LIMIT: Duration = Duration::from_secs(60);

    fn teller() -> (impl Fn(Told) + Clone + Send + 'static, Receiver<Told>) {
        let (sender, receiver) = channel();
        let tell = move |told| {
            // The watch may outlive the test's interest.
            let _ = sender.send(told);
        };
        (tell, receiver)
    }

    /// Renames a new version over a file, and expects to be told.
    fn is_told_of_a_rename(saves: impl FnOnce(&Path) -> (Saves, Receiver<Told>)) {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let file = folder.path().join("ring.rs");
        fs::write(&file, "old").expect("written");
        let (_saves, told) = saves(folder.path());
        fs::write(folder.path().join("ring.new"), "new").expect("written");
        fs::rename(folder.path().join("ring.new"), &file).expect("renamed");
        assert_eq!(told.recv_timeout(LIMIT), Ok(Told::Changed));
    }

    #[test]
    fn a_save_by_rename_is_told_of() {
        is_told_of_a_rename(|folder| {
            let (tell, told) = teller();
            let saves = Saves::of(folder, tell).expect("it is watched");
            (saves, told)
        });
    }

    #[test]
    fn a_save_is_told_of_without_events_too() {
        is_told_of_a_rename(|folder| {
            let (tell, told) = teller();
            let saves = Saves::polled(folder, "of the test".to_owned(), tell);
            (saves.expect("it is watched"), told)
        });
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        let (tell, _told) = teller();
        let error = Saves::of(Path::new("no/such/folder"), tell).err();
        let error = format!("{:#}", error.expect("there is nothing to watch"));
        assert!(error.contains("no/such/folder is not a folder"), "{error}");
    }

    #[track_caller]
    fn check(kind: EventKind, path: &str, expected: Option<Told>) {
        let event = Event::new(kind).add_path(path.into());
        assert_eq!(meaning(Path::new("stubs"), &event), expected, "{kind:?}");
    }

    #[test]
    fn reading_is_no_change() {
        let file = "stubs/ring.rs";
        let changed = || Some(Told::Changed);
        let close = |mode| EventKind::Access(AccessKind::Close(mode));
        check(close(AccessMode::Write), file, changed());
        check(close(AccessMode::Read), file, None);
        check(
            EventKind::Access(AccessKind::Open(AccessMode::Any)),
            file,
            None,
        );
        check(EventKind::Create(CreateKind::File), file, changed());
        check(
            EventKind::Modify(ModifyKind::Data(DataChange::Any)),
            file,
            changed(),
        );
        check(EventKind::Remove(RemoveKind::File), file, changed());
    }

    #[test]
    fn a_folder_that_goes_ends_the_watch() {
        let ended = Some(Told::Ended("the folder was replaced".to_owned()));
        check(EventKind::Remove(RemoveKind::Folder), "stubs", ended);
    }
}
