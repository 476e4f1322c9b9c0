//! Outputs that a cell shows under a name, replaces and takes away.
//!
//! A cell prints a content block of type [`LIVE_OUTPUT`](crate::channel::LIVE_OUTPUT)
//! with one order in JSON; `exercises::display` does it for notebooks.

use kernel_protocol::{Bundle, Output};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What such a block says.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Order {
    Display(Named),
    Update(Named),
    Clear { wait: bool },
}

#[derive(Debug, Deserialize)]
struct Named {
    id: String,
    /// MIME type → content.
    data: BTreeMap<String, String>,
}

/// The output that a block asks for; one that makes no sense is shown as it is, so that
/// whoever wrote it sees what is wrong.
pub(super) fn output(block: &str) -> Output {
    match serde_json::from_str(block) {
        Ok(Order::Display(Named { id, data })) => Output::Display {
            bundle: bundle(&data),
            id: Some(id),
        },
        Ok(Order::Update(Named { id, data })) => Output::Update {
            bundle: bundle(&data),
            id,
        },
        Ok(Order::Clear { wait }) => Output::Clear { wait },
        Err(error) => Output::Stderr(format!("no order for an output ({error}): {block}\n")),
    }
}

fn bundle(data: &BTreeMap<String, String>) -> Bundle {
    let mut bundle = Bundle::default();
    for (mime, data) in data {
        bundle.insert(mime, data);
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(block: &str, expected: Expect) {
        expected.assert_eq(&format!("{:?}", output(block)));
    }

    #[test]
    fn an_output_is_shown_replaced_and_taken_away() {
        check(
            r#"{"display": {"id": "a", "data": {"text/plain": "1"}}}"#,
            expect![[
                r#"Display { bundle: Bundle([("text/plain", String("1"))]), id: Some("a") }"#
            ]],
        );
        check(
            r#"{"update": {"id": "a", "data": {"text/plain": "2"}}}"#,
            expect![[r#"Update { bundle: Bundle([("text/plain", String("2"))]), id: "a" }"#]],
        );
        check(
            r#"{"clear": {"wait": true}}"#,
            expect!["Clear { wait: true }"],
        );
    }

    #[test]
    fn nonsense_is_shown() {
        check(
            r#"{"hide": {}}"#,
            expect![[
                r#"Stderr("no order for an output (unknown variant `hide`, expected one of `display`, `update`, `clear` at line 1 column 7): {\"hide\": {}}\n")"#
            ]],
        );
    }
}
