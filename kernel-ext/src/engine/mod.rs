//! Rust behind the protocol: evcxr, the supervisor's reports, and what they add up to.
//!
//! [`RustEvaluator`] is the kernel's [`Evaluator`]. evcxr runs on a thread of its own
//! (it takes seconds to start, and compiles while nothing else can be asked of it);
//! this side gives it a cell, passes on what the supervisor reports, and decides how the
//! cell ended. It keeps no variables and parses no Rust.

mod abandoned;
mod backtrace;
mod batch;
mod blocks;
mod calls;
mod claim;
mod commands;
mod compiling;
mod diagnostics;
mod evcxr_thread;
mod failures;
mod hooks;
mod imports;
mod library;
mod live;
mod memory;
mod notebook;
mod outcome;
mod panics;
mod places;
mod profile;
mod progress;
mod pump;
mod remote;
mod rewrite;
mod run;
mod session;
mod side;
mod starting;
mod statements;
mod timing;
mod warming;

use crate::channel::Report;
use crate::completeness;
use abandoned::Abandoned;
use anyhow::Context as _;
use claim::Claim;
use commands::{Command, Split};
use evcxr_thread::Job;
use kernel_protocol::{
    Bundle, Cell, Completeness, Completions, Evaluator, Failure, Output, Remote, Sink, Waker,
};
pub(crate) use library::{LINK, SOURCE_VAR};
use outcome::Ran;
use panics::Panics;
use progress::Progress;
use remote::CellRemote;
use run::{Died, Run};
use session::Repaired;
use side::Side;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use timing::Timing;
pub(crate) use warming::Pauses;

/// How often an interrupted cell is told again.
///
/// One telling is not enough: the cell may be between cargo and rustc, or between the
/// compiler and the supervisor, where nothing is there yet to be stopped.
const INSIST_EVERY: Duration = Duration::from_millis(20);

/// The longest cell, in bytes, that evcxr is given.
///
/// 256 KiB of statements take it seconds, and four times as many more than a minute; with
/// 64 MiB it would be busy for longer than anybody waits.
const MAX_CODE: usize = 1 << 20;

/// How much memory a cell may use unless it is told otherwise, in words.
pub(crate) fn memory_limit() -> String {
    memory::describe(memory::default_limit())
}

/// Something that the evaluator waits for.
#[derive(Debug)]
enum Event {
    /// A supervisor reports.
    Report(Report),
    /// A supervisor has reported everything that came before the order.
    Synced { connection: u64, number: u64 },
    /// A supervisor has closed its socket; all its reports came before.
    SupervisorGone { connection: u64 },
    /// The user wants a cell to stop.
    Interrupt { cell: u64 },
    /// The user has given a cell its input; `None` if there is nobody to ask any more.
    Input { cell: u64, line: Option<String> },
    /// What a cell that takes longer is doing.
    Progress { cell: u64, line: String },
    /// evcxr has finished the cell.
    Ran(Box<Ran>),
}

/// Evaluates cells with evcxr.
pub(crate) struct RustEvaluator {
    events: Receiver<Event>,
    remote: Arc<CellRemote>,
    /// `None` once the engine has been told to end.
    jobs: Option<Sender<Job>>,
    engine: Option<JoinHandle<()>>,
    side: Side,
    /// How many cells there have been.
    cell: u64,
    /// The cell before, if evcxr is still busy with it.
    abandoned: Option<Abandoned>,
    /// Called after every report.
    waker: Arc<OnceLock<Waker>>,
    /// A death of the worker that no cell has been told of.
    death: Option<Died>,
    /// What there is to know for describing panics.
    panics: Arc<Mutex<Panics>>,
    /// Where the time of the last cell went.
    timing: Timing,
}

impl RustEvaluator {
    /// Starts evcxr in the background and returns at once. `directory` gets the socket and
    /// the hooks.
    ///
    /// # Errors
    ///
    /// If the socket or a thread cannot be made. That evcxr itself cannot start is
    /// reported by the first cell.
    pub(crate) fn start(directory: &Path, pauses: Pauses) -> anyhow::Result<Self> {
        let (sender, events) = channel();
        let waker = Arc::new(OnceLock::new());
        let side = Side::listen(directory, sender.clone(), Arc::clone(&waker))
            .context("cannot listen for supervisors")?;
        side.limit_memory(memory::default_limit());
        let (jobs, queue) = channel();
        let engine = evcxr_thread::start(directory, side.clone(), queue, sender.clone(), pauses)?;
        Ok(Self {
            events,
            remote: Arc::new(CellRemote::new(sender)),
            jobs: Some(jobs),
            engine: Some(engine),
            side,
            cell: 0,
            abandoned: None,
            waker,
            death: None,
            panics: Arc::default(),
            timing: Timing::default(),
        })
    }

    /// Says for which notebook the cells are, where that is known.
    pub(crate) fn open(&self, notebook: Option<PathBuf>) {
        if let (Some(jobs), Some(notebook)) = (&self.jobs, notebook) {
            // The first cell says it, if the engine is gone.
            let _ = jobs.send(Job::Open { notebook });
        }
    }

    /// Sends a job that answers by itself and waits for its answer.
    fn ask<T>(&self, make: impl FnOnce(Sender<T>) -> Job) -> Option<T> {
        let (sender, receiver) = channel();
        self.jobs.as_ref()?.send(make(sender)).ok()?;
        receiver.recv().ok()
    }

    /// Replaces what a restored worker cannot use; its reports are nobody's.
    fn repair(&mut self) -> Repaired {
        let repaired = self.ask(|answer| Job::Repair { answer });
        let repaired = repaired.unwrap_or(Repaired::Failed);
        if repaired != Repaired::Nothing {
            self.sync(&mut Run::new("", &self.panics, None), &mut |_| {});
        }
        repaired
    }

    fn panics(&self) -> MutexGuard<'_, Panics> {
        self.panics.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does what one of the kernel's own commands says.
    ///
    /// # Errors
    ///
    /// If there is nothing to show.
    fn obey(&mut self, command: Command, sink: &mut Sink<'_>) -> Result<(), Failure> {
        match command {
            Command::Page(name) => {
                let page = self.inspect(&name, name.len());
                sink(Output::Page(page.ok_or_else(|| failures::unknown(&name))?));
            }
            Command::MemoryLimit(change) => {
                if let Some(limit) = change {
                    self.side.limit_memory(limit);
                }
                let limit = memory::describe(self.side.memory_limit());
                sink(Output::Stdout(limit));
            }
            Command::Time => {
                let times = self.timing.describe();
                let none = "no cell has been run yet\n".to_owned();
                sink(Output::Stdout(times.unwrap_or(none)));
            }
            Command::Backtrace(change) => {
                let mut panics = self.panics();
                panics.style = change.unwrap_or(panics.style);
                sink(Output::Stdout(panics.style.describe().to_owned()));
            }
        }
        Ok(())
    }

    /// Does what a cell says, unless that can be seen to be impossible.
    fn check_and_run(
        &mut self,
        cell: Cell<'_>,
        sink: &mut Sink<'_>,
    ) -> Result<Option<Bundle>, Failure> {
        if short(cell.code).is_none() {
            return Err(failures::too_long(cell.code.len(), MAX_CODE));
        }
        if cell.code.lines().any(|line| line.trim() == ":quit") {
            return Err(failures::quit());
        }
        let name = name_of(&cell);
        if let Some(end) = completeness::let_without_pattern(cell.code) {
            return Err(diagnostics::let_without_pattern(end, cell.code, &name));
        }
        let Split { code, commands } = commands::split(cell.code)?;
        let is_command = !commands.is_empty();
        for command in commands {
            self.obey(command, sink)?;
        }
        if is_command && code.trim().is_empty() {
            return Ok(None);
        }
        self.run(cell, code, is_command, sink)
    }

    /// Has evcxr run a cell, and says how that ended; `code` is what the kernel's own commands
    /// have left of it. `has_shown`: whether one of these has shown something.
    fn run(
        &mut self,
        cell: Cell<'_>,
        code: String,
        mut has_shown: bool,
        sink: &mut Sink<'_>,
    ) -> Result<Option<Bundle>, Failure> {
        let timing = Timing::ask();
        let mut noting = |output| {
            has_shown = true;
            sink(output);
        };
        self.settle(&mut noting)?;
        self.panics().places.begin(cell.count, cell.code);
        let mut run = Run::new(cell.code, &self.panics, self.death.take());
        run.allows_input = cell.allows_input;
        run.timing = timing;
        self.take_earlier_events(&mut run, &mut noting);
        run.has_shown = has_shown;
        let claim = Arc::new(Claim::default());
        let job = Job::Execute {
            code,
            name: name_of(&cell),
            claim: Arc::clone(&claim),
        };
        let is_sent = self
            .jobs
            .as_ref()
            .is_some_and(|jobs| jobs.send(job).is_ok());
        if !is_sent {
            return Err(failures::engine_gone());
        }
        let events = self.remote.events.clone();
        let progress = Progress::watch(self.cell, Arc::clone(&claim), events);
        self.pump(&mut run, &claim, sink);
        drop(progress);
        match &mut self.abandoned {
            // evcxr is busy: what it still has to say is waited for by the next cell.
            Some(abandoned) => abandoned.is_restored |= run.is_restored,
            None => self.sync(&mut run, sink),
        }
        let result = run.end(sink);
        let is_restored = run.is_restored && self.abandoned.is_none();
        self.timing = std::mem::take(&mut run.timing);
        self.death = run.take_death();
        match result {
            Err(mut failure) if is_restored => {
                failure.traceback.extend(failures::repaired(self.repair()));
                Err(failure)
            }
            other => other,
        }
    }
}

/// What diagnostics call a cell.
fn name_of(cell: &Cell<'_>) -> String {
    format!("cell {}", cell.count)
}

/// The code, unless it is more than can be worked with.
fn short(code: &str) -> Option<&str> {
    (code.len() <= MAX_CODE).then_some(code)
}

impl Evaluator for RustEvaluator {
    fn execute(&mut self, cell: Cell<'_>, sink: &mut Sink<'_>) -> Result<Option<Bundle>, Failure> {
        if self.remote.running.load(Ordering::SeqCst) == 0 {
            self.expect_cell();
        }
        let result = self.check_and_run(cell, sink);
        self.remote.running.store(0, Ordering::SeqCst);
        result
    }

    fn expect_cell(&mut self) {
        self.cell += 1;
        self.remote.running.store(self.cell, Ordering::SeqCst);
    }

    fn complete(&mut self, code: &str, cursor: usize) -> Completions {
        let ask = |code: &str| {
            let code = code.to_owned();
            self.ask(|answer| Job::Complete {
                code,
                cursor,
                answer,
            })
        };
        let answer = short(code).and_then(ask);
        answer.unwrap_or(Completions {
            items: Vec::new(),
            start: cursor,
            end: cursor,
        })
    }

    fn inspect(&mut self, code: &str, cursor: usize) -> Option<Bundle> {
        let code = short(code)?.to_owned();
        self.ask(|answer| Job::Inspect {
            code,
            cursor,
            answer,
        })?
    }

    fn is_complete(&mut self, code: &str) -> Completeness {
        // Running a cell that is too long says so.
        short(code).map_or(Completeness::Complete, completeness::of)
    }

    fn between_cells(&mut self, sink: &mut Sink<'_>) {
        let is_busy = self.abandoned.as_ref().is_some_and(Abandoned::is_busy);
        // As long as evcxr is, what comes may be the abandoned cell's.
        if is_busy || self.settle(sink).is_err() {
            return;
        }
        let mut run = Run::new("", &self.panics, self.death.take());
        self.take_earlier_events(&mut run, sink);
        self.death = run.take_death();
    }

    fn set_waker(&mut self, waker: Waker) {
        // A second one would be another kernel's.
        let _ = self.waker.set(waker);
    }

    fn remote(&self) -> Arc<dyn Remote> {
        Arc::clone(&self.remote) as Arc<dyn Remote>
    }

    fn shutdown(&mut self) {
        let jobs = self.jobs.take();
        if let Some(jobs) = jobs
            && !self.remote.is_followed.load(Ordering::SeqCst)
        {
            // Without an engine there is no spare, either.
            let _ = jobs.send(Job::Dismiss);
        }
        let Some(engine) = self.engine.take() else {
            return;
        };
        // The engine ends after what it is doing; a compilation need not be waited for.
        while !engine.is_finished() {
            compiling::stop();
            std::thread::park_timeout(INSIST_EVERY);
        }
        if engine.join().is_err() {
            tracing::error!("the engine ended by a panic");
        }
    }
}
