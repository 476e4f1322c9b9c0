//! The solution cell: what its source holds, and what nbgrader leaves of it.
//!
//! nbgrader takes regions out and puts one text for all exercises in their place, which
//! the settings make empty. So the stub cannot be that text. It stands below the solution
//! instead, in a block comment whose two ends are themselves in regions: the source
//! compiles as the solution, and what is handed out is the stub.

use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};

use crate::dev::alternatives;
use crate::practice::workspace::Workspace;

/// The cell's source: the first alternative solution, and the fresh stub.
///
/// # Errors
///
/// When one of the two is not there, or the stub could not stand in a comment.
pub(super) fn source(workspace: &Workspace, id: &str) -> anyhow::Result<String> {
    let solutions = alternatives::of(workspace, id)?;
    let solution = solutions.first().with_context(|| {
        format!(
            "`{id}` has no solution to put into the notebook; write exercises/alternatives/{id}.rs"
        )
    })?;
    let read = |path: &Path| {
        fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
    };
    cell(
        &cell_code(&read(solution)?),
        &cell_code(&read(&workspace.fresh_stub(id))?),
    )
    .with_context(|| format!("the stub of `{id}` cannot be put into a notebook"))
}

fn cell(solution: &str, stub: &str) -> anyhow::Result<String> {
    ensure!(
        !stub.contains("*/") && !stub.contains("/*"),
        "it has a block comment; write line comments instead"
    );
    for text in [solution, stub] {
        ensure!(
            !text.contains("BEGIN SOLUTION") && !text.contains("END SOLUTION"),
            "it has nbgrader's own marks; remove them"
        );
    }
    Ok(format!(
        "// BEGIN SOLUTION\n{solution}\n/* What the class begins with:\n// END SOLUTION\n\
         {stub}\n\
         // BEGIN SOLUTION\n*/\n// END SOLUTION"
    ))
}

/// A stub's code as it stands in a cell: without its opening, its attributes for the
/// whole file, and its `main`.
fn cell_code(file: &str) -> String {
    let mut lines = file.lines().peekable();
    while lines
        .next_if(|line| line.starts_with("//!") || line.is_empty())
        .is_some()
    {}
    if lines.peek().is_some_and(|line| line.starts_with("#![")) {
        // To its end, as rustfmt breaks it.
        while lines.next().is_some_and(|line| !line.ends_with(']')) {}
    }
    let body = lines.take_while(|line| !line.starts_with("fn main()"));
    body.collect::<Vec<_>>().join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    const FILE: &str = "//! A stub.\n#![allow(\n    clippy::todo,\n    reason = \"unfinished\"\n)]\n\n\
        use a::B;\n\nstruct Mine;\n\nfn main() -> ExitCode {\n    go()\n}\n";

    #[test]
    fn a_cell_has_the_code_between_opening_and_main() {
        expect![[r#"
            use a::B;

            struct Mine;"#]]
        .assert_eq(&cell_code(FILE));
        expect!["struct Mine;"].assert_eq(&cell_code("#![allow(unused)]\nstruct Mine;\n"));
    }

    #[test]
    fn the_stub_is_a_comment_whose_ends_are_taken_out() {
        expect![[r#"
            // BEGIN SOLUTION
            struct Mine(u8);
            /* What the class begins with:
            // END SOLUTION
            struct Mine;
            // BEGIN SOLUTION
            */
            // END SOLUTION"#]]
        .assert_eq(&cell("struct Mine(u8);", "struct Mine;").expect("no comment"));
        let refused = cell("", "/* a comment */").expect_err("it has a comment");
        expect!["it has a block comment; write line comments instead"]
            .assert_eq(&refused.to_string());
    }
}
