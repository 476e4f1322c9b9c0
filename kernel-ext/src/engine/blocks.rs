//! Puts evcxr's content blocks together into the outputs that they belong to.
//!
//! A cell prints one block per MIME type. Blocks in a row with different types are one
//! output in several forms; the same type again, or text in between, starts a new one.
//! The last output of a cell that ends in an expression is the cell's value.

use kernel_protocol::Bundle;

/// How evcxr showed the expression at the end of a cell, if it had one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// The cell ends in a statement.
    Statement,
    /// By its own `evcxr_display`, with whatever blocks that prints.
    Displayed,
    /// By `Debug`, as exactly one block of plain text.
    Debugged,
}

/// Blocks that may still be joined by another.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// MIME types and contents.
    open: Vec<(String, String)>,
    /// What the kernel's own code has shown for the cell's value.
    value: Option<String>,
}

impl Blocks {
    /// Takes a block; returns the output that it shows to be complete.
    pub(super) fn push(&mut self, mime: String, data: String) -> Option<Bundle> {
        let is_known = self.open.iter().any(|(known, _)| *known == mime);
        let complete = if is_known { self.close() } else { None };
        self.open.push((mime, data));
        complete
    }

    /// Takes the text of the cell's value.
    pub(super) fn push_value(&mut self, text: String) {
        self.value = Some(text);
    }

    /// Nothing belongs to these blocks any more.
    pub(super) fn close(&mut self) -> Option<Bundle> {
        bundle(std::mem::take(&mut self.open))
    }

    /// The cell has ended: what is left to show, and its value.
    pub(super) fn end(&mut self, ending: Ending) -> (Option<Bundle>, Option<Bundle>) {
        let mut blocks = std::mem::take(&mut self.open);
        let ending = match self.value.take() {
            Some(value) => {
                blocks.push(("text/plain".to_owned(), value));
                Ending::Debugged
            }
            None => ending,
        };
        match ending {
            Ending::Statement => (bundle(blocks), None),
            Ending::Displayed => (None, bundle(blocks)),
            Ending::Debugged => {
                let value = blocks.pop();
                // `()` is the value of a cell that ends in a loop or a call without one.
                let value = value.filter(|(_, data)| data != "()");
                (bundle(blocks), bundle(Vec::from_iter(value)))
            }
        }
    }
}

fn bundle(blocks: Vec<(String, String)>) -> Option<Bundle> {
    if blocks.is_empty() {
        return None;
    }
    let mut bundle = Bundle::default();
    for (mime, data) in blocks {
        bundle.insert(&mime, &data);
    }
    Some(bundle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(blocks: &[(&str, &str)], ending: Ending, expected: Expect) {
        let mut pending = Blocks::default();
        let mut lines = String::new();
        for (mime, data) in blocks {
            if let Some(shown) = pending.push((*mime).to_owned(), (*data).to_owned()) {
                lines += &format!("shown {shown:?}\n");
            }
        }
        let (shown, value) = pending.end(ending);
        if let Some(shown) = shown {
            lines += &format!("shown {shown:?}\n");
        }
        lines += &format!("value {value:?}");
        expected.assert_eq(&lines);
    }

    #[test]
    fn different_types_in_a_row_are_one_output() {
        check(
            &[("text/plain", "a"), ("text/html", "<p>")],
            Ending::Displayed,
            expect![[
                r#"value Some(Bundle([("text/plain", String("a")), ("text/html", String("<p>"))]))"#
            ]],
        );
    }

    #[test]
    fn the_same_type_again_is_the_next_output() {
        check(
            &[("text/html", "1"), ("text/html", "2")],
            Ending::Statement,
            expect![[r#"
                shown Bundle([("text/html", String("1"))])
                shown Bundle([("text/html", String("2"))])
                value None"#]],
        );
    }

    #[test]
    fn a_figure_before_a_number_stays_apart_from_it() {
        check(
            &[("image/svg+xml", "<svg/>"), ("text/plain", "3")],
            Ending::Debugged,
            expect![[r#"
                shown Bundle([("image/svg+xml", String("<svg/>"))])
                value Some(Bundle([("text/plain", String("3"))]))"#]],
        );
    }

    #[test]
    fn a_value_of_the_kernels_own_is_the_cells() {
        let mut pending = Blocks::default();
        pending.push("text/plain".to_owned(), "shown".to_owned());
        pending.push_value("1".to_owned());
        let shown = pending.close();
        expect![[r#"Some(Bundle([("text/plain", String("shown"))]))"#]]
            .assert_eq(&format!("{shown:?}"));
        expect![[r#"(None, Some(Bundle([("text/plain", String("1"))])))"#]]
            .assert_eq(&format!("{:?}", pending.end(Ending::Displayed)));
    }

    #[test]
    fn a_unit_value_is_no_value() {
        check(
            &[("text/html", "1"), ("text/plain", "()")],
            Ending::Debugged,
            expect![[r#"
                shown Bundle([("text/html", String("1"))])
                value None"#]],
        );
    }
}
