//! A handful of mutants, really compiled and really run, without `cargo-mutants`.

use std::path::Path;

use exercises::catalog::{self, Exercise};
use expect_test::{Expect, expect};

use super::mutant::Mutant;
use super::proof::{Finding, Proof};
use super::reasons::Reasons;
use super::topic::Topic;
use crate::grading::Library;
use crate::practice::workspace::Workspace;

const FILE: &str = "exercises/src/consistent_hashing/modulo.rs";

/// The text of the file with `⟦old⟧` and what to put there, as `cargo-mutants` would say it.
fn replace(text: &str, function: &str, old: &str, new: &str) -> Mutant {
    let start = text.find(old).expect("the reference says so");
    let place = |offset: usize| {
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        serde_json::json!({
            "line": before.matches('\n').count() + 1,
            "column": before[line_start..].chars().count() + 1,
        })
    };
    let listed = serde_json::json!({
        "file": FILE,
        "function": {"function_name": format!("<impl ModuloPlacement for Modulo>::{function}")},
        "genre": "BinaryOperator",
        "span": {"start": place(start), "end": place(start + old.len())},
        "replacement": new,
    });
    serde_json::from_value(listed).expect("it is what cargo-mutants lists")
}

fn workspace() -> Workspace {
    Workspace::at(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
}

fn modulo_placement() -> Exercise {
    catalog::find("modulo_placement").expect("there is such an exercise")
}

fn findings(mutants: impl Fn(&str) -> Vec<Mutant>) -> Vec<Finding> {
    let (workspace, exercise) = (workspace(), modulo_placement());
    let topic = Topic::of(&workspace, &exercise).expect("the sources are here");
    let library = Library::build(&workspace).expect("the library compiles");
    let proof =
        Proof::new(&workspace, &library, &topic, vec![&exercise]).expect("the sources can be read");
    let text = topic.text(FILE).expect("it can be read");
    proof.of(mutants(&text)).expect("mutants can be tried")
}

#[track_caller]
fn check(mutants: impl Fn(&str) -> Vec<Mutant>, expected: &Expect) {
    let findings = findings(mutants);
    let faults = Reasons::default().faults("survivors.toml", &["modulo_placement"], &findings);
    let mut lines: Vec<String> = findings
        .iter()
        .map(|finding| format!("{}: {:?}", finding.becomes, finding.fate))
        .collect();
    lines.extend(faults.iter().map(ToString::to_string));
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn a_mutant_is_caught_or_does_not_compile_or_survives_and_needs_a_reason() {
    check(
        |text| {
            vec![
                replace(text, "moved", "!=", "=="),
                replace(text, "moved", ".count()", ".last()"),
                replace(text, "moved", "keys.iter()", "keys.iter().rev()"),
            ]
        },
        &expect![[""]],
    );
}
