//! A handful of mutants, really compiled and really run, without `cargo-mutants`.

use std::path::Path;

use exercises::catalog;
use expect_test::{Expect, expect};

use super::mutant::Mutant;
use super::proof::Proof;
use super::reasons::Reasons;
use super::topic::Topic;
use crate::grading::Library;
use crate::practice::workspace::Workspace;

/// An exercise, its reference's text, and what to try.
struct Bench {
    id: &'static str,
    file: &'static str,
    text: String,
    mutants: Vec<Mutant>,
}

impl Bench {
    fn of(id: &'static str) -> Self {
        let file = catalog::find(id)
            .expect("there is such an exercise")
            .reference;
        let text = std::fs::read_to_string(workspace().root().join(file));
        Self {
            id,
            file,
            text: text.expect("it can be read"),
            mutants: Vec::new(),
        }
    }

    /// Puts something else in the place of `old`, as `cargo-mutants` would say it.
    fn replace(mut self, genre: &str, function: &str, old: &str, new: &str) -> Self {
        let start = self.text.find(old).expect("the reference says so");
        let listed = serde_json::json!({
            "file": self.file,
            "function": {"function_name": function},
            "genre": genre,
            "span": {"start": self.place(start), "end": self.place(start + old.len())},
            "replacement": new,
        });
        let mutant = serde_json::from_value(listed);
        self.mutants
            .push(mutant.expect("it is what cargo-mutants lists"));
        self
    }

    fn place(&self, offset: usize) -> serde_json::Value {
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        serde_json::json!({
            "line": before.matches('\n').count() + 1,
            "column": before[line_start..].chars().count() + 1,
        })
    }
}

fn workspace() -> Workspace {
    Workspace::at(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
}

#[track_caller]
fn check(bench: Bench, reasons: &str, expected: &Expect) {
    let workspace = workspace();
    let exercise = catalog::find(bench.id).expect("there is such an exercise");
    let topic = Topic::of(&workspace, &exercise).expect("the sources are here");
    let library = Library::build(&workspace).expect("the library compiles");
    let proof = Proof::new(&workspace, &library, &topic, vec![&exercise]);
    let proof = proof.expect("the sources can be read");
    let findings = proof
        .of(bench.mutants, |_, _| ())
        .expect("mutants can be tried");
    let reasons: Reasons = toml::from_str(reasons).expect("the reasons can be read");
    let mut lines: Vec<String> = findings
        .iter()
        .map(|finding| format!("{}: {:?}", finding.becomes, finding.fate))
        .collect();
    let faults = reasons.faults("survivors.toml", &[bench.id], &findings);
    lines.extend(faults.iter().map(ToString::to_string));
    expected.assert_eq(&lines.join("\n"));
}

const MOVED: &str = "<impl ModuloPlacement for Modulo>::moved";

#[test]
fn a_mutant_is_caught_or_does_not_compile_or_survives_and_needs_a_reason() {
    let bench = Bench::of("modulo_placement")
        .replace("BinaryOperator", MOVED, "!=", "==")
        .replace("BinaryOperator", MOVED, ".count()", ".last()")
        .replace("BinaryOperator", MOVED, "keys.iter()", "keys.iter().rev()");
    check(
        bench,
        "",
        &expect![[r#"
        .filter(|key| Self::owner(key, before) == Self::owner(key, after)): Caught { timed_out: false }
        .last(): Unviable
        keys.iter().rev(): Survived { seed: 0 }
        modulo_placement/modulo.rs: with `keys.iter().rev()` in `<impl ModuloPlacement for Modulo>::moved`, every check passes with seed 0
            sharpen a check, or say in survivors.toml why no check can tell"#]],
    );
}

#[test]
fn a_reason_explains_its_own_survivor_and_no_other() {
    let bench = Bench::of("modulo_placement")
        .replace("BinaryOperator", MOVED, "!=", "==")
        .replace("BinaryOperator", MOVED, "keys.iter()", "keys.iter().rev()");
    let reasons = r#"
        [[survivor]]
        exercises = ["modulo_placement", "hash_ring"]
        file = "modulo.rs"
        function = "<impl ModuloPlacement for Modulo>::moved"
        becomes = ["keys.iter().rev()", "keys.iter().skip(1)"]
        reason = "The order does not matter to a count."
    "#;
    check(
        bench,
        reasons,
        &expect![[r#"
        .filter(|key| Self::owner(key, before) == Self::owner(key, after)): Caught { timed_out: false }
        keys.iter().rev(): Survived { seed: 0 }
        modulo_placement/modulo.rs: there is a reason why `keys.iter().skip(1)` in `<impl ModuloPlacement for Modulo>::moved` survives, but it does not
            delete it from survivors.toml"#]],
    );
}

#[test]
fn a_function_that_no_check_enters_is_out_of_reach_but_for_the_contract_s_own() {
    let points = ".map(|(position, server)| (*position, server.as_str()))";
    let points = format!("self.points\n            .iter()\n            {points}");
    let bench = Bench::of("hash_ring")
        .replace("FnValue", "Ring::points", &points, "std::iter::empty()")
        .replace(
            "FnValue",
            "<impl HashRing for Ring>::points",
            &points,
            "std::iter::empty()",
        );
    check(
        bench,
        "",
        &expect![[r#"
        std::iter::empty(): Survived { seed: 0 }
        std::iter::empty(): OutOfReach
        hash_ring/ring.rs: with `std::iter::empty()` in `<impl HashRing for Ring>::points`, every check passes with seed 0
            sharpen a check, or say in survivors.toml why no check can tell"#]],
    );
}
