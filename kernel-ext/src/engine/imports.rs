//! The imports of a cell, where the compiler does not say where in it they are.
//!
//! evcxr writes each name of a `use` as a line of its own, `use std::fmt::Write;` for instance,
//! and forgets where it has it from. What the compiler says of such a line is brought back to the
//! names in the cell here.

use super::rewrite::Edited;
use super::statements::Statements;
use kernel_protocol::chars_to_bytes;
use ra_ap_syntax::ast::{self, HasName as _};
use ra_ap_syntax::{AstNode as _, TextRange};
use serde_json::Value;
use std::ops::Range;

/// Those of a cell.
#[derive(Debug, Default)]
pub(super) struct Imports(Vec<Import>);

/// What evcxr writes before a name.
const BEFORE: &str = "use ";

/// A name as evcxr writes it, such as `std::fmt::Write as _`.
#[derive(Debug, Clone, Default)]
struct Import {
    path: String,
    words: Vec<Word>,
}

/// A part of the name, in the path and in the cell, in bytes.
#[derive(Debug, Clone)]
struct Word {
    in_path: Range<usize>,
    in_cell: Range<usize>,
    /// How many braces it stands in: with words that stand in fewer it is not one piece.
    depth: usize,
}

impl Imports {
    /// Those of a cell as it is given to evcxr; none if it is not right.
    ///
    /// # Time complexity
    ///
    /// O(n) in the length of the cell.
    pub(super) fn of(cell: &Edited) -> Self {
        let mut found = Self::default();
        let Some(statements) = Statements::of(cell.code()) else {
            return found;
        };
        let place = |range| statements.place(range);
        for declaration in statements.all().filter_map(ast::Use::cast) {
            if let Some(tree) = declaration.use_tree() {
                found.collect(&tree, Import::default(), 0, &place);
            }
        }
        found
    }

    /// Takes up the names of a tree; `import` is what stands before its braces.
    fn collect(
        &mut self,
        tree: &ast::UseTree,
        mut import: Import,
        depth: usize,
        place: &impl Fn(TextRange) -> Range<usize>,
    ) {
        let path = tree.path();
        let last = path.as_ref().and_then(ast::Path::segment);
        if last.and_then(|segment| segment.kind()) == Some(ast::PathSegmentKind::SelfKw) {
            // `{self}` stands for what is before the braces.
            self.0.push(import);
            return;
        }
        let segments = path.iter().flat_map(ast::Path::segments);
        for segment in segments {
            let name = segment.name_ref().map(|name| name.syntax().text_range());
            let name = name.or_else(|| Some(segment.crate_token()?.text_range()));
            if let Some(range) = name {
                import.add(
                    "::",
                    &segment.syntax().text().to_string(),
                    place(range),
                    depth,
                );
            }
        }
        if let Some(list) = tree.use_tree_list() {
            for tree in list.use_trees() {
                self.collect(&tree, import.clone(), depth + 1, place);
            }
            return;
        }
        let rename = tree.rename().and_then(|rename| {
            let name = rename.name().map(|name| name.syntax().text_range());
            name.or_else(|| Some(rename.underscore_token()?.text_range()))
        });
        if let Some(star) = tree.star_token() {
            import.add("::", star.text(), place(star.text_range()), depth);
        } else if let Some(range) = rename {
            let name = tree
                .syntax()
                .text()
                .slice(range - tree.syntax().text_range().start());
            import.add(" as ", &name.to_string(), place(range), depth);
        }
        self.0.push(import);
    }

    /// Where in the cell, as the user wrote it, a span of the compiler's is.
    pub(super) fn place(&self, span: &Value, cell: &Edited) -> Option<Range<usize>> {
        let [line] = span["text"].as_array()?.as_slice() else {
            return None;
        };
        let text = line["text"].as_str()?;
        let byte = |field: &str| {
            let column = usize::try_from(line[field].as_u64()?).ok()?;
            Some(chars_to_bytes(text, column.checked_sub(1)?))
        };
        let range = byte("highlight_start")?..byte("highlight_end")?;
        cell.original(&self.range(text, &range)?)
    }

    fn range(&self, line: &str, range: &Range<usize>) -> Option<Range<usize>> {
        let path = line.strip_prefix(BEFORE)?.strip_suffix(';')?;
        let range = range.start.checked_sub(BEFORE.len())?..range.end.checked_sub(BEFORE.len())?;
        let import = self.0.iter().find(|import| import.path == path)?;
        let touches = |word: &&Word| {
            let is_within = word.in_path.start < range.end && range.start < word.in_path.end;
            is_within || range.is_empty() && word.in_path.end == range.start
        };
        let words: Vec<&Word> = import.words.iter().filter(touches).collect();
        let last = words.last()?;
        let first = words.iter().find(|word| word.depth == last.depth)?;
        let start = range.start.saturating_sub(first.in_path.start);
        let end = range.end.min(last.in_path.end) - last.in_path.start;
        let found = first.in_cell.start + start..last.in_cell.start + end;
        (found.start <= found.end && found.end <= last.in_cell.end).then_some(found)
    }
}

impl Import {
    fn add(&mut self, separator: &str, word: &str, in_cell: Range<usize>, depth: usize) {
        if !self.path.is_empty() {
            self.path += separator;
        }
        let start = self.path.len();
        self.path += word;
        self.words.push(Word {
            in_path: start..self.path.len(),
            in_cell,
            depth,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What of the cell is shown, where the compiler marks that piece of that line.
    #[track_caller]
    fn check(cell: &str, line: &str, marked: &str, expected: Option<&str>) {
        let imports = Imports::of(&Edited::unchanged(cell));
        let start = line.find(marked).expect("it is in the line");
        let range = start..start + marked.len();
        let found = imports.range(line, &range);
        assert_eq!(found.map(|range| &cell[range]), expected, "{line}");
    }

    #[test]
    fn a_name_is_found_where_it_stands() {
        let cell =
            "let é = 1;\nuse std::{fmt::Nope as N, io::{self, Red}};\npub use a::*;\nuse crate::b;";
        check(cell, "use std::fmt::Nope as N;", "Nope", Some("Nope"));
        check(
            cell,
            "use std::fmt::Nope as N;",
            "std::fmt::Nope as N",
            Some("fmt::Nope as N"),
        );
        check(cell, "use std::fmt::Nope as N;", "std", Some("std"));
        check(cell, "use std::io::Red;", "std::io::Red", Some("Red"));
        check(cell, "use std::io::Red;", "io", Some("io"));
        check(cell, "use std::io;", "std::io", Some("io"));
        check(cell, "use a::*;", "a", Some("a"));
        check(cell, "use crate::b;", "crate::b", Some("crate::b"));
    }

    #[test]
    fn a_place_between_characters_is_found() {
        let cell = "use std::{io::Red};";
        let imports = Imports::of(&Edited::unchanged(cell));
        let line = "use std::io::Red;";
        let at = line.len() - 1;
        let found = imports.range(line, &(at..at)).expect("it is in a name");
        assert_eq!(found, cell.len() - 2..cell.len() - 2);
    }

    #[test]
    fn other_lines_are_not_of_the_cell() {
        check("use std::fmt;", "use std::io;", "io", None);
        check("let n = 1;", "let n = 1;", "n", None);
        check("use (", "use std::fmt;", "fmt", None);
    }
}
