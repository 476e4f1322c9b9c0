//! What the supervisor knows of the cell that is running.

use crate::channel::Panic;
use rustix::process::Pid;

/// A cell between its start and its end.
#[derive(Default)]
pub(super) struct RunningCell {
    /// Panics on the cell's thread whose fate is open: the cell may have caught them.
    pub(super) panics: Vec<Panic>,
    pub(super) has_panicked: bool,
    pub(super) by_question_mark: bool,
    /// The last panics that were shown as caught.
    pub(super) shown: Vec<Panic>,
    pub(super) is_interrupted: bool,
    /// Whether a content block was the last thing printed.
    pub(super) ends_in_block: bool,
    /// Processes that earlier cells have started and that still run.
    pub(super) processes_before: Vec<Pid>,
    /// How its code ended, once it has; the cell is over when that is safe to keep.
    pub(super) ended: Option<Ended>,
    /// The variables that a cell which has failed had moved; they make it go back.
    pub(super) moved: Vec<String>,
}

/// How a cell's code ended.
#[derive(Default)]
pub(super) struct Ended {
    /// The panic that ended it.
    pub(super) panic: Option<Panic>,
    /// Whether a `?` ended it.
    pub(super) by_question_mark: bool,
    /// How long its library took to be loaded, in microseconds.
    pub(super) loading_us: u64,
}

/// As many panics as one abort can have, and some.
const MAX_SHOWN: usize = 4;

impl RunningCell {
    /// Takes the panics that the cell has caught, as it seems.
    pub(super) fn take_caught(&mut self) -> Vec<Panic> {
        let caught = std::mem::take(&mut self.panics);
        self.shown.extend(caught.iter().cloned());
        let too_many = self.shown.len().saturating_sub(MAX_SHOWN);
        self.shown.drain(..too_many);
        caught
    }

    /// The panics that led to the end of the process.
    ///
    /// What a destructor or the standard library prints on the way to an abort makes them
    /// look like caught ones.
    pub(super) fn last_panics(mut self) -> Vec<Panic> {
        let open = self.take_caught();
        match self.shown.pop() {
            Some(last) if is_of_an_abort(&last) => self.shown,
            _ => open,
        }
    }

    /// The panic that ended the cell. A destructor that printed while the stack unwound
    /// made it look like a caught one.
    pub(super) fn fatal_panic(&mut self) -> Option<Panic> {
        if !self.has_panicked {
            return None;
        }
        let reported = self.panics.pop().or_else(|| self.shown.pop());
        // A panic without a report: the cell has replaced the panic hook.
        Some(reported.unwrap_or_else(|| Panic {
            message: "see the text above".to_owned(),
            ..Panic::default()
        }))
    }
}

/// Whether it is the panic by which the standard library says that it aborts.
fn is_of_an_abort(panic: &Panic) -> bool {
    // Its words, in `core::panicking`.
    const WORDS: [&str; 2] = [
        "panic in a destructor during cleanup",
        "panic in a function that cannot unwind",
    ];
    WORDS.contains(&panic.message.as_str())
}
