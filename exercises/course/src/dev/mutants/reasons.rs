//! Why a survivor is no fault of the checks.
//!
//! The reasons live in the topic's `survivors.toml`, by file, function and changed
//! code, never by line number. A survivor without a reason is a fault; so is a reason
//! without its survivor, since it would excuse the next one.

use std::fs;

use anyhow::Context;
use serde::Deserialize;

use super::proof::{Fate, Finding};
use super::topic::Topic;
use crate::dev::fault::Fault;
use crate::practice::workspace::Workspace;

/// Name of the file in the topic's folder.
pub(super) const REASONS: &str = "survivors.toml";

/// The file's content.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reasons {
    /// Every reason, in the order in which the table shows them.
    #[serde(default)]
    pub(super) survivor: Vec<Reason>,
}

/// Why no check can tell some mutants of a function from the reference.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reason {
    /// Ids of the exercises whose checks let them pass.
    pub(super) exercises: Vec<String>,
    /// Name of the changed file in the topic's folder.
    pub(super) file: String,
    /// The changed function, as cargo-mutants names it.
    pub(super) function: String,
    /// What the code says after each change.
    pub(super) becomes: Vec<String>,
    /// In a sentence or two.
    pub(super) reason: String,
}

impl Reasons {
    /// The topic's; none if it has no such file.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or understood.
    pub(super) fn read(workspace: &Workspace, topic: &Topic) -> anyhow::Result<Self> {
        let file = topic.in_folder(REASONS);
        let path = workspace.root().join(&file);
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = fs::read_to_string(&path).with_context(|| format!("{file} cannot be read"))?;
        toml::from_str(&text).with_context(|| format!("{file} cannot be understood"))
    }

    /// What is wrong between these findings and the reasons for them.
    pub(super) fn faults(&self, at: &str, tried: &[&str], findings: &[Finding]) -> Vec<Fault> {
        let survivors: Vec<&Finding> = findings
            .iter()
            .filter(|finding| matches!(finding.fate, Fate::Survived { .. }))
            .collect();
        let unexplained = survivors.iter().filter(|finding| !self.explains(finding));
        let mut faults: Vec<Fault> = unexplained
            .map(|finding| without_reason(at, finding))
            .collect();
        for reason in &self.survivor {
            let exercises = reason.exercises.iter().map(String::as_str);
            for exercise in exercises.filter(|id| tried.contains(id)) {
                let is_there = |becomes: &&String| {
                    let explains = |it: &&Finding| reason.is_about(it, exercise, becomes);
                    survivors.iter().copied().any(|it| explains(&it))
                };
                let idle = reason.becomes.iter().filter(|becomes| !is_there(becomes));
                faults.extend(idle.map(|becomes| reason.without_survivor(at, exercise, becomes)));
            }
        }
        faults
    }

    fn explains(&self, finding: &Finding) -> bool {
        self.survivor.iter().any(|reason| {
            let is_for = |exercise: &String| {
                let about = |becomes: &String| reason.is_about(finding, exercise, becomes);
                reason.becomes.iter().any(about)
            };
            reason.exercises.iter().any(is_for)
        })
    }
}

impl Reason {
    fn is_about(&self, finding: &Finding, exercise: &str, becomes: &str) -> bool {
        finding.exercise == exercise
            && finding.mutant.file_name() == self.file
            && finding.mutant.function() == self.function
            && finding.becomes == becomes
    }

    fn without_survivor(&self, at: &str, exercise: &str, becomes: &str) -> Fault {
        let Self { file, function, .. } = self;
        Fault::new(
            format!("{exercise}/{file}"),
            format!("there is a reason why `{becomes}` in `{function}` survives, but it does not"),
            format!("delete it from {at}"),
        )
    }
}

fn without_reason(at: &str, finding: &Finding) -> Fault {
    let Finding {
        mutant, becomes, ..
    } = finding;
    let seed = match finding.fate {
        Fate::Survived { seed } => seed,
        _ => 0,
    };
    Fault::new(
        format!("{}/{}", finding.exercise, mutant.file_name()),
        format!(
            "with `{becomes}` in `{}`, every check passes with seed {seed}",
            mutant.function()
        ),
        format!("sharpen a check, or say in {at} why no check can tell"),
    )
}
