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
    /// The last panic that was shown as caught.
    pub(super) last_shown: Option<Panic>,
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
}

impl RunningCell {
    /// The panic that ended the cell. A destructor that printed while the stack unwound
    /// made it look like a caught one.
    pub(super) fn fatal_panic(&mut self) -> Option<Panic> {
        if !self.has_panicked {
            return None;
        }
        let reported = self.panics.pop().or_else(|| self.last_shown.take());
        // A panic without a report: the cell has replaced the panic hook.
        Some(reported.unwrap_or_else(|| Panic {
            message: "see the text above".to_owned(),
            file: String::new(),
            line: 0,
        }))
    }
}
