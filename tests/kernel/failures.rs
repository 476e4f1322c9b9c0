//! A cell that fails in its own words is an error, with its cause and its place.
//!
//! What a cell can do to its process is tested in `survival`.

use super::client::Kernel;
use expect_test::{Expect, expect};

#[track_caller]
fn check(code: &str, expected: Expect) {
    let ran = Kernel::shared().run(code);
    expected.assert_eq(&ran.failure());
}

#[test]
fn a_panic_is_an_error() {
    check("panic!(\"no {}\", \"more\")", expect!["Panic: no more"]);
}

#[test]
fn a_failed_assertion_is_an_error() {
    check(
        "assert_eq!(1 + 1, 3, \"arithmetic\");",
        expect![[r#"
        Panic: assertion `left == right` failed: arithmetic
          left: 2
         right: 3"#]],
    );
}

#[test]
fn a_failing_question_mark_is_an_error() {
    check(
        "let n: u8 = \"300\".parse()?;",
        expect!["Error: number too large to fit in target type"],
    );
}

#[test]
fn a_compile_error_is_an_error() {
    check(
        "let n: u8 = \"text\";",
        expect!["CompileError: mismatched types (E0308)"],
    );
}

#[test]
fn a_closure_cannot_be_kept_whatever_else_is() {
    let mut kernel = Kernel::start();
    kernel.run("let word: &str = \"kept\";");
    let ran = kernel.run("let twice = |n: u8| 2 * n;");
    expect![[
        r#"CellRefused: the type of a variable of this cell cannot be kept for the next one: give it an explicit type, put a closure into a `Box<dyn Fn…>`, or put the cell in braces"#
    ]]
    .assert_eq(&ran.failure());
}

#[test]
fn a_syntax_error_is_an_error() {
    check(
        "let = ;",
        expect!["CompileError: expected a pattern after `let`"],
    );
}

#[test]
fn an_unknown_command_is_an_error() {
    check(
        ":nonsense",
        expect!["CompileError: Unrecognised command :nonsense"],
    );
}

#[test]
fn the_traceback_of_a_panic_names_the_line_of_the_cell() {
    let ran = Kernel::shared().run("let few = vec![1, 2];\nlet end = few.len();\nfew[end]");
    expect![[r#"
        Panic: index out of bounds: the len is 2 but the index is 2
          --> cell N, line 3
           3 | few[end]"#]]
    .assert_eq(&ran.traceback());
}

#[test]
fn a_diagnostic_is_drawn_on_the_lines_of_the_cell() {
    let ran = Kernel::shared().run("let größe = 1;\nlet n: u8 = \"🦀\";");
    expect![[r#"
        error[E0308]: mismatched types
         --> cell N:2:13
          |
        2 | let n: u8 = "🦀";
          |        --   ^^^^ expected `u8`, found `&str`
          |        |
          |        expected due to this
        E0308: https://doc.rust-lang.org/error_codes/E0308.html"#]]
    .assert_eq(&ran.traceback());
}

/// evcxr compiles the names of an import one by one, and forgets where they stand.
#[test]
fn an_import_that_is_wrong_is_shown_in_the_cell() {
    let ran = Kernel::shared().run("use std::{fmt::Write as _,\n  io::Red};");
    expect![[r#"
        error[E0432]: unresolved import `std::io::Red`
         --> cell N:2:3
          |
        2 |   io::Red};
          |   ^^^^^^^ no `Red` in `io`
          |
        help: a similar name exists in the module
          |
        2 |   io::Read};
          |         +
        E0432: https://doc.rust-lang.org/error_codes/E0432.html"#]]
    .assert_eq(&ran.traceback());
}

#[test]
fn cells_behind_a_failing_one_are_aborted() {
    use jupyter_zmq_client::{ExecuteRequest, JupyterMessageContent as Content};
    let mut kernel = Kernel::shared();
    // Compiling the first takes longer than sending the others.
    let cells = ["panic!()", "println!(\"not run\")", "1"];
    let ids = cells.map(|code| kernel.send(ExecuteRequest::new(code.to_owned())));
    let replies = ids.each_ref().map(|_| match kernel.reply() {
        Content::ExecuteReply(reply) => format!("{:?}", reply.status).to_lowercase(),
        other => panic!("expected an execute_reply, got {other:?}"),
    });
    assert_eq!(replies, ["error", "aborted", "aborted"]);
}
