//! A kernel with a stopwatch.

use super::course;
use crate::{Contestant, heard};
use anyhow::{Result, anyhow};
use jupyter_zmq_client::{ExecuteRequest, JupyterMessageContent as Content, ReplyStatus};
use kernel_client::{Kernel, Ran};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a kernel may take to end. Jupyter has as much patience, and kills it then.
const ENDING: Duration = Duration::from_secs(5);

/// A running kernel, and when its process was started.
#[derive(Debug)]
pub(super) struct Session {
    kernel: Kernel,
    started: Instant,
}

impl Session {
    pub(super) fn start(contestant: &Contestant) -> Result<Self> {
        let started = Instant::now();
        let kernel = contestant.start(Path::new("")).map_err(answer)?;
        Ok(Self { kernel, started })
    }

    /// The same for the course's notebook, whose path Jupyter's server tells a kernel.
    pub(super) fn open(contestant: &Contestant) -> Result<Self> {
        let folder = contestant.folder().unwrap_or(Path::new(""));
        let notebook = folder.join(course::NOTEBOOK);
        Self::start(&contestant.clone().with("JPY_SESSION_NAME", notebook))
    }

    pub(super) fn started(&self) -> Instant {
        self.started
    }

    /// Waits until the kernel is this old, as a person does who reads first.
    pub(super) fn read_until(&self, age: Duration) {
        std::thread::sleep(age.saturating_sub(self.started.elapsed()));
    }

    /// How long the cell takes, from sending it to its end.
    pub(super) fn cell(&mut self, code: &str) -> Result<Duration> {
        let sent = Instant::now();
        let ran = self.run(code)?;
        let took = sent.elapsed();
        check_ok(&ran).map(|()| took)
    }

    /// The same for a cell that has this value; a kernel can be quick by not computing it.
    pub(super) fn value(&mut self, code: &str, expected: &str) -> Result<Duration> {
        let sent = Instant::now();
        let ran = self.run(code)?;
        let took = sent.elapsed();
        match heard::value(&ran).as_deref() == Some(expected) {
            true => Ok(took),
            false => Err(said(&ran)),
        }
    }

    /// How long until the cell's figure is there.
    pub(super) fn figure(&mut self, code: &str) -> Result<Duration> {
        let sent = Instant::now();
        Ok(self.first_figure(&[code])?.duration_since(sent))
    }

    /// When the first figure of the course's tour is there; its cells are sent at once, as by
    /// *Run all cells*.
    pub(super) fn tour(&mut self) -> Result<Instant> {
        self.first_figure(&course::tour())
    }

    /// When a first figure is there. Waits for the end of all cells.
    pub(super) fn first_figure(&mut self, cells: &[impl AsRef<str>]) -> Result<Instant> {
        let mut ids = Vec::new();
        for code in cells {
            let request = ExecuteRequest::new(code.as_ref().to_owned());
            ids.push(self.kernel.send(request).map_err(answer)?);
        }
        let mut drawn = None;
        let mut last = None;
        for id in ids {
            let ran = self.kernel.collect_hearing(&id, |news| {
                if drawn.is_none() && is_figure(news) {
                    drawn = Some(Instant::now());
                }
            });
            check_ok(&ran)?;
            last = Some(ran);
        }
        drawn.ok_or_else(|| match last {
            Some(ran) => said(&ran),
            None => anyhow!("no cell was sent"),
        })
    }

    /// All processes of the kernel.
    pub(super) fn processes(&self) -> Vec<u32> {
        self.kernel.processes()
    }

    /// Ends the kernel; one that does not end is killed.
    pub(super) fn end(mut self) {
        let _ = self.kernel.shutdown(ENDING);
    }

    /// The same, as Jupyter does before it starts the kernel again.
    pub(super) fn end_for_restart(mut self) {
        let _ = self.kernel.shutdown_for_restart(ENDING);
    }

    fn run(&mut self, code: &str) -> Result<Ran> {
        self.kernel.run(code).map_err(answer)
    }
}

fn is_figure(news: &Content) -> bool {
    let data = match news {
        Content::DisplayData(display) => &display.data,
        Content::ExecuteResult(result) => &result.data,
        _ => return false,
    };
    heard::form(data, "image/svg+xml").is_some()
}

fn check_ok(ran: &Ran) -> Result<()> {
    match &ran.end {
        Ok(reply) if matches!(reply.status, ReplyStatus::Ok) => Ok(()),
        _ => Err(said(ran)),
    }
}

/// What the kernel did in place of what was asked, in one line.
fn said(ran: &Ran) -> anyhow::Error {
    let status = heard::status(ran);
    let words = heard::words(ran);
    let word = words.lines().map(str::trim).find(|line| !line.is_empty());
    match (word, heard::value(ran)) {
        (Some(word), _) => anyhow!("{status}: {word}"),
        (None, Some(value)) => anyhow!("{status}, with the value {value}"),
        (None, None) => anyhow!("{status}, and shows nothing"),
    }
}

fn answer(error: kernel_client::Error) -> anyhow::Error {
    anyhow!("{}", heard::failure(&error))
}
