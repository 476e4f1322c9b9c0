//! A cell's statements, as evcxr will find them.

use ra_ap_syntax::{AstNode as _, Edition, SourceFile, SyntaxNode, ast};
use std::ops::Range;

/// What evcxr puts before a cell to parse it.
const BEFORE: &str = "fn f(){";
const AFTER: &str = "\n}";

/// The statements of a cell that has no syntax error.
pub(super) struct Statements {
    list: ast::StmtList,
    /// Where the cell's Rust begins, behind its commands.
    start: usize,
}

impl Statements {
    /// Parses a cell; `None` if it has no statement, or is not right.
    ///
    /// # Time complexity
    ///
    /// O(n) in the length of the cell.
    pub(super) fn of(cell: &str) -> Option<Self> {
        let start = start_of_rust(cell)?;
        let text = [BEFORE, &cell[start..], AFTER].concat();
        let parsed = SourceFile::parse(&text, Edition::Edition2024);
        if !parsed.errors().is_empty() {
            return None;
        }
        let function = parsed.tree().syntax().children().find_map(ast::Fn::cast)?;
        // A cell may close the function and open another.
        let is_alone = function.syntax().text_range() == parsed.tree().syntax().text_range();
        let list = function.body()?.stmt_list()?;
        is_alone.then_some(Self { list, start })
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = SyntaxNode> {
        self.list.syntax().children()
    }

    /// The expression at the end, if the cell ends in one.
    pub(super) fn value(&self) -> Option<ast::Expr> {
        self.all().last().and_then(ast::Expr::cast)
    }

    /// Its `use` declarations.
    pub(super) fn imports(&self) -> impl Iterator<Item = String> {
        let imports = self.all().filter(|node| ast::Use::can_cast(node.kind()));
        imports.map(|node| node.text().to_string())
    }

    /// Where something is in the cell, in bytes.
    pub(super) fn place(&self, range: ra_ap_syntax::TextRange) -> Range<usize> {
        let place = |at: ra_ap_syntax::TextSize| usize::from(at) - BEFORE.len() + self.start;
        place(range.start())..place(range.end())
    }
}

/// The lines before a cell's Rust: evcxr finds commands in them, and nowhere else.
pub(crate) fn commands(cell: &str) -> &str {
    &cell[..start_of_rust(cell).unwrap_or(cell.len())]
}

/// The byte at which evcxr begins to read Rust: the first line that is no command, no
/// comment and not empty.
fn start_of_rust(cell: &str) -> Option<usize> {
    let mut at = 0;
    for line in cell.split_inclusive('\n') {
        let word = line.trim_start_matches(' ');
        let is_other = line.starts_with('!')
            || line.starts_with("//")
            || word.starts_with(':')
            || line.trim().is_empty();
        if !is_other {
            return Some(at);
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: &str, value: Option<&str>) {
        let found = Statements::of(cell).and_then(|statements| {
            let value = statements.value()?;
            Some(cell[statements.place(value.syntax().text_range())].to_owned())
        });
        assert_eq!(found.as_deref(), value, "{cell}");
    }

    #[test]
    fn the_value_is_the_expression_at_the_end() {
        check("let n = 1;\n n + 1 // one more", Some("n + 1"));
        check(":dep rand\n// why\n\nf()", Some("f()"));
        check("for i in 0..3 { f(i); }", Some("for i in 0..3 { f(i); }"));
        check("println!(\"a\")", Some("println!(\"a\")"));
        check("größe + 1 /* é */\n", Some("größe + 1"));
    }

    #[test]
    fn a_statement_has_no_value() {
        check("f();", None);
        check("println!(\"a\");", None);
        check("let n = 1;", None);
        check("fn f() {}", None);
        check(":vars", None);
        check("", None);
    }

    #[test]
    fn commands_stand_before_the_code() {
        let cell = "// why\n:dep a\n\n!ls\nlet s = \"\n:restart\n\";";
        assert_eq!(commands(cell), "// why\n:dep a\n\n!ls\n");
        assert_eq!(commands(":vars"), ":vars");
        assert_eq!(commands("n"), "");
    }

    #[test]
    fn imports_are_found_among_other_statements() {
        let cell = ":dep a\nuse a::{b,\n c}; let n = 1;\n// so\npub use d as _;\nn";
        let statements = Statements::of(cell).unwrap();
        let found: Vec<String> = statements.imports().collect();
        assert_eq!(found, ["use a::{b,\n c};", "// so\npub use d as _;"]);
    }

    #[test]
    fn what_is_not_right_is_left_to_evcxr() {
        check("f(", None);
        check("1 2", None);
        check("1 } fn g() { 2", None);
        check("1 /*", None);
    }
}
