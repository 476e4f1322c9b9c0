//! Writing a learner's files so that none is ever half written or overwritten.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

/// Replaces a file's content whole: a reader, or a crash, meets the old or the new.
pub(crate) fn replace(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    let attempt = || -> anyhow::Result<()> {
        let folder = path.parent().context("the path has no folder")?;
        fs::create_dir_all(folder)?;
        let mut file = readable_by_others(&mut tempfile::Builder::new()).tempfile_in(folder)?;
        file.write_all(content)?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    attempt().with_context(|| {
        format!("{} cannot be written; check the disk's space and the folder's permissions, then run the command again", path.display())
    })
}

/// With the permissions of any file, where temporary files are the owner's alone.
fn readable_by_others<'b>(
    builder: &'b mut tempfile::Builder<'b, 'b>,
) -> &'b mut tempfile::Builder<'b, 'b> {
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

/// Keeps content under the first free of the names `STEM-1.EXT`, `STEM-2.EXT`, ...
pub(crate) fn keep(
    folder: &Path,
    stem: &str,
    extension: &str,
    content: &[u8],
) -> anyhow::Result<PathBuf> {
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    for n in 1_u32.. {
        let path = folder.join(format!("{stem}-{n}.{extension}"));
        // `create_new` decides and claims in one step, so that nothing is overwritten
        // even if two commands run at once.
        match fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
        {
            Ok(mut file) => {
                let written = file.write_all(content).and_then(|()| file.sync_all());
                written.with_context(|| format!("{} cannot be written", path.display()))?;
                return Ok(path);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => {
                return Err(error).with_context(|| format!("{} cannot be made", path.display()));
            }
        }
    }
    anyhow::bail!(
        "{} holds every `{stem}-N.{extension}` already",
        folder.display()
    )
}

/// The content of a file, if it is there.
///
/// # Errors
///
/// When it is there and cannot be read.
pub(crate) fn read(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
    }
}

/// Removes a file; one that is not there is removed already.
///
/// # Errors
///
/// When it is there and cannot be removed.
pub(crate) fn remove(path: &Path) -> anyhow::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed", path.display()))
        }
        _ => Ok(()),
    }
}
