//! One small change to a reference.
//!
//! `cargo-mutants` says where the change is and what to put there; here it is applied
//! to the text, and gets a name that edits elsewhere in the file do not change.

use anyhow::Context;
use serde::Deserialize;

/// A change, as `cargo mutants --list --json` names it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Mutant {
    /// The changed file, from the repository's root.
    pub(super) file: String,
    function: Option<Function>,
    genre: Genre,
    span: Span,
    replacement: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Function {
    function_name: String,
}

/// Which operator of `cargo-mutants` made the change; one kind is told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
enum Genre {
    /// The whole body is replaced by a value.
    FnValue,
    #[serde(other)]
    Other,
}

/// From the first place to before the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
struct Span {
    start: Place,
    end: Place,
}

/// Line and column, in characters, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
struct Place {
    line: usize,
    column: usize,
}

/// What a reached function does in a probe.
///
/// The condition is there for functions that return `impl Trait`: a body of the
/// type `!` would not compile.
const PROBE: &str = "if std::hint::black_box(true) { panic!(\"reached\") }\n";

impl Mutant {
    /// The function that is changed: `Ring::owner`, or `<impl HashRing for Ring>::owner`.
    pub(super) fn function(&self) -> &str {
        match &self.function {
            Some(function) => &function.function_name,
            None => "",
        }
    }

    /// The trait that the function is implemented for, if it is one's method.
    pub(super) fn implements(&self) -> Option<&str> {
        let (name, _) = self
            .function()
            .strip_prefix("<impl ")?
            .split_once(" for ")?;
        Some(name.split('<').next().unwrap_or(name))
    }

    /// The file's own name.
    pub(super) fn file_name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or(&self.file)
    }

    /// The file with the change.
    ///
    /// # Errors
    ///
    /// When the text is not the one that the change was made for.
    pub(super) fn applied_to(&self, text: &str) -> anyhow::Result<String> {
        let (before, after) = self.around(text)?;
        Ok([before, &self.replacement, after].concat())
    }

    /// The file with a panic at the beginning of the function, if this change says
    /// where the body begins: a check that notices it has been in the function.
    ///
    /// # Errors
    ///
    /// When the text is not the one that the change was made for.
    pub(super) fn probe_in(&self, text: &str) -> anyhow::Result<Option<String>> {
        if self.genre != Genre::FnValue {
            return Ok(None);
        }
        let (before, _) = self.around(text)?;
        Ok(Some([before, PROBE, &text[before.len()..]].concat()))
    }

    /// What the code says after the change: the new body, or the new line.
    ///
    /// Its place in the file would be no name: an edit above it would change that.
    ///
    /// # Errors
    ///
    /// When the text is not the one that the change was made for.
    pub(super) fn becomes(&self, text: &str) -> anyhow::Result<String> {
        if self.genre == Genre::FnValue {
            return Ok(self.replacement.clone());
        }
        let (before, _) = self.around(text)?;
        let mutated = self.applied_to(text)?;
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = mutated[start..].lines().next().unwrap_or_default();
        Ok(line.trim().to_owned())
    }

    fn around<'a>(&self, text: &'a str) -> anyhow::Result<(&'a str, &'a str)> {
        let offsets = [self.span.start, self.span.end].map(|place| place.offset_in(text));
        let [Some(start), Some(end)] = offsets else {
            return Err(self.stale());
        };
        let before = text.get(..start).filter(|_| start <= end);
        before
            .zip(text.get(end..))
            .with_context(|| self.stale().to_string())
    }

    fn stale(&self) -> anyhow::Error {
        anyhow::anyhow!(
            "{} changed while its mutants were being made; run the command again",
            self.file
        )
    }
}

impl Place {
    /// In bytes, from the beginning of the text.
    fn offset_in(self, text: &str) -> Option<usize> {
        let mut start = 0;
        let mut lines = text.split_inclusive('\n');
        for _ in 1..self.line {
            start += lines.next()?.len();
        }
        let line = lines.next()?;
        let mut ends = line.char_indices().map(|(at, _)| at).chain([line.len()]);
        ends.nth(self.column.checked_sub(1)?).map(|at| start + at)
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    const TEXT: &str = "// ε\nfn sum(ε: u8) -> u8 {\n    /* ε */ ε + 1\n}\n";

    fn mutant(genre: &str, place: [usize; 4], replacement: &str) -> Mutant {
        let [line, column, end_line, end_column] = place;
        let listed = serde_json::json!({
            "file": "exercises/src/sum.rs",
            "function": {"function_name": "sum", "return_type": "-> u8"},
            "genre": genre,
            "span": {
                "start": {"line": line, "column": column},
                "end": {"line": end_line, "column": end_column},
            },
            "replacement": replacement,
        });
        serde_json::from_value(listed).expect("it is what cargo-mutants lists")
    }

    #[track_caller]
    fn check(mutant: &Mutant, expected: &Expect) {
        let text = mutant.applied_to(TEXT).expect("it fits the text");
        let becomes = mutant.becomes(TEXT).expect("it fits the text");
        expected.assert_eq(&format!("{text}becomes {becomes}\n"));
    }

    #[test]
    fn columns_count_characters_and_not_bytes() {
        check(
            &mutant("BinaryOperator", [3, 15, 3, 16], "*"),
            &expect![[r#"
                // ε
                fn sum(ε: u8) -> u8 {
                    /* ε */ ε * 1
                }
                becomes /* ε */ ε * 1
            "#]],
        );
    }

    #[test]
    fn a_new_body_is_called_by_its_value() {
        check(
            &mutant("FnValue", [3, 13, 3, 18], "0"),
            &expect![[r#"
                // ε
                fn sum(ε: u8) -> u8 {
                    /* ε */ 0
                }
                becomes 0
            "#]],
        );
    }

    #[test]
    fn a_probe_panics_before_the_body_does_anything() {
        let probed = mutant("FnValue", [3, 13, 3, 18], "0").probe_in(TEXT);
        expect![[r#"
            // ε
            fn sum(ε: u8) -> u8 {
                /* ε */ if std::hint::black_box(true) { panic!("reached") }
            ε + 1
            }
        "#]]
        .assert_eq(&probed.expect("it fits the text").expect("there is a body"));
    }

    #[test]
    fn a_method_belongs_to_a_trait_or_to_none() {
        let of = |function: &str| {
            let mut mutant = mutant("FnValue", [3, 13, 3, 18], "0");
            mutant.function = Some(Function {
                function_name: function.to_owned(),
            });
            mutant.implements().map(str::to_owned)
        };
        assert_eq!(
            of("<impl HashRing for Ring>::owner").as_deref(),
            Some("HashRing")
        );
        assert_eq!(
            of("<impl From<u8> for Ring<K>>::from").as_deref(),
            Some("From")
        );
        assert_eq!(of("Ring::owner"), None);
        assert_eq!(of("owner"), None);
    }

    #[test]
    fn a_place_beyond_the_text_means_that_the_file_has_changed() {
        let error = mutant("BinaryOperator", [9, 1, 9, 2], "*")
            .applied_to(TEXT)
            .expect_err("there is no line 9");
        expect![
            "exercises/src/sum.rs changed while its mutants were being made; run the command again"
        ]
        .assert_eq(&error.to_string());
    }
}
