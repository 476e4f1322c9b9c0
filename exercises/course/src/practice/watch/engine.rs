//! The loop with its hands: the grader, the learner's files, the progress, what is opened.
//!
//! One channel brings everything that happens, so that nothing is read while something
//! else is being handled. [`Core`] decides; a [`Front`] shows and reads.

use std::collections::VecDeque;
use std::fs;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

use anyhow::{Context, bail};
use exercises::catalog::{self, Exercise};

use super::places::{self, Target};
use super::runs::Runs;
use super::saves::{Saves, Told};
use super::state::{Action, Core, Event};
use super::verdict::Verdict;
use super::words::Place;
use crate::practice::keeping::stash;
use crate::practice::progress::Progress;
use crate::practice::workspace::Workspace;
use crate::practice::{hint, last, list, reset};
use crate::session::has_display;

/// One save is many events; after the last of them, this long without another means that
/// the file is whole. Far below what anybody notices.
const SETTLED: Duration = Duration::from_millis(10);

/// A program that writes without end must not keep the loop from everything else.
const MAX_EVENTS_OF_A_SAVE: usize = 1000;

/// What the loop waits for.
#[derive(Debug)]
pub(super) enum Incoming {
    /// From the watch on the folder.
    Saves(Told),
    /// A key or a line.
    Typed(String),
    /// To another part of what is shown.
    Scrolled(Scroll),
    /// The screen has another size, or must be drawn again.
    Resized,
    /// A run of the grader has ended.
    Judged { run: u64, verdict: Verdict },
    /// A run of the grader has panicked.
    Panicked,
    /// Ctrl-C outside the screen, where it is a key.
    Interrupted,
    /// A signal, or the key that says so.
    Stopped,
    /// The end of the input.
    Ended,
}

/// Where to in what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scroll {
    Line(isize),
    Page(isize),
    Top,
    Bottom,
}

/// What shows the loop to a person.
pub(super) trait Front {
    /// Shows what an action says, before it is done.
    fn follow(&mut self, core: &Core, action: &Action) -> anyhow::Result<()>;

    /// Shows the state, where that is not what `follow` has added to.
    fn draw(&mut self, core: &Core) -> anyhow::Result<()>;

    /// Says something about the loop itself.
    fn remark(&mut self, text: &str) -> anyhow::Result<()>;

    /// Moves to another part of what is shown.
    fn scroll(&mut self, to: Scroll);

    /// The last key or line was handled; the next may be read.
    fn read_on(&mut self);

    /// Whether what is typed waits for the verdict that is on its way, so that a script
    /// gets its answers in order.
    fn is_in_order(&self) -> bool;

    /// Whether editors and browsers are started, or only told where things are.
    fn starts_programs(&self) -> bool;

    /// Leaves the terminal to another program.
    fn lend(&mut self, work: &mut dyn FnMut() -> anyhow::Result<()>) -> anyhow::Result<()>;
}

/// The loop.
pub(super) struct Engine<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) core: Core,
    pub(super) front: &'a mut dyn Front,
    pub(super) runs: Runs,
    pub(super) saves: Saves,
    pub(super) inbox: Receiver<Incoming>,
    pub(super) outbox: Sender<Incoming>,
    /// The learner's text when it was last given to the grader.
    seen: Option<Vec<u8>>,
    /// What came while a save was settling.
    pending: VecDeque<Incoming>,
    /// What was typed while a verdict was on its way.
    held: VecDeque<Incoming>,
}

impl<'a> Engine<'a> {
    pub(super) fn new(
        workspace: &'a Workspace,
        core: Core,
        front: &'a mut dyn Front,
        runs: Runs,
        saves: Saves,
        (outbox, inbox): (Sender<Incoming>, Receiver<Incoming>),
    ) -> Self {
        Self {
            workspace,
            core,
            front,
            runs,
            saves,
            inbox,
            outbox,
            seen: None,
            pending: VecDeque::new(),
            held: VecDeque::new(),
        }
    }

    /// Runs until the learner leaves; answers with the state then.
    ///
    /// # Errors
    ///
    /// When nothing can be shown or watched any more, or the grader panicked.
    pub(super) fn run(mut self) -> anyhow::Result<Core> {
        self.remark_polling()?;
        if !self.happened(Event::Saved)? {
            return Ok(self.core);
        }
        loop {
            self.front.draw(&self.core)?;
            let incoming = self.next()?;
            let is_input = matches!(
                incoming,
                Incoming::Typed(_) | Incoming::Scrolled(_) | Incoming::Resized
            );
            if !self.take(incoming)? {
                return Ok(self.core);
            }
            if is_input {
                self.front.read_on();
            }
        }
    }

    fn next(&mut self) -> anyhow::Result<Incoming> {
        loop {
            let waits = self.front.is_in_order() && self.core.is_checking();
            if !waits && let Some(held) = self.held.pop_front() {
                return Ok(held);
            }
            let incoming = match self.pending.pop_front() {
                Some(incoming) => incoming,
                None => self.inbox.recv().context("nothing is watched any more")?,
            };
            let is_typed = matches!(incoming, Incoming::Typed(_) | Incoming::Ended);
            // What was held came first.
            if is_typed && (waits || !self.held.is_empty()) {
                self.held.push_back(incoming);
            } else {
                return Ok(incoming);
            }
        }
    }

    /// Handles what came in; answers whether to go on.
    fn take(&mut self, incoming: Incoming) -> anyhow::Result<bool> {
        match incoming {
            Incoming::Saves(Told::Changed) => {
                self.settle();
                self.look()
            }
            Incoming::Saves(Told::Ended(why)) => {
                self.poll(why)?;
                self.look()
            }
            Incoming::Typed(text) => self.happened(Event::Typed(text)),
            Incoming::Scrolled(to) => {
                self.front.scroll(to);
                Ok(true)
            }
            Incoming::Resized => Ok(true),
            Incoming::Judged { run, verdict } => {
                let recorded = match self.core.awaits(run) {
                    true => self.record(&verdict),
                    false => Ok(()),
                };
                let goes_on = self.happened(Event::Judged { run, verdict })?;
                match recorded {
                    Ok(()) => Ok(goes_on),
                    Err(error) => self.happened(Event::Told(format!("{error:#}"))),
                }
            }
            Incoming::Panicked => bail!(
                "the grader panicked, as said above; run `cargo course check {}` to see it again",
                self.core.card().id
            ),
            Incoming::Interrupted | Incoming::Stopped | Incoming::Ended => {
                self.happened(Event::Stopped)
            }
        }
    }

    /// Waits until a save has caused its last event.
    fn settle(&mut self) {
        for _ in 0..MAX_EVENTS_OF_A_SAVE {
            match self.inbox.recv_timeout(SETTLED) {
                Ok(Incoming::Saves(Told::Changed)) => {}
                Ok(other) => self.pending.push_back(other),
                Err(_) => return,
            }
        }
    }

    /// Grades the learner's file if its text is another one.
    fn look(&mut self) -> anyhow::Result<bool> {
        match self.text() == self.seen {
            true => Ok(true),
            false => self.happened(Event::Saved),
        }
    }

    fn text(&self) -> Option<Vec<u8>> {
        fs::read(self.file()).ok()
    }

    fn file(&self) -> PathBuf {
        self.workspace.stub(&self.core.card().id)
    }

    /// Watches in the other way after events ended.
    fn poll(&mut self, why: String) -> anyhow::Result<()> {
        if self.saves.polled_because().is_some() {
            bail!("the stubs can no longer be watched: {why}");
        }
        let outbox = self.outbox.clone();
        let file = self.file();
        let folder = file.parent().context("a stub has a folder")?;
        self.saves = Saves::polled(folder, why, move |told| {
            // Nobody listens after the end.
            let _ = outbox.send(Incoming::Saves(told));
        })?;
        self.remark_polling()
    }

    fn remark_polling(&mut self) -> anyhow::Result<()> {
        match self.saves.polled_because() {
            Some(why) => self.front.remark(&format!(
                "Looking at the file several times a second instead of waiting for events: {why}."
            )),
            None => Ok(()),
        }
    }

    /// Lets the core decide and does what it says; answers whether to go on.
    fn happened(&mut self, event: Event) -> anyhow::Result<bool> {
        let mut actions = VecDeque::from(self.core.handle(event));
        while let Some(action) = actions.pop_front() {
            self.front.follow(&self.core, &action)?;
            let then = match action {
                Action::Leave => return Ok(false),
                Action::Grade { run, id } => {
                    self.seen = self.text();
                    self.runs.begin(run, &exercise(&id)?);
                    None
                }
                Action::Hint => Some(Event::Told(or_why(self.hint()))),
                Action::List => Some(
                    self.list()
                        .map_or_else(|error| Event::Told(format!("{error:#}")), Event::Listed),
                ),
                Action::Reset => {
                    let told = or_why(self.reset());
                    actions.extend(self.core.handle(Event::Told(told)));
                    (self.text() != self.seen).then_some(Event::Saved)
                }
                Action::Open(place) => Some(Event::Told(or_why(self.open(place)))),
                Action::Show | Action::Say(_) => None,
            };
            if let Some(event) = then {
                actions.extend(self.core.handle(event));
            }
        }
        Ok(true)
    }

    fn record(&self, verdict: &Verdict) -> anyhow::Result<()> {
        let Verdict::Graded { report, .. } = verdict else {
            return Ok(());
        };
        let mut progress = Progress::load(self.workspace)?;
        progress.record(report);
        progress.save(self.workspace)
    }

    fn hint(&self) -> anyhow::Result<String> {
        let exercise = exercise(&self.core.card().id)?;
        // Of a file that does not compile, the report before it counts.
        let report = last::report_of_this_text(self.workspace, exercise.id)
            .or_else(|| last::report(self.workspace, exercise.id));
        hint::next(self.workspace, &exercise, report.as_ref(), false)
    }

    /// Of this chapter alone: the whole course fits no screen.
    fn list(&self) -> anyhow::Result<String> {
        let progress = Progress::load(self.workspace)?;
        let mut exercises = catalog::all();
        let n_all = exercises.len();
        exercises.retain(|it| it.chapter == self.core.card().chapter);
        let text = list::text(self.workspace, &progress, &exercises);
        Ok(format!(
            "{text}The other chapters, {n_all} exercises in all: cargo course list\n"
        ))
    }

    fn reset(&self) -> anyhow::Result<String> {
        let card = self.core.card();
        Ok(match reset::reset(self.workspace, &card.id)? {
            reset::Done::Nothing => format!("{} is fresh already.", card.file),
            reset::Done::Restored => format!("{} was missing and is back.", card.file),
            reset::Done::Kept(kept) => format!(
                "{} is fresh again. Your version is kept; to take it back:\n  \
                 cargo course stash take {}",
                card.file,
                stash::name_of(&kept)
            ),
        })
    }

    fn open(&mut self, place: Place) -> anyhow::Result<String> {
        let exercise = exercise(&self.core.card().id)?;
        let page = match self.core.verdict().and_then(Verdict::first_failure) {
            Some(check) if !check.book.is_empty() => check.book.clone(),
            _ => exercise.book_page(None),
        };
        let target = places::target(self.workspace, place, exercise.chapter, &page, self.file());
        if !self.front.starts_programs() {
            return Ok(target.to_string());
        }
        let (Target::Source(file), Some(editor)) = (&target, places::editor()) else {
            return start(&target);
        };
        self.front.lend(&mut || places::edit(&editor, file))?;
        self.forget_interrupts();
        Ok(format!("Back from `{editor}`."))
    }

    /// Ctrl-C in the editor was meant for the editor.
    fn forget_interrupts(&mut self) {
        while let Ok(incoming) = self.inbox.try_recv() {
            if !matches!(incoming, Incoming::Interrupted) {
                self.pending.push_back(incoming);
            }
        }
    }
}

/// Opens something in a window, where there can be one.
fn start(target: &Target) -> anyhow::Result<String> {
    if !has_display() {
        return Ok(match target {
            Target::Source(file) => format!(
                "{} is the file; VISUAL or EDITOR can name the editor to open it in.",
                file.display()
            ),
            _ => format!("There is no display to open it on; it is at {target}"),
        });
    }
    open::that_detached(target.to_string())
        .with_context(|| format!("no program opens {target}; open it yourself"))?;
    Ok(format!("Opened {target}"))
}

fn exercise(id: &str) -> anyhow::Result<Exercise> {
    catalog::find(id).with_context(|| format!("the catalog has no exercise `{id}`"))
}

fn or_why(outcome: anyhow::Result<String>) -> String {
    outcome.unwrap_or_else(|error| format!("It did not work: {error:#}"))
}
