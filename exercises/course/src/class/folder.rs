//! Reading strangers' folders: no link is followed, nothing but a file is opened.
//!
//! A path is walked name by name from a folder that is open already, each name with
//! `O_NOFOLLOW`, so that not even a link which somebody puts there meanwhile leads
//! out. A pipe or a device is told by its kind before it is opened, since opening
//! alone can wait for ever; should it change in between, `O_NONBLOCK` does not wait.
//!
//! Sources: open(2), and "Secure programming with the openat family", LWN 164887.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::Read;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, fstat, openat, statat};
use rustix::io::Errno;

/// The largest file that is graded: twenty times the longest reference.
pub(super) const FILE_BYTES: u64 = 256 << 10;

/// Why something is not read, in words for a report.
pub(super) type Refusal = String;

/// An open folder.
#[derive(Debug)]
pub(super) struct Folder(OwnedFd);

impl Folder {
    /// Opens the folder at a path, which the caller trusts: links in it are followed.
    ///
    /// # Errors
    ///
    /// When it is not there, is no folder, or may not be read.
    pub(super) fn open(path: &Path) -> std::io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self(openat(CWD, path, flags, Mode::empty())?))
    }

    /// Opens the folder of this name in it.
    ///
    /// # Errors
    ///
    /// The reason, when it is a link or no folder.
    pub(super) fn enter(&self, name: &OsStr) -> Result<Self, Refusal> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        openat(&self.0, name, flags, Mode::empty())
            .map(Self)
            .map_err(|error| cannot_be_read(name, error))
    }

    /// The names in it, sorted by their bytes.
    ///
    /// # Errors
    ///
    /// When the system cannot list it.
    pub(super) fn names(&self) -> std::io::Result<Vec<OsString>> {
        let mut names = Vec::new();
        for entry in Dir::read_from(&self.0)? {
            let name = OsStr::from_bytes(entry?.file_name().to_bytes()).to_owned();
            if name != "." && name != ".." {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    /// What this name is; nothing if there is no such name.
    ///
    /// # Errors
    ///
    /// The reason, when the system does not say.
    pub(super) fn kind(&self, name: &OsStr) -> Result<Option<FileType>, Refusal> {
        match statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(found) => Ok(Some(FileType::from_raw_mode(found.st_mode))),
            Err(Errno::NOENT | Errno::NOTDIR) => Ok(None),
            Err(error) => Err(cannot_be_read(name, error)),
        }
    }

    /// The text of the file of this name.
    ///
    /// # Errors
    ///
    /// The reason, when it is a link, a pipe, a device, too large, or no text.
    pub(super) fn read(&self, name: &OsStr) -> Result<String, Refusal> {
        self.read_up_to(name, FILE_BYTES)
    }

    /// The same with another limit.
    ///
    /// # Errors
    ///
    /// As there.
    pub(super) fn read_up_to(&self, name: &OsStr, limit_bytes: u64) -> Result<String, Refusal> {
        let file = self.open_file(name)?;
        let mut content = Vec::new();
        // Not what `fstat` says: the file may grow while it is read.
        file.take(limit_bytes + 1)
            .read_to_end(&mut content)
            .map_err(|error| cannot_be_read(name, error))?;
        if content.len() as u64 > limit_bytes {
            return Err(format!(
                "it is larger than {} KiB, which is more than any solution needs",
                limit_bytes >> 10
            ));
        }
        let text = String::from_utf8(content).map_err(|error| {
            let offset = error.utf8_error().valid_up_to();
            format!("it is not text: the byte at {offset} is not UTF-8")
        })?;
        match text.find('\0') {
            Some(offset) => Err(format!("it is not text: the byte at {offset} is zero")),
            None => Ok(text),
        }
    }

    fn open_file(&self, name: &OsStr) -> Result<File, Refusal> {
        match self.kind(name)? {
            Some(kind) if kind != FileType::RegularFile => return Err(is_no_file(kind)),
            _ => {}
        }
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let opened = openat(&self.0, name, flags, Mode::empty())
            .map_err(|error| cannot_be_read(name, error))?;
        let found = fstat(&opened).map_err(|error| cannot_be_read(name, error))?;
        match FileType::from_raw_mode(found.st_mode) {
            FileType::RegularFile => Ok(opened.into()),
            kind => Err(is_no_file(kind)),
        }
    }
}

fn cannot_be_read(name: &OsStr, error: impl std::fmt::Display) -> Refusal {
    format!("{} cannot be read: {error}", super::names::shown(name))
}

/// Why something that is no file is refused.
pub(super) fn is_no_file(kind: FileType) -> Refusal {
    let what = match kind {
        FileType::Symlink => "a symbolic link, and links are not followed",
        FileType::Directory => "a folder, not a file",
        FileType::Fifo => "a named pipe, not a file",
        FileType::CharacterDevice | FileType::BlockDevice => "a device, not a file",
        FileType::Socket => "a socket, not a file",
        _ => "not a file",
    };
    format!("it is {what}")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    fn read(make: impl FnOnce(&Path)) -> Result<String, Refusal> {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        make(&folder.path().join("a.rs"));
        Folder::open(folder.path())
            .expect("it is there")
            .read(OsStr::new("a.rs"))
    }

    #[track_caller]
    fn refused(make: impl FnOnce(&Path), expected: &str) {
        assert_eq!(read(make), Err(expected.to_owned()));
    }

    fn write(content: &[u8]) -> impl FnOnce(&Path) {
        move |path| fs::write(path, content).expect("it can be written")
    }

    #[test]
    fn a_file_of_text_is_read_up_to_the_limit() {
        assert_eq!(read(write(b"fn f() {}")).as_deref(), Ok("fn f() {}"));
        let full = vec![b' '; FILE_BYTES as usize];
        assert_eq!(read(write(&full)).map(|text| text.len()), Ok(full.len()));
        let over = vec![b' '; FILE_BYTES as usize + 1];
        refused(
            write(&over),
            "it is larger than 256 KiB, which is more than any solution needs",
        );
    }

    #[test]
    fn what_is_no_text_is_refused_with_the_place() {
        refused(
            write(b"ab\xff"),
            "it is not text: the byte at 2 is not UTF-8",
        );
        refused(write(b"a\0b"), "it is not text: the byte at 1 is zero");
    }

    #[test]
    fn links_pipes_and_folders_are_refused_unopened() {
        let link = |path: &Path| symlink("/etc/hostname", path).expect("made");
        refused(link, "it is a symbolic link, and links are not followed");
        refused(
            |path| fs::create_dir(path).expect("made"),
            "it is a folder, not a file",
        );
        // Reading it would wait for a writer, and so would opening it.
        let pipe = |path: &Path| {
            rustix::fs::mknodat(CWD, path, FileType::Fifo, Mode::RWXU, 0).expect("made");
        };
        refused(pipe, "it is a named pipe, not a file");
    }

    #[test]
    fn a_link_to_a_folder_is_not_entered() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        symlink("/", folder.path().join("stubs")).expect("made");
        let opened = Folder::open(folder.path()).expect("it is there");
        let error = opened.enter(OsStr::new("stubs")).expect_err("it is a link");
        assert!(error.starts_with("stubs cannot be read: "), "{error}");
    }
}
