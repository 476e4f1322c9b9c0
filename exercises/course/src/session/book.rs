//! Building the book in this process, exactly as `mdbook build book` would.
//!
//! The library behind that command is used, so that a learner needs no mdBook.
//! The result lies where the stock tool puts it, in `book/book/` unless
//! `book.toml` says otherwise.

use std::path::PathBuf;

use anyhow::{Context, Result};
use mdbook_driver::MDBook;

use super::lock::lock;
use super::paths::Layout;
use super::progress::Console;

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
    let book = MDBook::load(&sources).with_context(explain)?;
    book.build().with_context(explain)?;
    step.done("built");
    Ok(book.build_dir_for("html"))
}
