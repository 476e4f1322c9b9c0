//! Outputs that change while their cell runs.
//!
//! The course's kernel can replace an output by its name, and take outputs away. Stock
//! evcxr cannot: there, a named output is shown once, and the rest does nothing, so a
//! notebook runs on both. The kernel reads a content block of a type of its own; that it
//! is there is told by an environment variable.

use super::show;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};

/// Set by a kernel that reads blocks of the type [`LIVE`].
const LIVE_VAR: &str = "KERNEL_EXT_LIVE_OUTPUT";
const LIVE: &str = "application/vnd.kernel-ext.output+json";

/// An output that can be replaced.
///
/// # Examples
///
/// ```
/// use exercises::display::Live;
///
/// let output = Live::show(&[("text/plain", "working")]);
/// output.update(&[("text/plain", "done")]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    id: String,
}

impl Live {
    /// Shows one thing in several forms, as [`show`] does.
    pub fn show(bundle: &[(&str, &str)]) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        // Unique among the processes of a session too: a cell that crashed had one of
        // its own, and each cell may have its own copy of the counter.
        let place = std::ptr::from_ref(&NEXT) as usize;
        let id = format!("live-{}-{place:x}-{number}", std::process::id());
        if is_live() {
            order(&json!({"display": {"id": id, "data": forms(bundle)}}));
        } else {
            show(bundle);
        }
        Self { id }
    }

    /// Shows something else in its place, wherever it is in the notebook.
    ///
    /// On stock evcxr the first content stays.
    pub fn update(&self, bundle: &[(&str, &str)]) {
        if is_live() {
            order(&json!({"update": {"id": self.id, "data": forms(bundle)}}));
        }
    }
}

/// Takes away what the cell has shown so far; with `wait`, only when something else is
/// shown, so that an animation does not flicker. Does nothing on stock evcxr.
pub fn clear(wait: bool) {
    if is_live() {
        order(&json!({"clear": {"wait": wait}}));
    }
}

/// Whether the kernel can replace outputs.
pub(super) fn is_live() -> bool {
    std::env::var_os(LIVE_VAR).is_some()
}

fn order(order: &Value) {
    // On one line: JSON has no line breaks outside of strings, and escapes them inside.
    show(&[(LIVE, &order.to_string())]);
}

fn forms(bundle: &[(&str, &str)]) -> Value {
    let forms = bundle
        .iter()
        .map(|(mime, data)| ((*mime).to_owned(), Value::from(*data)));
    Value::Object(forms.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_outputs_have_two_names() {
        let bundle = [("text/plain", "a")];
        assert_ne!(Live::show(&bundle), Live::show(&bundle));
    }

    #[test]
    fn every_form_is_kept_as_text() {
        assert_eq!(
            forms(&[("text/plain", "1"), ("application/json", "[1]")]),
            json!({"text/plain": "1", "application/json": "[1]"})
        );
    }
}
