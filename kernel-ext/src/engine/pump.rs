//! The evaluator's waiting: for the cell, for a given-up one, and for the last reports.
//!
//! Part of [`RustEvaluator`]. All that happens comes as one queue of [`Event`]s; the end of
//! a job is in there once, so whoever takes it off has to be the one who waits for it.

use super::abandoned::{self, Abandoned};
use super::claim::Claim;
use super::run::Run;
use super::side::Sync;
use super::{Event, INSIST_EVERY, RustEvaluator, compiling, failures};
use crate::channel::Report;
use kernel_protocol::{Failure, Output, Sink};
use std::sync::Arc;
use std::time::{Duration, Instant};

impl RustEvaluator {
    /// Takes what has come since the last cell; an interrupt then was meant for nothing, unless
    /// it is the first of this cell.
    pub(super) fn take_earlier_events(&mut self, run: &mut Run, sink: &mut Sink<'_>) {
        while let Ok(event) = self.events.try_recv() {
            match event {
                Event::Report(report) => run.take_earlier(report, sink),
                Event::Interrupt { cell } => run.is_interrupted |= cell == self.cell,
                _ => {}
            }
        }
        run.pass_on(sink);
        self.repair_after(run, sink);
    }

    /// Replaces what a restored worker cannot use, if variables have been set back.
    fn repair_after(&mut self, run: &mut Run, sink: &mut Sink<'_>) {
        if std::mem::take(&mut run.is_restored)
            && let Some(note) = failures::repaired(self.repair())
        {
            sink(Output::Stderr(note + "\n"));
        }
    }

    /// Passes reports on until evcxr has finished the cell, or it need not start.
    pub(super) fn pump(&mut self, run: &mut Run, claim: &Arc<Claim>, sink: &mut Sink<'_>) {
        let mut interrupted_at = None;
        loop {
            let insist = run.is_interrupted.then_some(INSIST_EVERY);
            let limit = insist.into_iter().chain(run.must_pass_on_in()).min();
            let event = match limit {
                Some(limit) => self.events.recv_timeout(limit).ok(),
                None => self.events.recv().ok(),
            };
            match event {
                Some(Event::Report(Report::InputWanted { prompt, is_secret })) => {
                    let is_asked = run.ask(prompt, is_secret, sink);
                    if !is_asked {
                        self.side.input(None);
                    }
                }
                Some(Event::Input { cell, line }) if cell == self.cell => {
                    if line.is_none() {
                        run.note(failures::NO_INPUT, sink);
                    }
                    self.side.input(line);
                }
                Some(Event::Report(report)) => {
                    run.take(report, sink);
                }
                Some(Event::Progress { cell, line }) if cell == self.cell => {
                    run.progress(&line, sink);
                }
                Some(Event::Ran(ran)) => {
                    run.ran = Some(*ran);
                    return;
                }
                Some(Event::Interrupt { cell }) => run.is_interrupted |= cell == self.cell,
                Some(
                    Event::Synced { .. }
                    | Event::SupervisorGone { .. }
                    | Event::Input { .. }
                    | Event::Progress { .. },
                ) => {}
                // This side holds a sender, so nothing but the timeout ends here.
                None if run.must_pass_on_in() == Some(Duration::ZERO) => run.pass_on(sink),
                None => {}
            }
            if run.is_interrupted {
                if claim.cancel() {
                    return;
                }
                self.side.interrupt();
                if !run.has_started {
                    compiling::stop();
                    let since = *interrupted_at.get_or_insert_with(Instant::now);
                    if since.elapsed() > abandoned::PATIENCE && self.abandon(claim) {
                        return;
                    }
                }
            }
        }
    }

    /// Gives the cell up; `false` if that cannot be done.
    fn abandon(&mut self, claim: &Arc<Claim>) -> bool {
        let abandoned = Abandoned::new(Arc::clone(claim), self.side.clone());
        let abandoned = abandoned.inspect_err(|error| tracing::error!(%error, "no thread"));
        self.abandoned = abandoned.ok();
        self.abandoned.is_some()
    }

    /// Waits until evcxr has done with a cell that was given up.
    ///
    /// # Errors
    ///
    /// If the cell that waits is interrupted.
    pub(super) fn settle(&mut self, sink: &mut Sink<'_>) -> Result<(), Failure> {
        let Some(mut abandoned) = self.abandoned.take() else {
            return Ok(());
        };
        let mut run = Run::new("", &self.panics, None);
        run.is_restored = abandoned.is_restored;
        loop {
            match self.events.recv() {
                Ok(Event::Report(report)) => run.take_earlier(report, sink),
                Ok(Event::Interrupt { cell }) if cell == self.cell => {
                    abandoned.is_restored = run.is_restored;
                    self.abandoned = Some(abandoned);
                    return Err(failures::interrupted_early());
                }
                Ok(Event::Ran(_)) | Err(_) => break,
                Ok(_) => {}
            }
        }
        abandoned.end();
        // The last order to stop a cell is not for the next one.
        self.sync(&mut run, sink);
        run.pass_on(sink);
        self.repair_after(&mut run, sink);
        Ok(())
    }

    /// Takes everything that the supervisors have to report about the cell.
    pub(super) fn sync(&mut self, run: &mut Run, sink: &mut Sink<'_>) {
        let Sync {
            number,
            mut waiting,
        } = self.side.sync();
        loop {
            let event = if waiting.is_empty() {
                self.events.try_recv().ok()
            } else {
                self.events.recv().ok()
            };
            match event {
                Some(Event::Report(report)) => {
                    run.take(report, sink);
                }
                Some(Event::Synced {
                    connection,
                    number: synced,
                }) if synced == number => {
                    waiting.remove(&connection);
                }
                Some(Event::SupervisorGone { connection }) => {
                    waiting.remove(&connection);
                }
                Some(
                    Event::Synced { .. }
                    | Event::Progress { .. }
                    | Event::Interrupt { .. }
                    | Event::Input { .. }
                    | Event::Ran(_),
                ) => {}
                None => return,
            }
        }
    }
}
