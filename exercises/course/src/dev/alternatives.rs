//! Right solutions that are not the reference: the checks must accept them.
//!
//! Wrong solutions prove that a check is sharp enough. These prove that it is not too
//! sharp: a check that asks for more than the contract, because the reference happens
//! to do it, would reject a learner who is right. They are kept as a learner would hand
//! them in, `exercises/alternatives/ID.rs`, `ID-2.rs` and so on, and graded like that.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use exercises::catalog::Exercise;
use exercises::grade::{Options, Seed};

use super::check::side_by_side;
use super::fault::{Fault, outcome};
use crate::grading::{Graded, Grader, Submission};
use crate::practice::workspace::Workspace;

/// Where they are, from the repository's root.
const FOLDER: &str = "exercises/alternatives";

/// Fewer than for references, because each is a compilation; the first is the learner's
/// default.
const SEEDS: [Seed; 3] = [0, 1, 2];

const NEXT: &str =
    "mend the alternative, or the check if the contract is on the alternative's side";

/// The alternative solutions of an exercise, `ID.rs` first.
///
/// # Errors
///
/// When their folder cannot be read.
pub(crate) fn of(workspace: &Workspace, id: &str) -> anyhow::Result<Vec<PathBuf>> {
    let all = files(workspace)?;
    Ok(all.into_iter().filter(|path| owner(path) == id).collect())
}

/// What the catalog's lint has to say about them.
pub(super) fn lint(workspace: &Workspace, exercises: &[Exercise]) -> anyhow::Result<Vec<Fault>> {
    let files = files(workspace)?;
    let owners: BTreeSet<&str> = files.iter().map(|path| owner(path)).collect();
    let ids: BTreeSet<&str> = exercises.iter().map(|exercise| exercise.id).collect();
    let without = ids.difference(&owners).map(|id| {
        let next = format!(
            "write {FOLDER}/{id}.rs, which solves it with another data structure or algorithm \
             than the reference"
        );
        Fault::new(*id, "it has no alternative solution", next)
    });
    let stray = files.iter().filter(|path| !ids.contains(owner(path)));
    let stray = stray.map(|path| {
        let what = "the catalog has no exercise for this alternative solution";
        Fault::new(
            shown(path),
            what,
            "rename it to `ID.rs` or `ID-2.rs`, or remove it",
        )
    });
    Ok(without.chain(stray).collect())
}

/// Each compiles alone, without a warning, and passes every check.
pub(super) fn faults(workspace: &Workspace, exercises: &[Exercise]) -> anyhow::Result<Vec<Fault>> {
    let grader = Grader::new(workspace)?.without_warnings();
    let mut pairs = Vec::new();
    for exercise in exercises {
        pairs.extend(
            of(workspace, exercise.id)?
                .into_iter()
                .map(|path| (exercise, path)),
        );
    }
    side_by_side(&pairs, |(exercise, path)| {
        let mut faults = Vec::new();
        for seed in SEEDS {
            faults.extend(under(&grader, exercise, path, seed)?);
            // The same again under another seed would say nothing new.
            if !faults.is_empty() {
                break;
            }
        }
        Ok(faults)
    })
}

fn under(
    grader: &Grader,
    exercise: &Exercise,
    path: &Path,
    seed: Seed,
) -> anyhow::Result<Vec<Fault>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("{} cannot be read", shown(path)))?;
    let shown_as = shown(path);
    let submission = Submission {
        shown_as: &shown_as,
        text: &text,
    };
    let options = Options {
        seed,
        ..Options::default()
    };
    let report = match grader.grade(exercise, submission, &options)? {
        Graded::Graded(report) => report,
        Graded::DoesNotCompile { messages, .. } => {
            let what = format!("it does not compile without a warning:\n{messages}");
            return Ok(vec![Fault::new(shown_as, what, NEXT)]);
        }
    };
    let failed = report.checks.iter().filter(|check| !check.passed());
    Ok(failed
        .map(|check| {
            let what = format!(
                "`{}` rejects it with seed {seed}: {}",
                check.name,
                outcome(check)
            );
            Fault::new(&*shown_as, what, NEXT)
        })
        .collect())
}

/// Every alternative solution, in the order of their names.
fn files(workspace: &Workspace) -> anyhow::Result<Vec<PathBuf>> {
    let folder = workspace.root().join(FOLDER);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(&folder)
        .and_then(|entries| {
            entries
                .map(|entry| Ok(entry?.path()))
                .collect::<Result<Vec<_>, _>>()
        })
        .with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut files: Vec<_> = entries
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    // By stem: as whole names, `ID-2.rs` comes before `ID.rs`.
    files.sort_by_key(|path| path.file_stem().map(ToOwned::to_owned));
    Ok(files)
}

/// The id of the exercise that a file is meant to solve.
fn owner(path: &Path) -> &str {
    let stem = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    match stem.split_once('-') {
        Some((id, number)) if number.parse::<u32>().is_ok() => id,
        _ => stem,
    }
}

/// A file's path from the repository's root.
fn shown(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    format!("{FOLDER}/{}", name.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn further_alternatives_of_an_exercise_are_numbered() {
        for (name, id) in [
            ("hash_ring.rs", "hash_ring"),
            ("hash_ring-2.rs", "hash_ring"),
            ("hash-ring.rs", "hash-ring"),
        ] {
            assert_eq!(owner(Path::new(name)), id, "{name}");
        }
    }

    #[test]
    fn an_exercise_without_one_and_one_without_an_exercise_are_named() {
        let root = tempfile::tempdir().expect("the system has a temporary folder");
        let folder = root.path().join(FOLDER);
        fs::create_dir_all(&folder).expect("folders can be made");
        for name in [
            "modulo_placement-2.rs",
            "modulo_placement.rs",
            "hash_rnig.rs",
        ] {
            fs::write(folder.join(name), "").expect("files can be written");
        }
        let workspace = Workspace::at(root.path());
        let exercises = ["modulo_placement", "hash_ring"]
            .map(|id| exercises::catalog::find(id).expect("it is in the catalog"));
        let faults = lint(&workspace, &exercises).expect("the folder can be read");
        let at: Vec<&str> = faults.iter().map(|fault| fault.at.as_str()).collect();
        assert_eq!(at, ["hash_ring", "exercises/alternatives/hash_rnig.rs"]);
        let first = of(&workspace, "modulo_placement").expect("the folder can be read");
        assert!(first[0].ends_with("modulo_placement.rs"), "{first:?}");
    }
}
