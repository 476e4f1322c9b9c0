//! Puts the versions of the session's crates back when a cell adds one.
//!
//! evcxr's check of a new crate has them forgotten (see `crates/versions.rs`), and builds in
//! the same breath. In between it does what the cell says, so it has to be said there.

use super::edited::Edit;
use crate::crates::{KEPT, LOCK};
use crate::engine::statements::commands;
use crate::environment::EVCXR_DIRECTORY_VAR;

/// A line for the shell behind the last `:dep` of a cell; `None` where it has none.
pub(super) fn edit(cell: &str) -> Option<Edit> {
    let mut end = 0;
    let mut last = None;
    for line in commands(cell).split_inclusive('\n') {
        end += line.len();
        if line.trim_start().starts_with(":dep ") {
            last = Some(end);
        }
    }
    last.map(|end| behind(end, cell))
}

/// The same at this byte, behind the end of a line.
pub(super) fn behind(at: usize, cell: &str) -> Edit {
    let folder = format!("${EVCXR_DIRECTORY_VAR}");
    // Before the first crate there is nothing to be put back.
    let line =
        format!("!test ! -f \"{folder}/{KEPT}\" || cp \"{folder}/{KEPT}\" \"{folder}/{LOCK}\"\n");
    let is_within_line = at > 0 && !cell[..at].ends_with('\n');
    Edit {
        replaced: at..at,
        text: match is_within_line {
            true => format!("\n{line}"),
            false => line,
        },
    }
}
