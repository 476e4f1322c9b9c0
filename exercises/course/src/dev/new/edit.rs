//! Small insertions into sources that people wrote.

use anyhow::Context;

/// `text` with `lines` behind the last line that begins with `prefix`.
///
/// # Errors
///
/// When no line begins with it: the file is not built like the pattern.
pub(super) fn behind_last(text: &str, prefix: &str, lines: &str) -> anyhow::Result<String> {
    insert(
        text,
        lines,
        |(_, line)| line.starts_with(prefix),
        Side::Behind,
    )
    .with_context(|| format!("no line begins with `{prefix}`"))
}

/// `text` with `lines` before the first line that equals `line`.
///
/// # Errors
///
/// When no line does.
pub(super) fn before_first(text: &str, line: &str, lines: &str) -> anyhow::Result<String> {
    let first = text.lines().position(|found| found == line);
    insert(text, lines, |(index, _)| Some(index) == first, Side::Before)
        .with_context(|| format!("no line is `{line}`"))
}

#[derive(PartialEq, Eq)]
enum Side {
    Before,
    Behind,
}

/// Inserts at the last line that fits.
fn insert(
    text: &str,
    lines: &str,
    fits: impl Fn((usize, &str)) -> bool,
    side: Side,
) -> Option<String> {
    let found = text.lines().enumerate().filter(|line| fits(*line)).last()?;
    let place = found.0 + usize::from(side == Side::Behind);
    let mut all: Vec<&str> = text.lines().collect();
    all.splice(place..place, lines.lines());
    Some(all.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_behind_the_last_of_their_kind_or_before_the_first() {
        let text = "mod a;\nmod b;\n\nuse a;\n]\n]\n";
        assert_eq!(
            behind_last(text, "mod ", "mod c;").expect("there are some"),
            "mod a;\nmod b;\nmod c;\n\nuse a;\n]\n]\n"
        );
        assert_eq!(
            before_first(text, "]", "x,\ny,").expect("there is one"),
            "mod a;\nmod b;\n\nuse a;\nx,\ny,\n]\n]\n"
        );
    }

    #[test]
    fn a_file_without_such_a_line_is_an_error_that_names_it() {
        let error = behind_last("use a;", "mod ", "mod c;").expect_err("there is none");
        assert_eq!(error.to_string(), "no line begins with `mod `");
    }
}
