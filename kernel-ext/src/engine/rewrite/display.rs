//! Shows a cell's value without asking the compiler first how.
//!
//! evcxr compiles a cell that ends in an expression with a call of `evcxr_display`, and
//! again with `Debug` when there is no such method, which is the rule. Here the cell ends
//! in a statement that finds out by itself, so it is compiled once.

use super::edited::Edit;
use crate::channel::VALUE;
use crate::engine::statements::Statements;
use ra_ap_syntax::AstNode as _;

/// Stands on a line of its own before the value, so that the lines of the value are found
/// again in backtraces.
pub(in crate::engine) const BEFORE: &str = "match &(";

/// The edits before and after the cell's value that make it be shown, if it has one.
pub(super) fn edits(cell: &str, statements: &Statements) -> Option<[Edit; 2]> {
    let value = statements.value()?;
    let place = statements.place(value.syntax().text_range());
    // An attribute would have to stand outside of the parentheses.
    if cell[place.clone()].starts_with('#') {
        return None;
    }
    let before = Edit {
        replaced: place.start..place.start,
        text: format!("{BEFORE}\n"),
    };
    let after = Edit {
        replaced: place.end..place.end,
        text: format!("\n) {{ kernel_ext_value => {{\n{}}}}};", code()),
    };
    Some([before, after])
}

/// What stands in the block, without its comments.
fn code() -> String {
    let lines = include_str!("../../../cells/display.rs").lines();
    let lines = lines.filter(|line| !line.trim_start().starts_with("//"));
    let text: String = lines.flat_map(|line| [line, "\n"]).collect();
    text.replace("KERNEL_EXT_VALUE", VALUE)
}
