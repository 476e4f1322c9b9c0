//! What a learner sees while the course is being set up.
//!
//! Each step has a bar (where its length is known) or a spinner on a terminal,
//! and plain lines elsewhere: in a log, moving bars are noise. The same state is
//! kept as data, so that the book can show it to a reader who has followed a
//! link to a notebook before JupyterLab is up.
//!
//! Writing never fails: when the terminal has been closed there is nobody to
//! tell, and the clean-up that follows must not be cut short by a panic.

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use crate::terminal::can_redraw;

/// How often a spinner turns: slow enough to cost nothing, fast enough to look alive.
const TICK: Duration = Duration::from_millis(120);
/// In plain lines, progress is told each time that it has grown by this share.
const PLAIN_PERCENT: u64 = 10;

/// The place where steps report.
#[derive(Debug, Clone, Default)]
pub(crate) struct Console {
    bars: MultiProgress,
    board: Arc<Mutex<Vec<Status>>>,
}

/// How far a step is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Status {
    /// What the step does: `Kernel`.
    pub(crate) title: String,
    /// What it is busy with at the moment.
    pub(crate) detail: String,
    /// Parts done and parts in all, where that is known.
    pub(crate) parts: Option<(u64, u64)>,
    /// Whether it has ended well.
    pub(crate) done: bool,
}

impl Console {
    /// Prints a line above the bars.
    pub(crate) fn say(&self, line: impl AsRef<str>) {
        self.bars.suspend(|| {
            let _ = writeln!(std::io::stdout(), "{}", line.as_ref());
        });
    }

    /// Begins a step.
    pub(crate) fn step(&self, title: &str) -> Step {
        let bar = can_redraw(&std::io::stderr()).then(|| self.bar(title));
        if bar.is_none() {
            self.say(format!("{title} ..."));
        }
        let mut board = self.board.lock().unwrap_or_else(PoisonError::into_inner);
        board.push(Status {
            title: title.to_owned(),
            detail: String::new(),
            parts: None,
            done: false,
        });
        Step {
            console: self.clone(),
            index: board.len() - 1,
            title: title.to_owned(),
            bar,
        }
    }

    /// How far all steps are, in the order in which they began.
    pub(crate) fn statuses(&self) -> Vec<Status> {
        let board = self.board.lock().unwrap_or_else(PoisonError::into_inner);
        board.clone()
    }

    fn bar(&self, title: &str) -> ProgressBar {
        let bar = self.bars.add(ProgressBar::new_spinner());
        bar.set_style(style("{prefix:>12} {spinner} {elapsed} {wide_msg}"));
        bar.set_prefix(title.to_owned());
        bar.enable_steady_tick(TICK);
        bar
    }
}

fn style(template: &str) -> ProgressStyle {
    // The templates are the constants of this file.
    ProgressStyle::with_template(template).expect("the template is valid")
}

/// One step under way.
#[derive(Debug)]
pub(crate) struct Step {
    console: Console,
    index: usize,
    title: String,
    bar: Option<ProgressBar>,
}

impl Step {
    /// Says what the step is busy with.
    pub(crate) fn note(&self, detail: &str) {
        self.update(|status| detail.clone_into(&mut status.detail));
        if let Some(bar) = &self.bar {
            bar.set_message(detail.to_owned());
        }
    }

    /// Says how far the step is.
    pub(crate) fn reached(&self, done: u64, total: u64, detail: &str) {
        let before = self.update(|status| {
            detail.clone_into(&mut status.detail);
            status.parts.replace((done, total))
        });
        let Some(bar) = &self.bar else {
            if crosses_a_tenth(before, done, total) {
                self.console.say(format!("{} {done}/{total}", self.title));
            }
            return;
        };
        if before.is_none() {
            bar.set_style(style(
                "{prefix:>12} [{bar:30}] {pos}/{len} {elapsed} {wide_msg:.dim}",
            ));
        }
        bar.set_length(total);
        bar.set_position(done);
        bar.set_message(detail.to_owned());
    }

    /// Ends the step well, saying what there is now.
    pub(crate) fn done(self, outcome: &str) {
        self.update(|status| {
            outcome.clone_into(&mut status.detail);
            status.done = true;
        });
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        self.console.say(format!("{:>12}  {outcome}", self.title));
    }

    fn update<T>(&self, change: impl FnOnce(&mut Status) -> T) -> T {
        let mut board = self
            .console
            .board
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        change(&mut board[self.index])
    }
}

/// A step that is dropped without [`Step::done`] has failed; whoever gets the
/// error tells about it.
impl Drop for Step {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn crosses_a_tenth(before: Option<(u64, u64)>, done: u64, total: u64) -> bool {
    let tenth = |done: u64| (100 * done / total.max(1)) / PLAIN_PERCENT;
    tenth(done) > before.map_or(0, |(done, _)| tenth(done))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_progress_is_told_ten_times_and_not_for_each_part() {
        let lines = (1..=380)
            .filter(|&done| crosses_a_tenth(Some((done - 1, 380)), done, 380))
            .count();
        assert_eq!(lines, 10);
    }

    #[test]
    fn the_board_shows_running_and_finished_steps() {
        let console = Console::default();
        let kernel = console.step("Kernel");
        kernel.reached(12, 380, "syn");
        console.step("Book").done("built");
        let statuses = console.statuses();
        assert_eq!(statuses[0].parts, Some((12, 380)));
        assert!(!statuses[0].done && statuses[1].done);
        assert_eq!(statuses[1].detail, "built");
    }
}
