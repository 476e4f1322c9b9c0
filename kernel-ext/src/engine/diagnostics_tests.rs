//! Diagnostics as a reader of the notebook sees them, without colours.

use super::*;
use expect_test::{Expect, expect};

/// Without colours, to be read in a test.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("\u{1b}[") {
        plain += &rest[..at];
        let end = rest[at..].find('m').expect("a colour ends in `m`");
        rest = &rest[at + end + 1..];
    }
    plain + rest
}

#[track_caller]
fn check(diagnostics: &[Diagnostic], cell: &str, expected: Expect) {
    let failure = describe(diagnostics, cell, "cell 3");
    let traceback = plain(&failure.traceback.join("\n"));
    expected.assert_eq(&format!("{}\n{traceback}\n", failure.evalue));
}

fn mismatch() -> Diagnostic {
    Diagnostic {
        is_error: true,
        code: Some("E0308".to_owned()),
        message: "mismatched types".to_owned(),
        spans: vec![Span {
            range: 23..25,
            label: "expected `u8`, found `&str`".to_owned(),
            is_primary: true,
        }],
        ..Diagnostic::default()
    }
}

const CELL: &str = "let é = 1;\nlet a: u8 = \"\";";

#[test]
fn an_error_is_drawn_on_the_lines_of_the_cell() {
    check(
        &[mismatch()],
        CELL,
        expect![[r#"
            mismatched types (E0308)
            error[E0308]: mismatched types
             --> cell 3:2:12
              |
            2 | let a: u8 = "";
              |            ^^ expected `u8`, found `&str`
            E0308: https://doc.rust-lang.org/error_codes/E0308.html
        "#]],
    );
}

#[test]
fn a_help_with_a_replacement_shows_the_changed_line() {
    let mut error = mismatch();
    error.children.push(Child {
        is_help: true,
        message: "use a number".to_owned(),
        span: Span::new(
            &Place {
                start: (2, 13),
                end: (2, 15),
            },
            "",
            true,
            &Edited::unchanged(CELL),
        ),
        replacement: Some("0".to_owned()),
    });
    check(
        &[error],
        CELL,
        expect![[r#"
            mismatched types (E0308)
            error[E0308]: mismatched types
             --> cell 3:2:12
              |
            2 | let a: u8 = "";
              |            ^^ expected `u8`, found `&str`
              |
            help: use a number
              |
            2 - let a: u8 = "";
            2 + let a: u8 = 0;
              |
            E0308: https://doc.rust-lang.org/error_codes/E0308.html
        "#]],
    );
}

#[test]
fn warnings_are_left_out_beside_errors() {
    let warning = Diagnostic {
        message: "unused variable".to_owned(),
        ..Diagnostic::default()
    };
    check(
        &[warning, mismatch(), mismatch()],
        CELL,
        expect![[r#"
            mismatched types (E0308), and 1 more
            error[E0308]: mismatched types
             --> cell 3:2:12
              |
            2 | let a: u8 = "";
              |            ^^ expected `u8`, found `&str`
            error[E0308]: mismatched types
             --> cell 3:2:12
              |
            2 | let a: u8 = "";
              |            ^^ expected `u8`, found `&str`
            E0308: https://doc.rust-lang.org/error_codes/E0308.html
        "#]],
    );
}

#[test]
fn what_is_outside_the_cell_is_shown_as_rustc_drew_it() {
    let error = Diagnostic {
        spans: Vec::new(),
        rendered: "error: elsewhere\n".to_owned(),
        ..mismatch()
    };
    check(
        &[error],
        CELL,
        expect![[r#"
            mismatched types (E0308)
            error: elsewhere
            E0308: https://doc.rust-lang.org/error_codes/E0308.html
        "#]],
    );
}

#[test]
fn cargos_progress_is_left_out() {
    let said = "    Updating crates.io index\nerror: no matching package";
    assert_eq!(without_progress(said), "error: no matching package");
    let own = "expected `error: `";
    assert_eq!(without_progress(own), own);
}

#[test]
fn offsets_count_characters() {
    assert_eq!(offset("é\nüx", (2, 2)), Some("é\nü".len()));
    assert_eq!(offset("é\nüx", (2, 9)), Some("é\nüx".len()));
    assert_eq!(offset("é", (2, 1)), None);
}
