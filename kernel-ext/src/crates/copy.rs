//! One file, in a second place.

use anyhow::Context as _;
use std::fs::{self, File};
use std::io;
use std::path::Path;

/// What the compiler writes under another name first, and then renames: a second name of
/// such a file keeps its content when the first is written anew. So do we. Cargo writes into
/// its own files, and linkers into theirs.
const LINKED: [&str; 3] = ["rlib", "rmeta", crate::linker::EXTENSION];

/// Puts a file there, with its time of change, by which cargo goes.
///
/// # Errors
///
/// If it cannot be read or written.
pub(super) fn put(from: &Path, to: &Path) -> anyhow::Result<()> {
    put_file(from, to)
        .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))
}

fn put_file(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    match fs::remove_file(to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let found = fs::symlink_metadata(from)?;
    if found.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    let is_linked = from
        .extension()
        .is_some_and(|extension| LINKED.iter().any(|linked| extension == *linked));
    // Another file system has no second names for it; then it is copied.
    if is_linked && fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to)?;
    File::options()
        .write(true)
        .open(to)?
        .set_modified(found.modified()?)
}
