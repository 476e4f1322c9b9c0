//! A cell as it is given to evcxr, so that it is compiled once and by itself.
//!
//! evcxr tries things out: it compiles a cell with a guess, reads the errors and compiles it
//! again. What it would find out is written into the cell here. Where that is not possible,
//! or the result does not compile for a reason of its own, the cell goes to evcxr as it is;
//! so a cell never does anything else than in evcxr, but sooner.

mod display;
mod edited;
mod versions;
mod waiting;

use super::statements::{self, Statements};
pub(super) use display::BEFORE as BEFORE_VALUE;
pub(super) use edited::{Edited, OWN_NAMES};
use waiting::Waits;

/// What may be written in another way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Allowed {
    /// The value of a cell: not where the user has set another format for values.
    pub(super) display: bool,
    /// `.await`: not where evcxr has put all cells into its own runtime.
    pub(super) waiting: bool,
}

/// A cell for evcxr.
#[derive(Debug)]
pub(super) struct Rewritten {
    pub(super) edited: Edited,
    /// Whether the cell ends in an expression whose value it shows by itself.
    pub(super) shows_value: bool,
}

/// Rewrites a cell. `has_tokio` says whether `tokio` is among the dependencies already; it is
/// asked only for a cell to which that matters.
///
/// # Time complexity
///
/// O(n log n) in the length of the cell.
pub(super) fn rewrite(cell: &str, allowed: Allowed, has_tokio: impl FnOnce() -> bool) -> Rewritten {
    // A command may change what the rest of the cell means; `:dep` adds to it.
    if has_other_commands(cell) {
        return as_it_is(cell);
    }
    let Some(statements) = Statements::of(cell) else {
        return as_it_is(cell);
    };
    let mut waits = Waits::default();
    if allowed.waiting {
        waits = waiting::waits(&statements);
        if waits.is_beyond {
            return as_it_is(cell);
        }
    }
    let shown = match allowed.display {
        true => display::edits(cell, &statements),
        false => None,
    };
    let shows_value = shown.is_some();
    let may_wait = waits.names_tokio || !waits.edits.is_empty();
    let has_tokio = may_wait && has_tokio();
    let has_waits = !waits.edits.is_empty() || has_tokio;
    let mut edits = Vec::new();
    // In this order where they meet at one place.
    if has_waits && !has_tokio {
        edits.push(waiting::dependency());
        edits.push(versions::behind(0, cell));
    }
    edits.extend(versions::edit(cell));
    if has_waits {
        edits.extend(waiting::entry(&statements));
    }
    let after = shown.map(|[before, after]| {
        edits.push(before);
        after
    });
    edits.extend(waits.edits);
    edits.extend(after);
    if shows_value {
        edits.push(display::items(cell));
    }
    if has_waits {
        edits.push(waiting::items(cell));
    }
    Rewritten {
        edited: Edited::new(cell, edits),
        shows_value,
    }
}

/// A cell that evcxr has to make the best of.
pub(super) fn as_it_is(cell: &str) -> Rewritten {
    Rewritten {
        edited: Edited::new(cell, versions::edit(cell).into_iter().collect()),
        shows_value: false,
    }
}

/// Whether a cell has commands of evcxr or of the shell that are no `:dep`.
fn has_other_commands(cell: &str) -> bool {
    let is_other = |line: &str| {
        let word = line.trim_start();
        line.starts_with('!') || word.starts_with(':') && !word.starts_with(":dep ")
    };
    statements::commands(cell).lines().any(is_other)
}

#[cfg(test)]
mod tests;
