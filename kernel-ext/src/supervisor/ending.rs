//! How a cell ends: kept, set back, or with the worker.
//!
//! Part of [`Supervisor`]. A cell is over only when a snapshot of what it has made of
//! the variables exists: should the worker die before that, evcxr would believe in
//! variables that nobody has.

use super::cell::{Ended, RunningCell};
use super::moved::moved_variables;
use super::{POISON, Supervisor, tell_evcxr};
use crate::channel::{Death, FromWorker, Panic, Report, Restored};
use rustix::process::Pid;
use std::path::PathBuf;

/// A worker that dies again and again without a cell would do so for ever.
const MAX_IDLE_DEATHS: u32 = 3;

/// A worker that has died and whose snapshot has been woken, but has not answered yet.
pub(super) struct Restoring {
    why: Why,
    during_cell: bool,
    /// Processes of earlier cells, which were the dead worker's children.
    orphans: Vec<Pid>,
}

enum Why {
    /// The worker died by itself, or was interrupted.
    Died { cause: Death, panics: Vec<Panic> },
    /// The supervisor has ended it, to get variables back that the cell had moved.
    RolledBack { ended: Ended, moved: Vec<String> },
}

impl Supervisor {
    /// Takes what the worker says.
    pub(super) fn take_message(&mut self) -> anyhow::Result<()> {
        let Some(message) = self.worker.message() else {
            return Ok(());
        };
        match message {
            FromWorker::Done { loading_us } if self.cell.is_some() => self.code_ended(loading_us),
            FromWorker::NotLoaded { message } if self.cell.is_some() => {
                self.cell = None;
                self.report(&Report::NotLoaded { message })?;
                tell_evcxr(POISON)
            }
            FromWorker::Snapshot { .. } => self.cell_ended(),
            FromWorker::NoSnapshot { message } => {
                self.report(&Report::Unprotected { message })?;
                self.cell_ended()
            }
            FromWorker::Restored(restored) => self.restored(restored),
            FromWorker::Done { .. } | FromWorker::NotLoaded { .. } => {
                tracing::warn!(?message, "the worker said something at the wrong time");
                Ok(())
            }
        }
    }

    /// The cell's code has ended, in whatever way.
    fn code_ended(&mut self, loading_us: u64) -> anyhow::Result<()> {
        self.finish_output()?;
        let mut cell = self.cell.take().unwrap_or_default();
        let panic = cell.fatal_panic();
        // At most one is left: a further one shows those before it to be caught.
        for panic in std::mem::take(&mut cell.panics) {
            self.report_caught(panic)?;
        }
        let ended = Ended {
            panic,
            by_question_mark: cell.by_question_mark,
            loading_us,
        };
        let has_failed = ended.panic.is_some() || ended.by_question_mark;
        cell.moved = if has_failed { self.moved() } else { Vec::new() };
        if cell.moved.is_empty() {
            self.worker.keep();
        } else {
            self.worker.kill();
        }
        cell.ended = Some(ended);
        self.cell = Some(cell);
        Ok(())
    }

    /// The variables that the cell has moved, by the code that evcxr has generated.
    fn moved(&self) -> Vec<String> {
        let generated = self.source.as_ref().map(std::fs::read_to_string);
        match generated {
            Some(Ok(generated)) => moved_variables(&generated),
            Some(Err(error)) => {
                tracing::warn!(%error, "evcxr's code cannot be read");
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// There is a new snapshot, or there cannot be one; a cell whose code has ended is over.
    fn cell_ended(&mut self) -> anyhow::Result<()> {
        let is_over = |cell: &mut RunningCell| cell.ended.is_some() && cell.moved.is_empty();
        let cell = self.cell.take_if(is_over);
        let Some(Ended {
            panic,
            by_question_mark,
            loading_us,
        }) = cell.and_then(|cell| cell.ended)
        else {
            return Ok(());
        };
        self.worker.bury_adopted();
        // A thread of the cell may have asked, and nobody else will answer.
        self.input.answer(None);
        self.report(&Report::Finished {
            panic,
            by_question_mark,
            loading_us,
        })?;
        tell_evcxr(b"EVCXR_EXECUTION_COMPLETE\n")
    }

    /// The worker is dead: wakes its snapshot; `false` if there is none.
    pub(super) fn worker_died(&mut self) -> anyhow::Result<bool> {
        // Its last word may have been about a newer snapshot.
        while self.worker.message().is_some() {}
        let cause = self.worker.wait()?;
        self.finish_output()?;
        self.finish_said()?;
        if let Some(restoring) = self.restoring.take() {
            tracing::error!(?cause, "a snapshot died when it was woken");
            return self.all_is_lost(restoring.why, restoring.during_cell);
        }
        let cell = self.cell.take();
        let during_cell = cell.is_some();
        let before = match &cell {
            Some(cell) => cell.processes_before.clone(),
            None => self.worker.strays(),
        };
        let orphans = self.worker.end_strays(&before);
        let why = why(cause, cell.unwrap_or_default());
        self.idle_deaths += u32::from(!during_cell);
        if self.idle_deaths > MAX_IDLE_DEATHS || !self.worker.wake_snapshot() {
            return self.all_is_lost(why, during_cell);
        }
        self.restoring = Some(Restoring {
            why,
            during_cell,
            orphans,
        });
        Ok(true)
    }

    fn restored(&mut self, mut restored: Restored) -> anyhow::Result<()> {
        let Some(restoring) = self.restoring.take() else {
            tracing::warn!("a snapshot has woken by itself");
            return Ok(());
        };
        let orphans = restoring.orphans.iter();
        restored.processes = orphans.map(|pid| pid.as_raw_nonzero().get()).collect();
        self.report(&match restoring.why {
            Why::Died { cause, panics } => Report::Died {
                cause,
                during_cell: restoring.during_cell,
                panics,
                restored: Some(restored),
            },
            Why::RolledBack { ended, moved } => Report::RolledBack {
                panic: ended.panic,
                by_question_mark: ended.by_question_mark,
                moved,
                restored,
            },
        })?;
        if restoring.during_cell {
            tell_evcxr(POISON)?;
        }
        Ok(())
    }

    /// Without a snapshot evcxr has to start anew, and this process with it.
    fn all_is_lost(&self, why: Why, during_cell: bool) -> anyhow::Result<bool> {
        let (cause, panics) = match why {
            Why::Died { cause, panics } => (cause, panics),
            Why::RolledBack { ended, .. } => (Death::Interrupted, Vec::from_iter(ended.panic)),
        };
        self.report(&Report::Died {
            cause,
            during_cell,
            panics,
            restored: None,
        })?;
        Ok(false)
    }
}

/// Where evcxr puts the code that it generates, if anybody has said so.
pub(super) fn generated_source() -> Option<PathBuf> {
    let directory = std::env::var_os("EVCXR_TMPDIR")?;
    Some(PathBuf::from(directory).join("src/lib.rs"))
}

fn why(cause: Death, cell: RunningCell) -> Why {
    match cell.ended {
        Some(ended) if !cell.moved.is_empty() && !cell.is_interrupted => Why::RolledBack {
            ended,
            moved: cell.moved,
        },
        _ => Why::Died {
            cause: if cell.is_interrupted {
                Death::Interrupted
            } else {
                cause
            },
            panics: cell.last_panics(),
        },
    }
}
