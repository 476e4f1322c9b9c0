//! Compares the book's page *Report format* with what serde writes.

use std::collections::BTreeSet;

use serde_json::Value;

use super::outcome::Reason;
use super::walls::Wall;
use super::{Counterexample, Isolation, Report};

const PAGE: &str = "../book/src/contributing/report-format.md";

fn page() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    std::fs::read_to_string(path).expect("the page is in the book")
}

/// The page's example, as it stands there.
fn example(page: &str) -> &str {
    let (_, rest) = page.split_once("```json\n").expect("there is an example");
    rest.split("\n```").next().unwrap_or_default()
}

/// The names in the first column of the table under a heading.
fn first_column<'a>(page: &'a str, heading: &str) -> BTreeSet<&'a str> {
    let (_, section) = page
        .split_once(&format!("\n## {heading}\n"))
        .expect("the heading is there");
    let rows = section.lines().take_while(|line| !line.starts_with("## "));
    rows.filter_map(|row| row.strip_prefix("| `")?.split('`').next())
        .filter(|name| *name != "kind")
        .collect()
}

/// Every field, as the page names it. Those of a reason depend on its kind.
fn fields(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                let path = format!("{path}{name}");
                let in_reason = path.contains(".reason.") && name != "kind";
                if !in_reason {
                    fields(value, &format!("{path}."), found);
                    found.insert(path);
                }
            }
        }
        Value::Array(array) => {
            let path = path.trim_end_matches('.');
            for value in array {
                fields(value, &format!("{path}[]."), found);
            }
        }
        _ => {}
    }
}

/// One of each kind. The compiler asks for a new one here.
fn reasons() -> Vec<Reason> {
    let text = String::new;
    let every = vec![
        Reason::RuleBroken {
            counterexample: Counterexample::new("", "", ""),
        },
        Reason::NotWritten {
            hint: text(),
            location: None,
        },
        Reason::Panicked {
            message: text(),
            location: None,
        },
        Reason::TimedOut { limit_ms: 0 },
        Reason::OutOfMemory { limit_bytes: 0 },
        Reason::StackOverflow,
        Reason::Killed { signal: text() },
        Reason::ProcessEnded { code: None },
        Reason::TooMuchOutput { limit_bytes: 0 },
        Reason::TooMuchDisk { limit_bytes: 0 },
        Reason::Forbidden,
        Reason::NoSuchCheck,
        Reason::NotStarted { error: text() },
    ];
    for reason in &every {
        match reason {
            Reason::RuleBroken { .. }
            | Reason::NotWritten { .. }
            | Reason::Panicked { .. }
            | Reason::TimedOut { .. }
            | Reason::OutOfMemory { .. }
            | Reason::StackOverflow
            | Reason::Killed { .. }
            | Reason::ProcessEnded { .. }
            | Reason::TooMuchOutput { .. }
            | Reason::TooMuchDisk { .. }
            | Reason::Forbidden
            | Reason::NoSuchCheck
            | Reason::NotStarted { .. } => {}
        }
    }
    every
}

#[test]
fn the_example_is_what_serde_writes() {
    let page = page();
    let report: Report = serde_json::from_str(example(&page)).expect("the example is a report");
    assert_eq!(report.to_json(), example(&page));
    assert_eq!(report.format, super::FORMAT);
}

#[test]
fn the_table_has_every_field_and_no_other() {
    let page = page();
    let value: Value = serde_json::from_str(example(&page)).expect("the example is JSON");
    let mut found = BTreeSet::new();
    fields(&value, "", &mut found);
    let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    assert_eq!(first_column(&page, "A report"), found);
}

#[test]
fn the_table_has_every_reason_with_its_fields() {
    let page = page();
    let written: Vec<Value> = reasons()
        .iter()
        .map(|reason| serde_json::to_value(reason).expect("JSON"))
        .collect();
    let kinds: BTreeSet<&str> = written
        .iter()
        .filter_map(|value| value["kind"].as_str())
        .collect();
    assert_eq!(first_column(&page, "Reasons"), kinds);
    for value in &written {
        let kind = value["kind"].as_str().unwrap_or_default();
        let row = page
            .lines()
            .find(|row| row.starts_with(&format!("| `{kind}` |")));
        for field in value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name)
        {
            let told = row.is_some_and(|row| row.contains(&format!("`{field}`")));
            assert!(field == "kind" || told, "{kind}: {field}");
        }
    }
}

#[test]
fn every_word_for_isolation_and_walls_is_told() {
    let isolations = [Isolation::Sealed, Isolation::Process, Isolation::Thread];
    let walls = [Wall::Memory, Wall::Files, Wall::Network, Wall::Processes];
    let words = isolations
        .map(|isolation| serde_json::to_value(isolation).expect("JSON"))
        .into_iter()
        .chain(walls.map(|wall| serde_json::to_value(wall).expect("JSON")));
    for word in words {
        let word = word.as_str().unwrap_or_default().to_owned();
        assert!(page().contains(&format!("`{word}`")), "{word}");
    }
}
