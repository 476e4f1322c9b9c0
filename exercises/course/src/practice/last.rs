//! The report of the last check of each exercise, in `.course/last/`.
//!
//! What comes after a check goes by it: a hint is about the rule that failed, and shows
//! the input on which it failed. Progress says no more than which rules those were. It is
//! a convenience: a report that is missing or damaged is made again by grading.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use exercises::grade::{Provenance, Report};

use super::progress::replace;
use super::workspace::Workspace;
use crate::grading::sha256;

/// Keeps a report as the last one of its exercise.
///
/// # Errors
///
/// When the folder cannot be written to.
pub(crate) fn keep(workspace: &Workspace, report: &Report) -> anyhow::Result<()> {
    let text = serde_json::to_vec_pretty(report).context("a report can be written as JSON")?;
    replace(&file(workspace, &report.exercise), &text)
}

/// The last report of an exercise.
pub(crate) fn report(workspace: &Workspace, id: &str) -> Option<Report> {
    let text = fs::read(file(workspace, id)).ok()?;
    serde_json::from_slice(&text).ok()
}

/// The last report of an exercise, if grading now would repeat it: the learner's file is
/// the same, and so is the course.
pub(crate) fn report_of_this_text(workspace: &Workspace, id: &str) -> Option<Report> {
    let now = sha256(&fs::read(workspace.stub(id)).ok()?);
    report(workspace, id).filter(|report| {
        let then = report.provenance.as_ref();
        then.is_some_and(|then| then.solution_sha256 == now && is_of_this_program(then))
    })
}

/// Whether the report is younger than this program, which cargo builds anew whenever the
/// checks have changed.
fn is_of_this_program(then: &Provenance) -> bool {
    let built = || {
        fs::metadata(std::env::current_exe().ok()?)
            .ok()?
            .modified()
            .ok()
    };
    let graded = humantime::parse_rfc3339(&then.graded_at).ok();
    graded
        .zip(built())
        .is_some_and(|(graded, built)| graded > built)
}

fn file(workspace: &Workspace, id: &str) -> PathBuf {
    workspace
        .progress_folder()
        .join("last")
        .join(format!("{id}.json"))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    /// Graded a day from now: a test program may be younger than a second.
    fn of_file(content: &str) -> Report {
        graded_at(content, SystemTime::now() + Duration::from_secs(86_400))
    }

    fn graded_at(content: &str, graded_at: SystemTime) -> Report {
        let text = format!(
            r#"{{"exercise": "ring", "title": "", "seed": 0, "isolation": "sealed", "checks": [],
                "left_out": 0, "points": 0, "of": 0, "elapsed_ms": 0,
                "provenance": {{"course": "", "solution_sha256": "{}", "toolchain": "",
                    "graded_at": "{}", "hints_used": null}}}}"#,
            sha256(content.as_bytes()),
            humantime::format_rfc3339_seconds(graded_at),
        );
        serde_json::from_str(&text).expect("a report")
    }

    #[test]
    fn a_report_counts_for_the_text_that_was_graded_only() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let workspace = Workspace::at(folder.path());
        assert_eq!(report(&workspace, "ring"), None);
        keep(&workspace, &of_file("mine")).expect("kept");
        assert_eq!(report_of_this_text(&workspace, "ring"), None);
        replace(&workspace.stub("ring"), b"mine").expect("written");
        assert!(report_of_this_text(&workspace, "ring").is_some());
        replace(&workspace.stub("ring"), b"mine, edited").expect("written");
        assert_eq!(report_of_this_text(&workspace, "ring"), None);
        assert!(report(&workspace, "ring").is_some());
    }

    #[test]
    fn a_report_from_before_this_program_was_built_is_made_again() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let workspace = Workspace::at(folder.path());
        replace(&workspace.stub("ring"), b"mine").expect("written");
        keep(&workspace, &graded_at("mine", SystemTime::UNIX_EPOCH)).expect("kept");
        assert_eq!(report_of_this_text(&workspace, "ring"), None);
    }

    #[test]
    fn a_damaged_report_is_as_good_as_none() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let workspace = Workspace::at(folder.path());
        replace(&file(&workspace, "ring"), b"{").expect("written");
        assert_eq!(report(&workspace, "ring"), None);
    }
}
