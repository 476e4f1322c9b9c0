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

/// The block around the value: is there an own method of it, of what it points to, or of what
/// this points to? If none has been called, the kernel shows the value.
const CALLS: &str = "\
use kernel_ext_values::{Absent, Debugged as _, Named as _, NoPointer as _, Pointer as _};
trait Unknown {
    fn evcxr_display(&self) -> Absent;
}
impl<T: ?Sized> Unknown for &T {
    fn evcxr_display(&self) -> Absent {
        Absent
    }
}
let is_shown = !kernel_ext_values::is_absent(kernel_ext_value.evcxr_display()) || {
    let mut kernel_ext_value = kernel_ext_value;
    let inner = kernel_ext_value.kernel_ext_inner();
    !kernel_ext_values::is_absent(inner.evcxr_display()) || {
        let mut inner = inner;
        !kernel_ext_values::is_absent(inner.kernel_ext_inner().evcxr_display())
    }
};
if !is_shown {
    let mut kernel_ext_value = kernel_ext_value;
    kernel_ext_value.kernel_ext_show();
}
";

/// The edits before and after the cell's value that make it be shown, if it has one; the
/// cell needs the [`items`] then.
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
        text: format!("\n) {{ kernel_ext_value => {{\n{CALLS}}}}};"),
    };
    Some([before, after])
}

/// What the block calls, without its comments.
///
/// At the cell's end, because evcxr keeps an `impl` with the item before it: one of the
/// user's would be thrown away with this one when the next cell brings its own.
pub(super) fn items(cell: &str) -> Edit {
    let lines = include_str!("../../../cells/display.rs").lines();
    let lines = lines.filter(|line| !line.trim_start().starts_with("//"));
    let text: String = lines.flat_map(|line| [line, "\n"]).collect();
    let text = text.replace("KERNEL_EXT_VALUE", VALUE);
    Edit {
        replaced: cell.len()..cell.len(),
        text: format!("\nmod kernel_ext_values {{\n{text}}}\n"),
    }
}
