//! Attacks by a whole file: on the compiler that reads it, and on the program that
//! grades it. They are graded as any learner's file is.

use std::path::Path;

use anyhow::Context;
use exercises::catalog;
use exercises::grade::{CheckReport, Options};

use super::super::check::side_by_side;
use super::super::fault::{Fault, outcome};
use super::hogs::ENDLESS;
use crate::grading::{Graded, Grader, Submission};
use crate::practice::workspace::Workspace;

/// The exercise that they pretend to solve.
const EXERCISE: &str = "modulo_placement";

/// A file that tries to pass, and a part of what the report must say of it: the
/// compiler's words, or the outcome of every check.
struct Attack {
    name: &'static str,
    text: &'static str,
    says: &'static str,
}

/// The text of a file in `submissions/`, and what is said of it. To the project they
/// are texts: some do not even parse.
macro_rules! attack {
    ($name:literal, $says:expr) => {
        Attack {
            name: $name,
            text: include_str!(concat!("submissions/", $name, ".rs.txt")),
            says: $says,
        }
    };
}

const ATTACKS: &[Attack] = &[
    attack!("names_the_reference", "no `Modulo` in `consistent_hashing`"),
    attack!("includes_the_reference", "Permission denied"),
    attack!("reads_the_checks", "Permission denied"),
    attack!("climbs_out", "couldn't read"),
    attack!("brings_its_own_entry", "expected "),
    attack!("ignores_its_test", "expected "),
    attack!("switches_the_entry_off", "not found in `solution`"),
    attack!("poses_as_the_crate", "trait bound"),
    attack!("asks_the_checks", "no method named `run`"),
    attack!("answers_for_the_grader", ENDLESS),
    attack!("calls_the_system", "unsafe extern"),
    attack!("runs_before_main", "link_section"),
    attack!("takes_the_crates", "can't find crate for `rustix`"),
    attack!("prints_the_environment", "found None and Err(NotPresent)"),
];

/// Attacks that pass, or that are reported for what they are not.
pub(super) fn faults(workspace: &Workspace) -> anyhow::Result<Vec<Fault>> {
    let grader = Grader::new(workspace)?;
    side_by_side(ATTACKS, |attack| {
        let found = said_of(workspace, &grader, attack)?;
        let unexpected = found.iter().filter(|said| !said.contains(attack.says));
        Ok(unexpected
            .map(|said| {
                let at = format!("{}/{}", super::ID, attack.name);
                let what = format!("the report should say `{}`, but says: {said}", attack.says);
                let next = "mend the grader in exercises/course/src/grading, then run `cargo course dev check`";
                Fault::new(at, what, next)
            })
            .collect())
    })
}

/// What the compiler says, or how each check ended.
fn said_of(workspace: &Workspace, grader: &Grader, attack: &Attack) -> anyhow::Result<Vec<String>> {
    let exercise = catalog::find(EXERCISE).context("the exercise is in the catalog")?;
    let submission = Submission {
        shown_as: &workspace.stub_name(EXERCISE),
        text: &attack.text.replace("COURSE", &course(workspace.root())),
    };
    let options = Options {
        limits: super::limits(attack.says),
        ..Options::default()
    };
    Ok(match grader.grade(&exercise, submission, &options)? {
        Graded::DoesNotCompile { messages, .. } => vec![messages],
        Graded::Graded(report) => report.checks.iter().map(ending).collect(),
    })
}

fn ending(check: &CheckReport) -> String {
    format!("{}: {}", check.name, outcome(check))
}

/// The course's folder as a path that a file can name.
fn course(root: &Path) -> String {
    root.canonicalize()
        .unwrap_or_else(|_| root.to_owned())
        .display()
        .to_string()
}
