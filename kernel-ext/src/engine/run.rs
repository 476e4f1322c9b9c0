//! One cell on its way: what has been reported so far, and what that means at the end.

use super::batch::Batch;
use super::blocks::{Blocks, Ending};
use super::outcome::{Ended, Ran};
use super::panics::Panics;
use super::timing::Timing;
use super::{failures, live};
use crate::channel::{Death, LIVE_OUTPUT, Panic, Report, Restored, Stream, VALUE};
use kernel_protocol::{Bundle, Failure, Output, Sink};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Enough for any error message; a cell may print gigabytes.
const STDERR_TAIL: usize = 4096;

/// Under which the line of progress is shown and replaced; it never outlasts its cell.
const PROGRESS_ID: &str = "kernel-ext-progress";

/// The running cell.
pub(super) struct Run<'a> {
    code: &'a str,
    panics: Arc<Mutex<Panics>>,
    blocks: Blocks,
    batch: Batch,
    /// The end of what the cell has printed on standard error.
    stderr: String,
    pub(super) is_interrupted: bool,
    /// Whether the user can be asked for input.
    pub(super) allows_input: bool,
    /// Whether its code has begun to run.
    pub(super) has_started: bool,
    not_loaded: Option<String>,
    panic: Option<Panic>,
    by_question_mark: bool,
    /// What came of setting all variables back because the cell had moved some.
    rolled_back: Option<(Vec<String>, Restored)>,
    died: Option<Died>,
    /// Whether variables have been set back since the cell before.
    pub(super) is_restored: bool,
    pub(super) ran: Option<Ran>,
    pub(super) timing: Timing,
    /// Whether a line is shown that is to go away.
    shows_progress: bool,
    /// Whether anything else is shown under the cell: it would go away with the line.
    pub(super) has_shown: bool,
}

/// The end of the worker, as reported.
pub(super) struct Died {
    cause: Death,
    during_cell: bool,
    panics: Vec<Panic>,
    restored: Option<Restored>,
}

impl<'a> Run<'a> {
    /// A cell that is about to start, with a death that no cell before has been told of.
    pub(super) fn new(code: &'a str, panics: &Arc<Mutex<Panics>>, died: Option<Died>) -> Self {
        Self {
            code,
            panics: Arc::clone(panics),
            blocks: Blocks::default(),
            batch: Batch::default(),
            stderr: String::new(),
            is_interrupted: false,
            allows_input: false,
            has_started: false,
            not_loaded: None,
            panic: None,
            by_question_mark: false,
            rolled_back: None,
            died,
            is_restored: false,
            ran: None,
            timing: Timing::default(),
            shows_progress: false,
            has_shown: false,
        }
    }

    /// Takes a report from between this cell and the one before.
    ///
    /// Text then comes from a thread that an earlier cell has started. A block comes from
    /// evcxr's own start, which evaluates `42`.
    pub(super) fn take_earlier(&mut self, report: Report, sink: &mut Sink<'_>) {
        match report {
            Report::Text { .. }
            | Report::Caught { .. }
            | Report::Died { .. }
            | Report::Unprotected { .. } => {
                self.take(report, sink);
            }
            Report::Block { mime, data } if mime == LIVE_OUTPUT => {
                self.pass_on(sink);
                sink(live::output(&data));
            }
            _ => {}
        }
        self.stderr.clear();
    }

    /// Takes a report about this cell.
    pub(super) fn take(&mut self, report: Report, sink: &mut Sink<'_>) {
        match report {
            Report::Started { library } => {
                self.end_progress(sink);
                self.has_started = true;
                self.timing.start(library.as_ref());
                self.panics().places.loaded(&library);
            }
            Report::Caught { panic } => {
                self.open(sink);
                self.show(sink);
                let text = self.panics().describe_caught(&panic);
                self.note(&text, sink);
            }
            Report::Text { stream, text } => {
                self.open(sink);
                self.show(sink);
                if stream == Stream::Stderr {
                    self.keep_tail(&text);
                }
                self.batch.push(stream, &text, Instant::now(), sink);
            }
            // Not the cell's: evcxr is starting, and evaluates `42` for its own ends.
            Report::Block { .. } if !self.has_started => {}
            Report::Block { mime, data } if mime == LIVE_OUTPUT => {
                self.open(sink);
                self.pass_on(sink);
                self.show(sink);
                sink(live::output(&data));
            }
            Report::Block { mime, data } if mime == VALUE => {
                self.pass_on(sink);
                self.blocks.push_value(data);
            }
            Report::Block { mime, data } => {
                self.pass_on(sink);
                if let Some(bundle) = self.blocks.push(mime, data) {
                    sink(shown(bundle));
                }
            }
            Report::Quiet => self.show(sink),
            other => self.take_end(other, sink),
        }
    }

    /// Takes a report about the cell's end, or the worker's.
    fn take_end(&mut self, report: Report, sink: &mut Sink<'_>) {
        match report {
            Report::Finished {
                panic,
                by_question_mark,
                loading_us,
            } => {
                self.panic = panic;
                self.by_question_mark = by_question_mark;
                self.timing.finish(Duration::from_micros(loading_us));
            }
            Report::NotLoaded { message } => self.not_loaded = Some(message),
            Report::RolledBack {
                panic,
                by_question_mark,
                moved,
                restored,
            } => {
                self.panic = panic;
                self.by_question_mark = by_question_mark;
                self.rolled_back = Some((moved, restored));
                self.is_restored = true;
            }
            // Not this cell's doing, and nothing that it needs is missing.
            Report::Died {
                cause,
                during_cell: false,
                restored: Some(restored),
                ..
            } => {
                self.is_restored = true;
                self.note(&failures::died_between_cells(cause, &restored), sink);
            }
            Report::Died {
                cause,
                during_cell,
                panics,
                restored,
            } => {
                self.is_restored |= restored.is_some();
                self.died = Some(Died {
                    cause,
                    during_cell,
                    panics,
                    restored,
                });
            }
            Report::Unprotected { message } => {
                self.note(&failures::unprotected(&message), sink);
            }
            _ => {}
        }
    }

    /// Asks the user for a line of input; `false` if that is impossible.
    pub(super) fn ask(&mut self, prompt: String, is_secret: bool, sink: &mut Sink<'_>) -> bool {
        self.pass_on(sink);
        self.show(sink);
        if self.allows_input {
            sink(Output::InputWanted { prompt, is_secret });
        } else {
            self.note(failures::NO_INPUT, sink);
        }
        self.allows_input
    }

    /// Shows what the cell is doing, until there is something of its own to be shown.
    pub(super) fn progress(&mut self, line: &str, sink: &mut Sink<'_>) {
        if self.has_started || self.has_shown {
            return;
        }
        let bundle = Bundle::text(&format!("{line} …"));
        let id = PROGRESS_ID.to_owned();
        sink(match std::mem::replace(&mut self.shows_progress, true) {
            false => Output::Display {
                bundle,
                id: Some(id),
            },
            true => Output::Update { bundle, id },
        });
    }

    /// Something else is about to be shown.
    fn open(&mut self, sink: &mut Sink<'_>) {
        self.end_progress(sink);
        self.has_shown = true;
    }

    /// Takes the line away. Front ends can take away only all of a cell's output, hence
    /// [`Run::has_shown`].
    fn end_progress(&mut self, sink: &mut Sink<'_>) {
        if std::mem::take(&mut self.shows_progress) {
            sink(Output::Clear { wait: false });
        }
    }

    /// What the kernel itself has to say, in its place among the cell's own text.
    pub(super) fn note(&mut self, text: &str, sink: &mut Sink<'_>) {
        self.open(sink);
        self.batch.push(Stream::Stderr, text, Instant::now(), sink);
    }

    fn show(&mut self, sink: &mut Sink<'_>) {
        if let Some(bundle) = self.blocks.close() {
            sink(shown(bundle));
        }
    }

    /// How long text may still be held back; `None` if there is none.
    pub(super) fn must_pass_on_in(&self) -> Option<Duration> {
        self.batch.wait(Instant::now())
    }

    /// Passes on the text that has been held back.
    pub(super) fn pass_on(&mut self, sink: &mut Sink<'_>) {
        self.batch.pass_on(Instant::now(), sink);
    }

    fn keep_tail(&mut self, text: &str) {
        self.stderr.push_str(text);
        let mut cut = self.stderr.len().saturating_sub(STDERR_TAIL);
        while !self.stderr.is_char_boundary(cut) {
            cut += 1;
        }
        self.stderr.drain(..cut);
    }

    /// How the cell ended.
    pub(super) fn end(&mut self, sink: &mut Sink<'_>) -> Result<Option<Bundle>, Failure> {
        self.end_progress(sink);
        self.pass_on(sink);
        let Some(Ran { ended, work }) = self.ran.take() else {
            self.show(sink);
            return Err(failures::interrupted_early());
        };
        self.timing.answer(&work);
        if let Some(failure) = self.failure(&ended) {
            self.show(sink);
            return Err(failure);
        }
        let Ended::Ok {
            commands,
            displayed,
        } = ended
        else {
            return Ok(None);
        };
        let ending = match displayed {
            // A cell whose last token is `;` has no value, whatever it displays itself.
            Ending::Displayed if crate::completeness::ends_in_semicolon(self.code) => {
                Ending::Statement
            }
            other => other,
        };
        let (last, value) = self.blocks.end(ending);
        if let Some(bundle) = last {
            sink(shown(bundle));
        }
        match (value, commands) {
            (Some(value), Some(commands)) => {
                sink(shown(commands));
                Ok(Some(value))
            }
            (value, commands) => Ok(value.or(commands)),
        }
    }

    /// A death that has not become a failure: this cell did not get as far as to notice.
    pub(super) fn take_death(self) -> Option<Died> {
        self.died
    }

    fn failure(&mut self, ended: &Ended) -> Option<Failure> {
        let is_gone = matches!(ended, Ended::ProcessGone(_));
        if let Some(died) = self.died.take_if(|died| died.during_cell || is_gone) {
            return Some(self.death(&died));
        }
        if let Some(panic) = self.panic.take() {
            let details = self.panics().describe(&panic);
            let rolled_back = self.rolled_back.as_ref();
            return Some(failures::panicked(&panic.message, details, rolled_back));
        }
        if self.by_question_mark {
            let rolled_back = self.rolled_back.as_ref();
            return Some(failures::question_mark(&self.stderr, rolled_back));
        }
        match ended {
            Ended::Ok { .. } => None,
            Ended::ProcessGone(message) => Some(failures::process_gone(message)),
            Ended::Failed(_) if self.is_interrupted => Some(failures::interrupted_early()),
            Ended::Failed(failure) => Some(match self.not_loaded.take() {
                Some(message) => failures::not_loaded(&message),
                None => failure.clone(),
            }),
        }
    }

    fn death(&self, died: &Died) -> Failure {
        let mut details = Vec::new();
        for panic in &died.panics {
            details.push(format!("before that it panicked: {}", panic.message));
            details.extend(self.panics().describe(panic));
        }
        let restored = died.restored.as_ref();
        if died.during_cell {
            failures::died(died.cause, &self.stderr, details, restored)
        } else {
            failures::not_run(died.cause, details)
        }
    }

    fn panics(&self) -> MutexGuard<'_, Panics> {
        self.panics.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn shown(bundle: Bundle) -> Output {
    Output::Display { bundle, id: None }
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
