//! Writing files that are either whole or not there.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};

/// Writes a file that is never seen half-written, not even after a crash or on
/// a full disk: it is written beside its place and renamed into it.
///
/// # Errors
///
/// If the folder cannot be made or the file not be written.
pub(crate) fn write_in_one_piece(path: &Path, text: &str) -> Result<()> {
    let context = || format!("could not write {}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(context)?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".draft");
    let draft = path.with_file_name(name);
    let mut file = fs::File::create(&draft).with_context(context)?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&draft, path))
        .with_context(context)
}

/// As [`write_in_one_piece`], unless the file holds this text already.
///
/// # Errors
///
/// As there.
pub(crate) fn keep_written(path: &Path, text: &str) -> Result<()> {
    match fs::read_to_string(path) {
        Ok(there) if there == text => Ok(()),
        _ => write_in_one_piece(path, text),
    }
}
