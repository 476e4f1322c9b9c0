//! The history's file: who may write to it when, and how it stays bounded.
//!
//! Use it from as many kernels as there are: each access holds the lock of a second
//! file, `….lock`. That one is never replaced, whereas the history itself is when it is
//! cut, so that a lock on it could be one on a file that is gone. For the same reason
//! the file is opened anew for each line. The writes are not flushed to the disk: a
//! history is worth no waiting.

use super::past::Past;
use super::record::Record;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// The file, and the folder it is in, which exists.
#[derive(Debug)]
pub(super) struct Store {
    path: PathBuf,
    folder: PathBuf,
}

impl Store {
    /// Opens or creates the file and takes the next session's number.
    ///
    /// # Errors
    ///
    /// If the folder cannot be made, or the file cannot be read, locked or written to.
    ///
    /// # Time complexity
    ///
    /// O(n log n) for n lines in the file.
    pub(super) fn open(path: &Path) -> io::Result<(Self, usize, Past)> {
        let path = std::path::absolute(path)?;
        let folder = path.parent().map(Path::to_owned);
        let folder = folder.ok_or(io::ErrorKind::IsADirectory)?;
        fs::create_dir_all(&folder)?;
        let store = Self { path, folder };
        let _lock = store.lock()?;
        let file = private().open(&store.path)?;
        let past = Past::read(&file)?;
        if past.kept_from > 0 {
            store.cut(&file, past.kept_from)?;
        }
        let session = past.last_session.saturating_add(1);
        store.write(&Record::Session { session })?;
        Ok((store, session, past))
    }

    /// Adds a line.
    ///
    /// # Errors
    ///
    /// If the file cannot be locked or written to.
    pub(super) fn append(&self, record: &Record) -> io::Result<()> {
        let _lock = self.lock()?;
        self.write(record)
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Waits until no other kernel is at the file; dropping the value lets them go on.
    fn lock(&self) -> io::Result<File> {
        let mut path = OsString::from(&self.path);
        path.push(".lock");
        let file = private().open(path)?;
        file.lock()?;
        Ok(file)
    }

    /// Adds a line, under the lock, by one write.
    fn write(&self, record: &Record) -> io::Result<()> {
        let mut file = private().open(&self.path)?;
        let mut line = record.to_line()?;
        if !ends_a_line(&mut file)? {
            line.insert(0, b'\n');
        }
        file.write_all(&line)
    }

    /// Drops what comes before a byte, under the lock.
    fn cut(&self, mut file: &File, kept_from: u64) -> io::Result<()> {
        file.seek(SeekFrom::Start(kept_from))?;
        // Readable by the user alone, as all such files are.
        let mut kept = tempfile::NamedTempFile::new_in(&self.folder)?;
        io::copy(&mut file, &mut kept)?;
        // Else a crash of the machine could leave an empty file under the name.
        kept.as_file().sync_all()?;
        kept.persist(&self.path)?;
        Ok(())
    }
}

/// Opens for reading and for adding at the end; nobody but the user may read what is
/// created so, because inputs may hold secrets.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Whether the last line has its end: a full disk may have cut it short.
fn ends_a_line(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}
