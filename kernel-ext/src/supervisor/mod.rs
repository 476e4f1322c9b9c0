//! The process between evcxr and the cells: it sees how a cell ends and says so.
//!
//! evcxr starts a child process, writes `LOAD_AND_RUN library function` to it and reads
//! its standard output. The supervisor is that child; it passes the order on to a
//! worker of its own, which loads and runs the cell. So whatever the cell does to its
//! process, somebody is left to tell the kernel why it ended, after the last byte of
//! its output. evcxr gets the words that it needs; text, rich output and causes of
//! death go to the kernel over a socket.
//!
//! One thread, one `poll` loop, hence one order of events. When the worker dies, its
//! latest snapshot is woken and takes its place, and evcxr is made to forget the cell.
//! Only without a snapshot the supervisor exits too, and evcxr starts anew.

mod cell;
mod ending;
mod input;
mod moved;
mod output;
mod process;
mod scanner;
mod text;

use crate::channel::{
    HOOKS_VAR, LOCK_EXTENSION, Order, Report, SOCKET_VAR, SOURCE_EXTENSION, write_line,
};
use anyhow::Context as _;
use cell::RunningCell;
use ending::{Restoring, generated_source};
use input::Input;
use process::{Output, Process};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{getpid, set_child_subreaper};
use scanner::Scanner;
use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use text::Decoder;

/// How long after a content block nothing may follow for the block to be shown alone.
///
/// Blocks of one output are printed within microseconds; this is long enough for a
/// loaded machine, and short enough for a figure in the middle of a long cell.
const QUIET_AFTER: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 250_000_000,
};

/// What evcxr reads as a failed cell whose effects are not to be kept.
///
/// A line that is not UTF-8 makes it give up the cell before it commits anything;
/// its own words for failure would commit the cell's functions and types.
const POISON: &[u8] = b"\xff\xfe\n";

/// Runs the supervisor until evcxr or the kernel ends it.
///
/// # Errors
///
/// If the kernel's socket or the worker cannot be had, or a stream breaks.
pub(crate) fn run() -> anyhow::Result<()> {
    let path = std::env::var_os(SOCKET_VAR)
        .with_context(|| format!("{SOCKET_VAR} is not set: start the kernel, not this"))?;
    let kernel = UnixStream::connect(path).context("cannot reach the kernel")?;
    // Orphans are handed to this process, a snapshot whose worker has died among them.
    set_child_subreaper(Some(getpid())).context("cannot become the keeper of orphans")?;
    await_hooks()?;
    let (worker, input) = Process::start()?;
    let mut supervisor = Supervisor {
        worker,
        input: Input::new(input),
        kernel,
        orders: Vec::new(),
        commands: Vec::new(),
        scanner: Scanner::default(),
        stdout: Decoder::default(),
        stderr: Decoder::default(),
        cell: None,
        restoring: None,
        idle_deaths: 0,
        refuse_next: false,
        memory_limit: None,
        source: generated_source(),
    };
    let pid = std::process::id();
    supervisor.report(&Report::Hello { pid })?;
    let result = supervisor.serve();
    supervisor.worker.end();
    result
}

/// Waits until the kernel has compiled the hooks.
fn await_hooks() -> anyhow::Result<()> {
    let hooks = std::env::var_os(HOOKS_VAR).map(PathBuf::from);
    let lock =
        hooks.with_context(|| format!("{HOOKS_VAR} is not set: start the kernel, not this"))?;
    File::open(lock.with_extension(LOCK_EXTENSION))
        .and_then(|file| file.lock_shared())
        .context("cannot wait for the kernel's hooks")
}

struct Supervisor {
    worker: Process,
    input: Input,
    kernel: UnixStream,
    /// Bytes of an order that is not complete.
    orders: Vec<u8>,
    /// Bytes of a command of evcxr that is not complete.
    commands: Vec<u8>,
    scanner: Scanner,
    stdout: Decoder,
    stderr: Decoder,
    /// The running cell.
    cell: Option<RunningCell>,
    /// The worker's death, while its snapshot wakes up.
    restoring: Option<Restoring>,
    /// How many workers have died since the last cell began, with none running.
    idle_deaths: u32,
    /// Whether an interrupt has come for a cell that is not here yet.
    refuse_next: bool,
    /// In bytes.
    memory_limit: Option<u64>,
    /// The file that evcxr generates.
    source: Option<PathBuf>,
}

/// Which descriptors have something to read.
struct Ready {
    kernel: bool,
    control: bool,
    life: bool,
    stdout: bool,
    stderr: bool,
    evcxr: bool,
    input: bool,
}

impl Supervisor {
    fn serve(&mut self) -> anyhow::Result<()> {
        loop {
            let Some(ready) = self.wait()? else {
                self.report(&Report::Quiet)?;
                if let Some(cell) = &mut self.cell {
                    cell.ends_in_block = false;
                }
                continue;
            };
            // The kernel's interrupt is older than the cell that it is meant for.
            if ready.kernel && !self.take_orders()? {
                return Ok(());
            }
            if ready.stdout || ready.stderr {
                self.take_output()?;
            }
            if ready.input {
                self.take_said()?;
            }
            if ready.control {
                self.take_message()?;
            } else if ready.life && !self.worker_died()? {
                return Ok(());
            }
            if ready.evcxr && !self.take_commands()? {
                return Ok(());
            }
        }
    }

    /// `None` when a content block has been followed by nothing for long enough.
    fn wait(&self) -> anyhow::Result<Option<Ready>> {
        let stdin = rustix::stdio::stdin();
        let mut fds = [
            PollFd::new(&self.kernel, PollFlags::IN),
            PollFd::new(&self.worker.control, PollFlags::IN),
            PollFd::new(&self.worker.life, PollFlags::IN),
            self.poll_output(&self.worker.stdout),
            self.poll_output(&self.worker.stderr),
            PollFd::new(&stdin, PollFlags::IN),
            PollFd::new(&self.input.socket, PollFlags::IN),
        ];
        let waits_for_more = self.cell.as_ref().is_some_and(|cell| cell.ends_in_block);
        let timeout = waits_for_more.then_some(&QUIET_AFTER);
        let count = loop {
            match poll(&mut fds, timeout) {
                Err(rustix::io::Errno::INTR) => {}
                other => break other.context("cannot wait for events")?,
            }
        };
        if count == 0 {
            return Ok(None);
        }
        let [kernel, control, life, stdout, stderr, evcxr, input] =
            fds.map(|fd| !fd.revents().is_empty());
        Ok(Some(Ready {
            kernel,
            control,
            life,
            stdout,
            stderr,
            evcxr,
            input,
        }))
    }

    fn poll_output<'a>(&'a self, output: &'a Output) -> PollFd<'a> {
        if output.is_closed {
            // A closed pipe is always ready, and the loop would spin on it. The kernel's
            // socket stands in for it: its closing is noticed in any case.
            PollFd::new(&self.kernel, PollFlags::empty())
        } else {
            PollFd::new(&output.pipe, PollFlags::IN)
        }
    }

    /// Reads the kernel's orders; `false` when the kernel is gone.
    fn take_orders(&mut self) -> anyhow::Result<bool> {
        if !read_some(&self.kernel, &mut self.orders)? {
            return Ok(false);
        }
        while let Some(line) = take_line(&mut self.orders) {
            match serde_json::from_slice(&line)? {
                Order::Interrupt => match &mut self.cell {
                    Some(cell) => {
                        cell.is_interrupted = true;
                        self.worker.kill();
                    }
                    None => self.refuse_next = true,
                },
                Order::Input { line } => self.input.answer(line),
                Order::MemoryLimit { bytes } => self.memory_limit = bytes,
                Order::Sync { number } => {
                    self.refuse_next = false;
                    self.take_output()?;
                    self.report(&Report::Synced { number })?;
                }
            }
        }
        Ok(true)
    }

    /// Reads evcxr's commands; `false` when evcxr is gone.
    fn take_commands(&mut self) -> anyhow::Result<bool> {
        if !read_some(rustix::stdio::stdin(), &mut self.commands)? {
            return Ok(false);
        }
        while let Some(line) = take_line(&mut self.commands) {
            let line = String::from_utf8_lossy(&line).into_owned();
            let mut words = line.split(' ');
            let (Some("LOAD_AND_RUN"), Some(library), Some(function)) =
                (words.next(), words.next(), words.next())
            else {
                tracing::warn!(line, "evcxr asked for something unknown");
                continue;
            };
            if std::mem::take(&mut self.refuse_next) {
                self.report(&Report::Refused)?;
                tell_evcxr(POISON)?;
                continue;
            }
            self.cell = Some(RunningCell {
                processes_before: self.worker.strays(),
                ..RunningCell::default()
            });
            self.idle_deaths = 0;
            self.keep_source(library);
            self.report(&Report::Started {
                library: library.to_owned(),
            })?;
            self.worker.limit_memory(self.memory_limit);
            self.worker.run(library, function);
        }
        Ok(true)
    }

    /// Puts the source of a library beside it, where a panic's line is looked up: evcxr
    /// generates the next one over it.
    fn keep_source(&self, library: &str) {
        let Some(source) = &self.source else { return };
        let copied = std::fs::copy(source, Path::new(library).with_extension(SOURCE_EXTENSION));
        if let Err(error) = copied {
            tracing::warn!(%error, library, "the source of a cell cannot be kept");
        }
    }

    fn report(&self, report: &Report) -> anyhow::Result<()> {
        write_line(&self.kernel, report).context("the kernel does not listen any more")
    }
}

fn tell_evcxr(bytes: &[u8]) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush().context("evcxr does not listen any more")
}

/// One read; `false` at the end of the stream.
fn read_some(from: impl AsFd, into: &mut Vec<u8>) -> anyhow::Result<bool> {
    let mut buffer = [0; 4096];
    match rustix::io::read(from, &mut buffer).map_err(std::io::Error::from) {
        Ok(0) => Ok(false),
        Ok(length) => {
            into.extend(&buffer[..length]);
            Ok(true)
        }
        Err(error) if error.kind() == ErrorKind::Interrupted => Ok(true),
        Err(error) if error.kind() == ErrorKind::ConnectionReset => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Takes the first line off the front, without its end.
fn take_line(bytes: &mut Vec<u8>) -> Option<Vec<u8>> {
    let end = bytes.iter().position(|&byte| byte == b'\n')?;
    let mut line: Vec<u8> = bytes.drain(..=end).collect();
    line.pop();
    Some(line)
}
