//! A cell with text of the kernel's in it, and the way back to what the user wrote.

use std::ops::Range;

/// What the kernel's names start with, so that they are known in what the compiler says.
pub(in crate::engine) const OWN_NAMES: [&str; 2] = ["kernel_ext_", "KernelExt"];

/// A piece of a cell that is to be replaced; nothing, where text is only put in.
#[derive(Debug)]
pub(super) struct Edit {
    /// In bytes of the cell.
    pub(super) replaced: Range<usize>,
    pub(super) text: String,
}

/// A cell as evcxr gets it.
#[derive(Debug)]
pub(in crate::engine) struct Edited {
    code: String,
    changes: Vec<Change>,
}

/// The same piece in the edited cell and in the user's.
#[derive(Debug)]
struct Change {
    edited: Range<usize>,
    original: Range<usize>,
}

impl Edited {
    /// The cell as it is.
    #[cfg(test)]
    pub(in crate::engine) fn unchanged(code: &str) -> Self {
        Self::new(code, Vec::new())
    }

    /// The cell with edits, which must not overlap.
    ///
    /// # Time complexity
    ///
    /// O(n + e log e) for n bytes and e edits.
    pub(super) fn new(cell: &str, mut edits: Vec<Edit>) -> Self {
        edits.sort_by_key(|edit| (edit.replaced.start, edit.replaced.end));
        let (mut code, mut changes, mut taken) = (String::new(), Vec::new(), 0);
        for Edit { replaced, text } in edits {
            code += &cell[taken..replaced.start];
            let start = code.len();
            code += &text;
            taken = replaced.end;
            changes.push(Change {
                edited: start..code.len(),
                original: replaced,
            });
        }
        code += &cell[taken..];
        Self { code, changes }
    }

    /// What evcxr gets.
    pub(in crate::engine) fn code(&self) -> &str {
        &self.code
    }

    /// The user's text that a range of the edited cell stands for; `None` if the kernel has
    /// put all of it in.
    ///
    /// # Time complexity
    ///
    /// O(e) for e edits.
    pub(in crate::engine) fn original(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let is_put_in = |change: &Change| {
            let Change { edited, original } = change;
            original.is_empty() && edited.start <= range.start && range.end <= edited.end
        };
        if self.changes.iter().any(is_put_in) {
            return None;
        }
        let start = self.start(range.start);
        Some(start..self.end(range.end).max(start))
    }

    /// Where the byte at the start of a range comes from; within a change, the start of what
    /// it replaces.
    fn start(&self, byte: usize) -> usize {
        let mut before = self.changes.iter().rev();
        match before.find(|change| change.edited.start <= byte) {
            None => byte,
            Some(Change { edited, original }) if byte < edited.end => original.start,
            Some(Change { edited, original }) => original.end + (byte - edited.end),
        }
    }

    /// The same for the byte behind the end of a range: what begins there is no part of it.
    fn end(&self, byte: usize) -> usize {
        let mut before = self.changes.iter().rev();
        match before.find(|change| change.edited.start < byte) {
            None => byte,
            Some(Change { edited, original }) if byte <= edited.end => original.end,
            Some(Change { edited, original }) => original.end + (byte - edited.end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited() -> Edited {
        let edit = |replaced, text: &str| Edit {
            replaced,
            text: text.to_owned(),
        };
        Edited::new("a + b.c", vec![edit(4..4, "("), edit(5..7, ".wait()")])
    }

    #[test]
    fn edits_are_made_in_order() {
        assert_eq!(edited().code(), "a + (b.wait()");
    }

    #[test]
    fn what_was_not_changed_is_found_again() {
        assert_eq!(edited().original(&(0..1)), Some(0..1));
        assert_eq!(edited().original(&(5..6)), Some(4..5));
        assert_eq!(edited().original(&(0..6)), Some(0..5));
    }

    #[test]
    fn a_replacement_stands_for_what_it_replaces() {
        assert_eq!(edited().original(&(6..13)), Some(5..7));
        assert_eq!(edited().original(&(7..9)), Some(5..7));
        assert_eq!(edited().original(&(5..10)), Some(4..7));
    }

    #[test]
    fn what_was_put_in_is_nowhere() {
        assert_eq!(edited().original(&(4..5)), None);
    }
}
