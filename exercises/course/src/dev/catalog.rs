//! What every entry of the catalog must have, so that the commands, the book and
//! the notebooks can rely on it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::Context;
use exercises::catalog::{Exercise, UNWRITTEN};
use exercises::grade::Check;
use serde::Deserialize;

use super::alternatives;
use super::fault::Fault;
use crate::practice::workspace::Workspace;

const ENTRY: &str =
    "mend its entry in the topic's `exercises()`, then run `cargo course dev check`";

/// Faults of the whole catalog, files and manifest included.
pub(crate) fn lint(workspace: &Workspace, exercises: &[Exercise]) -> anyhow::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    let mut before = BTreeSet::new();
    for exercise in exercises {
        faults.extend(entry(exercise, &before));
        faults.extend(checks(exercise));
        faults.extend(wrong(exercise));
        faults.extend(files(workspace, exercise));
        if !before.insert(exercise.id) {
            faults.push(Fault::new(exercise.id, "two exercises have this id", ENTRY));
        }
    }
    faults.extend(former_ids(exercises));
    faults.extend(targets(workspace, &before)?);
    faults.extend(alternatives::lint(workspace, exercises)?);
    Ok(faults)
}

/// A learner's work is found under an old id only if it means one exercise.
fn former_ids(exercises: &[Exercise]) -> Vec<Fault> {
    let current: BTreeSet<&str> = exercises.iter().map(|exercise| exercise.id).collect();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for exercise in exercises {
        for old in exercise.formerly {
            if !is_name(old, '_') || current.contains(old) || !seen.insert(*old) {
                let what = format!(
                    "its former id `{old}` is not snake_case, or means another exercise too"
                );
                found.push(Fault::new(exercise.id, what, ENTRY));
            }
        }
    }
    found
}

fn entry(exercise: &Exercise, before: &BTreeSet<&str>) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut require = |holds: bool, what: String| {
        if !holds {
            found.push(Fault::new(exercise.id, what, ENTRY));
        }
    };
    require(
        is_name(exercise.id, '_'),
        "the id is not snake_case".to_owned(),
    );
    require(
        !exercise.title.trim().is_empty(),
        "it has no title".to_owned(),
    );
    require(
        exercise.summary.ends_with('.'),
        "the summary is not a sentence with a full stop".to_owned(),
    );
    require(exercise.minutes > 0, "it takes no minutes".to_owned());
    for id in exercise.requires {
        require(
            before.contains(id),
            format!("it requires `{id}`, which does not come before it"),
        );
    }
    found
}

fn checks(exercise: &Exercise) -> Vec<Fault> {
    let checks = (exercise.checks)();
    let mut found = Vec::new();
    let mut names = BTreeSet::new();
    if checks.is_empty() {
        found.push(Fault::new(exercise.id, "it has no checks", ENTRY));
    }
    for check in &checks {
        let mut require = |holds: bool, what: &str| {
            if !holds {
                let at = format!("{}/{}", exercise.id, check.name);
                found.push(Fault::new(
                    at,
                    what,
                    "mend the check, then run `cargo course dev check`",
                ));
            }
        };
        require(is_name(check.name, '-'), "the name is not kebab-case");
        require(
            names.insert(check.name),
            "two checks of the exercise have this name",
        );
        require(
            check.rule.ends_with('.'),
            "the rule is not a sentence with a full stop",
        );
        require(check.points > 0, "it is worth no points");
        require(
            hints_are_complete(check),
            "it needs three hints, none empty, no two the same",
        );
    }
    found
}

fn hints_are_complete(check: &Check) -> bool {
    let distinct: BTreeSet<&str> = check.hints.iter().map(|hint| hint.trim()).collect();
    distinct.len() == check.hints.len() && !distinct.contains("")
}

fn wrong(exercise: &Exercise) -> Vec<Fault> {
    let names: BTreeSet<&str> = (exercise.checks)().iter().map(|check| check.name).collect();
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for wrong in &exercise.wrong {
        let at = format!("{}/{}", exercise.id, wrong.name);
        if !seen.insert(wrong.name) {
            found.push(Fault::new(&at, "two wrong solutions have this name", ENTRY));
        }
        if wrong.diagnosis.trim().is_empty() {
            found.push(Fault::new(&at, "it has no diagnosis", ENTRY));
        }
        if !names.contains(wrong.rejected_by) {
            found.push(Fault::new(
                &at,
                format!("there is no check `{}` to reject it", wrong.rejected_by),
                ENTRY,
            ));
        }
    }
    // A check that rejects nothing may well assert nothing.
    let proven: BTreeSet<&str> = exercise
        .wrong
        .iter()
        .map(|wrong| wrong.rejected_by)
        .collect();
    for name in names.difference(&proven) {
        let next = "write one that breaks just this rule, and name the check in its `rejected_by`";
        found.push(Fault::new(
            format!("{}/{name}", exercise.id),
            "no wrong solution is rejected by this check",
            next,
        ));
    }
    found
}

fn files(workspace: &Workspace, exercise: &Exercise) -> Vec<Fault> {
    let id = exercise.id;
    let page = workspace
        .root()
        .join("book/src")
        .join(exercise.chapter)
        .with_extension("md");
    let mut expected = vec![
        (
            workspace.stub(id),
            format!("write it, or run `cargo course reset {id}`"),
        ),
        (
            workspace.fresh_stub(id),
            "run `cargo course dev stubs`".to_owned(),
        ),
    ];
    if !UNWRITTEN.contains(&exercise.chapter) {
        let next = "write the chapter, mend `chapter` in the exercise's entry, or name it in \
                    `catalog::UNWRITTEN`";
        expected.push((page, next.to_owned()));
    }
    expected
        .into_iter()
        .filter(|(path, _)| !path.is_file())
        .map(|(path, next)| Fault::new(id, format!("{} is not there", path.display()), next))
        .collect()
}

/// The part of a manifest that lists the stubs.
#[derive(Debug, Deserialize)]
struct Manifest {
    #[serde(default)]
    test: Vec<Target>,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
struct Target {
    name: String,
    path: Option<String>,
    harness: Option<bool>,
    test: Option<bool>,
}

impl Target {
    /// What a stub's target must be: it brings its own `main`, and a plain
    /// `cargo test` leaves it alone.
    fn of_stub(id: &str) -> Self {
        Self {
            name: id.to_owned(),
            path: Some(format!("stubs/{id}.rs")),
            harness: Some(false),
            test: Some(false),
        }
    }
}

fn targets(workspace: &Workspace, ids: &BTreeSet<&str>) -> anyhow::Result<Vec<Fault>> {
    let path = workspace.root().join("exercises/Cargo.toml");
    let text =
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let manifest: Manifest =
        toml::from_str(&text).with_context(|| format!("{} is no manifest", path.display()))?;
    Ok(target_faults(&manifest.test, ids))
}

fn target_faults(targets: &[Target], ids: &BTreeSet<&str>) -> Vec<Fault> {
    let found: BTreeMap<&str, &Target> = targets
        .iter()
        .map(|target| (target.name.as_str(), target))
        .collect();
    let mut faults = Vec::new();
    for &id in ids {
        if found
            .get(id)
            .is_none_or(|&target| *target != Target::of_stub(id))
        {
            let table = format!(
                "[[test]] name = \"{id}\", path = \"stubs/{id}.rs\", harness = false, test = false"
            );
            faults.push(Fault::new(
                id,
                "its stub is not a test target as it should be",
                format!("put into exercises/Cargo.toml: {table}"),
            ));
        }
    }
    for name in found.keys().filter(|name| !ids.contains(*name)) {
        faults.push(Fault::new(
            *name,
            "the catalog has no exercise for this test target",
            "remove it from exercises/Cargo.toml",
        ));
    }
    faults
}

/// Whether the text is words of lower-case letters and digits, joined by `joint`.
pub(super) fn is_name(text: &str, joint: char) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    text.split(joint).all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_targets(manifest: &str, expected: &[&str]) {
        let manifest: Manifest = toml::from_str(manifest).expect("a manifest");
        let faults = target_faults(&manifest.test, &BTreeSet::from(["ring"]));
        assert_eq!(
            faults
                .iter()
                .map(|fault| fault.at.as_str())
                .collect::<Vec<_>>(),
            expected
        );
    }

    #[test]
    fn the_manifest_lists_the_stubs_and_nothing_else() {
        let ring =
            "[[test]]\nname = \"ring\"\npath = \"stubs/ring.rs\"\nharness = false\ntest = false\n";
        check_targets(ring, &[]);
        check_targets("", &["ring"]);
        check_targets(&ring.replace("test = false", "test = true"), &["ring"]);
        check_targets(&format!("{ring}[[test]]\nname = \"other\"\n"), &["other"]);
    }

    #[test]
    fn names_are_words_with_joints() {
        for (name, joint) in [("hash_ring", '_'), ("wraps-around", '-'), ("a1", '-')] {
            assert!(is_name(name, joint), "{name}");
        }
        for (name, joint) in [
            ("", '_'),
            ("hash-ring", '_'),
            ("Ring", '_'),
            ("a--b", '-'),
            ("-a", '-'),
        ] {
            assert!(!is_name(name, joint), "{name}");
        }
    }

    #[test]
    fn three_hints_must_differ_and_say_something() {
        let check = |hints| hints_are_complete(&Check::new("any", "Any.", |_| Ok(())).hints(hints));
        assert!(check(["a", "b", "c"]));
        assert!(!check(["a", "b", " "]));
        assert!(!check(["a", "b", "b"]));
        assert!(!hints_are_complete(&Check::new("any", "Any.", |_| Ok(()))));
    }
}
