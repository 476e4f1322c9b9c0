//! Whether a stream leads to a terminal that can be drawn on.
//!
//! A spinner or a screen moves the cursor. In a log that is noise, and on a terminal
//! that says `TERM=dumb` (an editor's shell, many screen readers) it is unreadable.
//! `indicatif` looks only at the first of the two, so the question is asked here, once.

use std::io::IsTerminal;

/// Whether `stream` is a terminal that can move its cursor.
pub(crate) fn can_redraw(stream: &impl IsTerminal) -> bool {
    let is_dumb = std::env::var_os("TERM").is_none_or(|name| name.is_empty() || name == "dumb");
    stream.is_terminal() && !is_dumb
}
