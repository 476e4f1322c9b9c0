//! Runs of the grader, beside the loop.
//!
//! Each has a thread of its own, because a run takes as long as its slowest check and
//! the keys must work meanwhile. When the loop ends, runs may still be going on: their
//! processes end with this one, and their files lie in one folder, which is removed.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use exercises::catalog::Exercise;
use exercises::grade::Options;

use super::engine::Incoming;
use super::verdict::Verdict;
use crate::grading::{Graded, Grader};
use crate::practice::check;
use crate::practice::workspace::Workspace;
use crate::scratch::Scratch;

/// What begins runs, and cleans up behind them.
pub(super) struct Runs {
    workspace: Workspace,
    grader: Arc<Grader>,
    outbox: Sender<Incoming>,
    _folder: Scratch,
}

impl Runs {
    /// # Errors
    ///
    /// When there is no place for temporary files.
    pub(super) fn new(
        workspace: &Workspace,
        grader: Grader,
        outbox: Sender<Incoming>,
    ) -> anyhow::Result<Self> {
        let folder = Scratch::new("watch")?;
        // A thread that is cut short drops nothing, so its folders must lie in ours. It
        // fails only if somebody has set one before, and then that one serves as well.
        let _ = tempfile::env::override_temp_dir(folder.path());
        Ok(Self {
            workspace: workspace.clone(),
            grader: Arc::new(grader),
            outbox,
            _folder: folder,
        })
    }

    /// Begins to grade the learner's file as it is.
    pub(super) fn begin(&self, run: u64, exercise: &Exercise) {
        let (workspace, exercise) = (self.workspace.clone(), exercise.clone());
        let (grader, outbox) = (self.grader.clone(), self.outbox.clone());
        std::thread::spawn(move || {
            let _panic = TellsOfPanic(outbox.clone());
            let verdict = judge(&workspace, &grader, &exercise);
            // Nobody listens after the end.
            let _ = outbox.send(Incoming::Judged { run, verdict });
        });
    }
}

fn judge(workspace: &Workspace, grader: &Grader, exercise: &Exercise) -> Verdict {
    let grader = grader.with_warnings_aside();
    match check::grade(workspace, &grader, exercise, &Options::default()) {
        Ok(Graded::Graded(report)) => Verdict::Graded {
            report,
            warnings: grader.take_warnings(),
        },
        Ok(Graded::DoesNotCompile { messages, .. }) => Verdict::DoesNotCompile { messages },
        Err(error) => Verdict::Failed {
            why: format!("{error:#}"),
        },
    }
}

/// A thread that panics would otherwise leave the loop waiting for its verdict.
struct TellsOfPanic(Sender<Incoming>);

impl Drop for TellsOfPanic {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let _ = self.0.send(Incoming::Panicked);
        }
    }
}
