//! What the supervisor knows of the cell that is running.

use crate::channel::Panic;

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
}

impl RunningCell {
    /// The panic that ended the cell. A destructor that printed while the stack unwound
    /// made it look like a caught one.
    pub(super) fn fatal_panic(&mut self) -> Option<Panic> {
        if !self.has_panicked {
            return None;
        }
        self.panics.pop().or_else(|| self.last_shown.take())
    }
}
