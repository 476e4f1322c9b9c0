//! The thread that owns evcxr: the only code that calls it.
//!
//! Jobs come in over a channel; what a cell came to goes out as an event. evcxr starts
//! here, in the background, and once more if it panics. Output does not pass this way:
//! the supervisor reports it.

use super::Event;
use super::claim::Claim;
use super::session::{Repaired, Session};
use super::side::Side;
use super::warming::{Pauses, Task, Warming};
use crate::spare::Keeper;
use kernel_protocol::{Bundle, Completions};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;

/// Something for evcxr to do.
pub(super) enum Job {
    /// Run a cell; answered by [`Event::Ran`] unless the claim is cancelled before.
    Execute {
        code: String,
        /// How diagnostics call the cell.
        name: String,
        claim: Arc<Claim>,
    },
    /// Complete at a byte offset.
    Complete {
        code: String,
        cursor: usize,
        answer: Sender<Completions>,
    },
    /// Describe what is at a byte offset.
    Inspect {
        code: String,
        cursor: usize,
        answer: Sender<Option<Bundle>>,
    },
    /// The notebook that the session is for is known.
    Open { notebook: PathBuf },
    /// The kernel ends, and no other one follows.
    Dismiss,
    /// All variables have been set back: replace what does not work any more.
    Repair { answer: Sender<Repaired> },
}

/// Starts the thread. It ends when the jobs' sender is dropped.
pub(super) fn start(
    directory: &Path,
    side: Side,
    jobs: Receiver<Job>,
    events: Sender<Event>,
    pauses: Pauses,
) -> std::io::Result<JoinHandle<()>> {
    let directory = directory.to_owned();
    std::thread::Builder::new()
        .name("evcxr".to_owned())
        .spawn(move || {
            let mut session = Session::new(&directory, side);
            if let Err(failure) = session.start() {
                tracing::warn!(reason = failure.evalue, "evcxr is not there yet");
            }
            let idle = Idle {
                warming: Warming::at_start(pauses),
                keeper: Keeper::new(&directory),
            };
            serve(session, idle, &jobs, &events);
        })
}

/// What is done while nobody wants anything.
struct Idle {
    warming: Warming,
    keeper: Keeper,
}

fn serve(mut session: Session, mut idle: Idle, jobs: &Receiver<Job>, events: &Sender<Event>) {
    while let Some(job) = idle.next_job(&mut session, jobs) {
        match &job {
            Job::Execute { code, .. } => idle.warming.after(code),
            Job::Open { notebook } => idle.warming.open(notebook),
            Job::Dismiss => idle.keeper.dismiss(),
            _ => {}
        }
        work(&mut session, job, events);
    }
    session.end();
}

impl Idle {
    /// Waits for a job, and uses the pause; `None` if there will be none.
    fn next_job(&mut self, session: &mut Session, jobs: &Receiver<Job>) -> Option<Job> {
        loop {
            let Some(pause) = self.warming.pause() else {
                return jobs.recv().ok();
            };
            match jobs.recv_timeout(pause) {
                Ok(job) => return Some(job),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => match self.warming.next() {
                    Some(Task::Ask(question)) => session.ask(&question),
                    Some(Task::ProvideSpare) => self.keeper.provide(),
                    None => {}
                },
            }
        }
    }
}

fn work(session: &mut Session, job: Job, events: &Sender<Event>) {
    // Whoever asked has gone, where an answer cannot be sent: the kernel is ending.
    match job {
        Job::Execute { code, name, claim } => {
            if claim.take() {
                let ended = Box::new(session.execute(&code, &name, &claim));
                claim.finish();
                let _ = events.send(Event::Ran(ended));
            }
        }
        Job::Complete {
            code,
            cursor,
            answer,
        } => {
            let _ = answer.send(session.complete(&code, cursor));
        }
        Job::Inspect {
            code,
            cursor,
            answer,
        } => {
            let _ = answer.send(session.inspect(&code, cursor));
        }
        // These are for the pauses.
        Job::Open { .. } | Job::Dismiss => {}
        Job::Repair { answer } => {
            let _ = answer.send(session.repair());
        }
    }
}
