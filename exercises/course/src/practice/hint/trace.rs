//! A counterexample as a Rust function that a learner can paste below the solution.
//!
//! Not a `#[test]`: a stub brings its own `main`, so the test harness never looks at it.
//! Answers are compared as `{:?}` shows them, because that is how checks report them, and
//! because it needs no knowledge of the types.

use std::fmt::Write;

use exercises::grade::Counterexample;
use syn::spanned::Spanned;

/// Name of the function for a check: `trace_wrap_around`.
pub(super) fn name(check: &str) -> String {
    format!("trace_{}", check.replace('-', "_"))
}

/// The learner's own counterexample.
pub(super) fn of_counterexample(check: &str, found: &Counterexample) -> String {
    let actual = found.actual.replace('\n', "\n    // ");
    function(
        check,
        &found.input,
        Some(&found.expected),
        &format!("    // Your answer was {actual}\n"),
    )
}

/// A counterexample of somebody else's.
pub(super) fn of_example(check: &str, found: &Counterexample) -> String {
    function(check, &found.input, Some(&found.expected), "")
}

/// An input whose last line panics.
pub(super) fn of_input(check: &str, input: &str) -> String {
    function(check, input, None, "")
}

fn function(check: &str, input: &str, expected: Option<&str>, remark: &str) -> String {
    let mut text = format!(
        "#[allow(unused, reason = \"only the last answer is of interest\")]\nfn {}() {{\n",
        name(check)
    );
    match (expected, Question::last_of(input)) {
        (Some(expected), Some(question)) => {
            text += &indented(&question.before);
            let call = question.answered_as(expected);
            // Writing to a string cannot fail.
            let _ = writeln!(text, "    let answer = {call};");
            text += remark;
            let _ = writeln!(
                text,
                "    assert_eq!(format!(\"{{answer:?}}\"), {});",
                literal(expected)
            );
        }
        (None, Some(_)) => {
            text += indented(input).trim_end().trim_end_matches(';');
            text += ";\n";
        }
        // What is expected is said in words, about a value that has been made.
        (Some(expected), None) if is_code(input) => {
            text += &indented(input);
            text += &commented(&format!("expected: {expected}"));
            text += remark;
        }
        // Too large to write down as code: it stays a description.
        (_, None) => {
            text += &commented(input);
            let expected = expected.map(|expected| format!("expected: {expected}"));
            text += &commented(&expected.unwrap_or_default());
            text += remark;
        }
    }
    text + "}\n"
}

/// The last expression of an input, and what comes before it.
#[derive(Debug, PartialEq, Eq)]
struct Question {
    before: String,
    call: String,
}

impl Question {
    /// None if the input is no Rust code, or ends with something that has no value.
    fn last_of(input: &str) -> Option<Self> {
        let block: syn::Block = syn::parse_str(&format!("{{\n{input}\n}}")).ok()?;
        let syn::Stmt::Expr(last, _) = block.stmts.last()? else {
            return None;
        };
        // The block's first line is the brace.
        let lines = last.span().start().line - 2..last.span().end().line - 1;
        let (mut before, mut call) = (Vec::new(), Vec::new());
        for (index, line) in input.lines().enumerate() {
            if lines.contains(&index) {
                call.push(line);
            } else {
                before.push(line);
            }
        }
        Some(Self {
            before: before.join("\n"),
            call: call.join("\n").trim_end_matches(';').to_owned(),
        })
    }

    /// The call; of a constructor that is to refuse, without the value that it must not
    /// make: a learner's type need not be `Debug`.
    fn answered_as(&self, expected: &str) -> String {
        let is_refused = self.call.starts_with("Mine::new(") && expected.starts_with("Err(");
        match is_refused {
            true => format!("{}.map(|_| \"a value\")", self.call),
            false => self.call.clone(),
        }
    }
}

fn is_code(input: &str) -> bool {
    syn::parse_str::<syn::Block>(&format!("{{\n{input}\n}}"))
        .is_ok_and(|block| !block.stmts.is_empty())
}

fn indented(lines: &str) -> String {
    lines.lines().map(|line| format!("    {line}\n")).collect()
}

fn commented(lines: &str) -> String {
    lines
        .lines()
        .map(|line| format!("    // {line}\n"))
        .collect()
}

/// A string literal, raw where that spares escapes.
fn literal(text: &str) -> String {
    let is_raw = text.contains('"') && !text.contains("\"#") && !text.contains('\\');
    if is_raw && !text.contains(|c: char| c.is_control()) {
        format!("r#\"{text}\"#")
    } else {
        format!("{text:?}")
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(input: &str, answers: &[&str; 2], expected: Expect) {
        let [wanted, actual] = answers;
        let found = Counterexample::new(input, *wanted, *actual);
        expected.assert_eq(&of_counterexample("wrap-around", &found));
    }

    #[test]
    fn the_last_call_becomes_the_question() {
        check(
            "let mut ring = Mine::new(RingHash::LABELLED);\nring.add(\"a@1\");\nring.owner(b\"k@2\");",
            &["Some(\"a@1\")", "None"],
            expect![[r##"
                #[allow(unused, reason = "only the last answer is of interest")]
                fn trace_wrap_around() {
                    let mut ring = Mine::new(RingHash::LABELLED);
                    ring.add("a@1");
                    let answer = ring.owner(b"k@2");
                    // Your answer was None
                    assert_eq!(format!("{answer:?}"), r#"Some("a@1")"#);
                }
            "##]],
        );
    }

    #[test]
    fn a_remark_below_the_question_stays() {
        check(
            "Mine::owner(b\"user:2\", 3)\n// the key's hash is 7",
            &["Some(1)", "Some(2)"],
            expect![[r#"
                #[allow(unused, reason = "only the last answer is of interest")]
                fn trace_wrap_around() {
                    // the key's hash is 7
                    let answer = Mine::owner(b"user:2", 3);
                    // Your answer was Some(2)
                    assert_eq!(format!("{answer:?}"), "Some(1)");
                }
            "#]],
        );
    }

    #[test]
    fn a_refused_constructor_needs_no_debug() {
        let found = Counterexample::new("Mine::new(&[\"a\", \"a\"])", "Err(Twice)", "a ring");
        let text = of_example("wraps", &found);
        assert!(
            text.contains("let answer = Mine::new(&[\"a\", \"a\"]).map(|_| \"a value\");"),
            "{text}"
        );
    }

    #[test]
    fn what_is_no_code_stays_a_description() {
        check(
            "Mine::new(160), 10 servers, keys user:0 to user:3999",
            &["no server above 600", "`a` holds 700"],
            expect![[r#"
                #[allow(unused, reason = "only the last answer is of interest")]
                fn trace_wrap_around() {
                    // Mine::new(160), 10 servers, keys user:0 to user:3999
                    // expected: no server above 600
                    // Your answer was `a` holds 700
                }
            "#]],
        );
    }

    #[test]
    fn every_trace_is_a_function_whatever_the_answer_holds() {
        for answer in ["\"#", "a\nb", "\\", "plain", "\u{1b}[2J"] {
            let found = Counterexample::new("ring.owner(b\"k\")", answer, answer);
            let text = of_counterexample("wraps", &found);
            assert!(syn::parse_str::<syn::ItemFn>(&text).is_ok(), "{text}");
        }
    }
}
