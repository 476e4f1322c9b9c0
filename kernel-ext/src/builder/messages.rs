//! What rustc says, as cargo says it.

use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::Path;

/// With this, a line of rustc's begins that is about code.
const DIAGNOSTIC: &str = r#"{"$message_type":"diagnostic""#;

/// The file of the cells, as cargo names it to rustc.
const CELL: &str = "src/lib.rs";

/// Whether one of the lines is about an error that is in the code of the cell.
pub(super) fn blame_the_cell(said: &[String]) -> bool {
    let errors = said.iter().filter_map(|line| diagnostic(line));
    let mut errors = errors.filter(|found| found["level"] == "error");
    errors.any(|error| {
        let spans = error["spans"].as_array();
        spans.is_some_and(|spans| spans.iter().any(|span| span["file_name"] == CELL))
    })
}

fn diagnostic(line: &str) -> Option<Value> {
    let line = line.starts_with(DIAGNOSTIC).then_some(line)?;
    serde_json::from_str(line).ok()
}

/// Writes what evcxr reads of cargo's lines: those about code, and where the library is.
///
/// # Errors
///
/// If it cannot be written.
pub(super) fn pass_on(
    said: &[String],
    library: Option<&Path>,
    to: &mut impl Write,
) -> io::Result<()> {
    for line in said.iter().filter(|line| line.starts_with(DIAGNOSTIC)) {
        writeln!(to, r#"{{"reason":"compiler-message","message":{line}}}"#)?;
    }
    if let Some(library) = library {
        let line = json!({
            "reason": "compiler-artifact",
            "target": { "name": crate::crates::CELLS },
            "filenames": [library],
        });
        writeln!(to, "{line}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    const ARTIFACT: &str = r#"{"$message_type":"artifact","artifact":"/t/libctx.so"}"#;

    fn error(code: &str, file: &str) -> String {
        format!(
            r#"{DIAGNOSTIC},"level":"error","code":{{"code":"{code}"}},"spans":[{{"file_name":"{file}"}}]}}"#
        )
    }

    #[track_caller]
    fn check(said: &[String], expected: bool) {
        assert_eq!(blame_the_cell(said), expected, "{said:?}");
    }

    #[test]
    fn an_error_in_the_cell_is_told_from_one_of_the_call() {
        let summary = format!(r#"{DIAGNOSTIC},"level":"error","code":null,"spans":[]}}"#);
        let in_cell = error("E0308", CELL);
        check(&[in_cell, summary.clone()], true);
        check(&[summary], false);
        check(&[error("E0308", "/other/lib.rs")], false);
        check(&["error: could not exec the linker".to_owned()], false);
        check(&[in_cell_warning()], false);
    }

    fn in_cell_warning() -> String {
        error("E0308", CELL).replace(r#""level":"error""#, r#""level":"warning""#)
    }

    #[test]
    fn lines_are_passed_on_as_those_of_cargo() {
        let said = [in_cell_warning(), ARTIFACT.to_owned()];
        let mut lines = Vec::new();
        let library = Path::new("/t/libctx.so");
        pass_on(&said, Some(library), &mut lines).expect("memory can be written");
        expect![[r#"
            {"reason":"compiler-message","message":{"$message_type":"diagnostic","level":"warning","code":{"code":"E0308"},"spans":[{"file_name":"src/lib.rs"}]}}
            {"filenames":["/t/libctx.so"],"reason":"compiler-artifact","target":{"name":"ctx"}}
        "#]]
        .assert_eq(&String::from_utf8_lossy(&lines));
    }
}
