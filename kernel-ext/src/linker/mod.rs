//! This program as the `cc` by which rustc links cells: crates are linked once for all cells.
//!
//! A cell is a library of its own, and rustc links the crates that it uses into each anew. So
//! every cell would have its own statics of them: what `log` is told in one, it would not know
//! in the next. And each would take the linker as long as it takes to look through all crates.
//! Here, each crate becomes a shared library as soon as a cell needs it ([`shared`]), and a cell
//! is linked against those. They are kept with what the compiler made of the crates.
//!
//! A user who has told cargo of another linker has that one. Whatever else is linked, and any cell
//! for which this does not work, is left to the `cc` that there is without this one.

mod arguments;
mod shared;

use crate::builder;
use crate::environment::cells_folder;
use crate::tools::Tool;
pub(crate) use arguments::CELL;
use arguments::Link;
pub(crate) use shared::EXTENSION;
use std::ffi::OsString;
use std::process::ExitCode;

/// A file in the folder of the cells: libraries have been made since it was removed.
pub(crate) const MADE: &str = "libraries-made";

/// Links.
pub(crate) fn run(arguments: &[OsString]) -> ExitCode {
    let cells = cells_folder().filter(|cells| arguments::is_cell(arguments, cells));
    if let Some(cells) = cells {
        builder::note(&cells);
        if let Some(compiler) = Tool::Cc.other()
            && let Some(link) = Link::of_cell(arguments, &cells)
            && shared::link(&compiler, &link, &cells.join(MADE)).is_ok()
        {
            return ExitCode::SUCCESS;
        }
    }
    Tool::Cc.pass_on(arguments)
}
