//! How a Rust source file looks: an opening that says what it is for, a size
//! that one sitting can hold, and tests that run and say what must hold.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::{assert_none, texts};

/// Twice and more what we aim for (150 and 10): above these a reader loses the thread.
const MAX_FILE_LINES: usize = 400;
const MAX_FUNCTION_LINES: usize = 60;

#[test]
fn every_source_file_opens_by_saying_what_it_is() {
    let offenders: Vec<String> = texts("rs")
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert_none(
        &offenders,
        "open with `//!`: what it is, when it is used, what it does not do, its source:",
    );
}

#[test]
fn files_and_functions_stay_small() {
    let mut offenders = Vec::new();
    for (path, text) in texts("rs") {
        let n_lines = text.lines().filter(|line| is_code(line)).count();
        if n_lines > MAX_FILE_LINES {
            offenders.push(format!("{}: {n_lines} lines", path.display()));
        }
        let mut long = LongFunctions::default();
        long.visit_file(
            &syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
        );
        offenders.extend(
            long.found
                .iter()
                .map(|found| format!("{}: {found}", path.display())),
        );
    }
    assert_none(
        &offenders,
        &format!("split (files over {MAX_FILE_LINES} lines, functions over {MAX_FUNCTION_LINES}):"),
    );
}

#[test]
fn every_test_runs_and_says_what_must_hold() {
    // Put together here, so that this file does not find itself.
    let banned = ["ignore", "should_panic"].map(|attribute| format!("#[{attribute}"));
    let mut offenders = Vec::new();
    for (path, text) in texts("rs") {
        for (index, line) in text.lines().enumerate() {
            if banned
                .iter()
                .any(|attribute| line.trim_start().starts_with(attribute.as_str()))
            {
                offenders.push(format!("{}:{}", path.display(), index + 1));
            }
        }
    }
    assert_none(
        &offenders,
        "mend the test, or assert on the error that it expects:",
    );
}

/// Whether a line counts: documentation is never what makes a file too long.
fn is_code(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with("//")
}

/// Counts the lines that macro calls take beyond their first: tables in `vec![]`
/// and snapshots in `expect![]` are data, which is long without being deep.
#[derive(Default)]
struct DataLines {
    n_lines: usize,
}

impl<'ast> Visit<'ast> for DataLines {
    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.n_lines += call.span().end().line - call.span().start().line;
    }
}

/// Collects the functions that are longer than the limit.
#[derive(Default)]
struct LongFunctions {
    found: Vec<String>,
}

impl LongFunctions {
    fn measure(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let mut data = DataLines::default();
        data.visit_block(block);
        let n_lines = block.span().end().line - signature.span().start().line + 1 - data.n_lines;
        if n_lines > MAX_FUNCTION_LINES {
            self.found
                .push(format!("fn {} has {n_lines} lines", signature.ident));
        }
    }
}

impl<'ast> Visit<'ast> for LongFunctions {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.measure(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.measure(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }
}
