//! Building the book in this process, exactly as `mdbook build book` would.
//!
//! The library behind that command is used, so that a learner needs no mdBook.
//! The result lies where the stock tool puts it, in `book/book/` unless
//! `book.toml` says otherwise.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mdbook_driver::MDBook;
use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::lock::lock;
use super::paths::Layout;
use super::progress::Console;

/// Where the book is built, beside the folder that is served.
const FRESH: &str = "book.fresh";

/// Builds the book and says where its pages are.
///
/// # Errors
///
/// If a page, its includes or a preprocessor fail; with mdBook's own message.
pub(crate) fn build(layout: &Layout, console: &Console) -> Result<PathBuf> {
    let sources = layout.book();
    let _lock = lock(&sources.join("book.toml"), console)?;
    let step = console.step("Book");
    step.note("building");
    let explain = || format!("could not build the book in {}", sources.display());
    let mut book = MDBook::load(&sources).with_context(explain)?;
    let pages = book.build_dir_for("html");
    book.config.build.build_dir = FRESH.into();
    book.build().with_context(explain)?;
    put_in_place(&book.build_dir_for("html"), &pages).with_context(explain)?;
    step.done("built");
    Ok(pages)
}

/// Replaces the pages at one moment: another course may be serving the ones before, and
/// a reader of it must not meet a page that is not there yet.
fn put_in_place(fresh: &Path, pages: &Path) -> io::Result<()> {
    if !pages.exists() {
        return fs::rename(fresh, pages);
    }
    let swapped = renameat_with(CWD, fresh, CWD, pages, RenameFlags::EXCHANGE);
    if swapped.is_err() {
        // A file system that cannot swap: what it has for a moment is no pages.
        let old = fresh.with_extension("old");
        fs::rename(pages, &old)?;
        fs::rename(fresh, pages)?;
        return fs::remove_dir_all(old);
    }
    fs::remove_dir_all(fresh)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_pages_replace_old_ones_and_leave_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let (fresh, pages) = (folder.path().join(FRESH), folder.path().join("book"));
        for text in ["first", "second"] {
            fs::create_dir(&fresh).unwrap();
            fs::write(fresh.join("index.html"), text).unwrap();
            put_in_place(&fresh, &pages).unwrap();
            assert_eq!(fs::read_to_string(pages.join("index.html")).unwrap(), text);
            assert!(!fresh.exists());
        }
    }
}
