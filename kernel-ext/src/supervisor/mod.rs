//! The process between evcxr and the cells: it sees how a cell ends and says so.
//!
//! evcxr starts a child process, writes `LOAD_AND_RUN library function` to it and reads
//! its standard output. The supervisor is that child; it passes the order on to a
//! worker of its own, which loads and runs the cell. So whatever the cell does to its
//! process, somebody is left to tell the kernel why it ended, after the last byte of
//! its output. evcxr gets the words that it needs; text, rich output and causes of
//! death go to the kernel over a socket.
//!
//! One thread, one `poll` loop, hence one order of events. It keeps no variables: when
//! the worker dies it exits too, and evcxr starts both anew with an empty store.

mod cell;
mod output;
mod process;
mod scanner;
mod text;

use crate::channel::{Death, Frame, Order, Panic, Report, SOCKET_VAR, write_line};
use anyhow::Context as _;
use cell::RunningCell;
use process::{Output, Process};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use scanner::Scanner;
use std::io::{ErrorKind, Write as _};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
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
    let mut supervisor = Supervisor {
        worker: Process::start()?,
        kernel,
        orders: Vec::new(),
        commands: Vec::new(),
        scanner: Scanner::default(),
        stdout: Decoder::default(),
        stderr: Decoder::default(),
        cell: None,
        refuse_next: false,
    };
    let pid = std::process::id();
    supervisor.report(&Report::Hello { pid })?;
    let result = supervisor.serve();
    supervisor.worker.kill();
    // Waited for, so that it does not stay behind as a zombie where nobody else does it.
    let _ = supervisor.worker.wait();
    result
}

struct Supervisor {
    worker: Process,
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
    /// Whether an interrupt has come for a cell that is not here yet.
    refuse_next: bool,
}

/// Which descriptors have something to read.
struct Ready {
    kernel: bool,
    control: bool,
    stdout: bool,
    stderr: bool,
    evcxr: bool,
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
            if ready.control && !self.take_frame()? {
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
            self.poll_output(&self.worker.stdout),
            self.poll_output(&self.worker.stderr),
            PollFd::new(&stdin, PollFlags::IN),
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
        let [kernel, control, stdout, stderr, evcxr] = fds.map(|fd| !fd.revents().is_empty());
        Ok(Some(Ready {
            kernel,
            control,
            stdout,
            stderr,
            evcxr,
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
            self.cell = Some(RunningCell::default());
            self.report(&Report::Started)?;
            self.worker.run(library, function);
        }
        Ok(true)
    }

    /// Reads one frame of the worker; `false` when the worker is dead.
    fn take_frame(&mut self) -> anyhow::Result<bool> {
        let frame = match Frame::read(&self.worker.control) {
            Ok(frame) => frame,
            Err(error) => {
                tracing::debug!(%error, "the worker has closed its control socket");
                self.worker_died()?;
                return Ok(false);
            }
        };
        match (frame.kind, &mut self.cell) {
            (Frame::DONE, Some(_)) => self.cell_ended()?,
            (Frame::NOT_LOADED, Some(_)) => {
                self.cell = None;
                let message = String::from_utf8_lossy(&frame.payload).into_owned();
                self.report(&Report::NotLoaded { message })?;
                tell_evcxr(POISON)?;
            }
            (kind, _) => tracing::warn!(kind, "a frame came at the wrong time"),
        }
        Ok(true)
    }

    fn cell_ended(&mut self) -> anyhow::Result<()> {
        self.finish_output()?;
        let mut cell = self.cell.take().unwrap_or_default();
        let fatal = cell.fatal_panic();
        // At most one is left: a further one shows those before it to be caught.
        for panic in &cell.panics {
            self.report_caught(panic)?;
        }
        // A panic without a report: the cell has replaced the panic hook.
        let panic = fatal.or_else(|| {
            cell.has_panicked.then(|| Panic {
                message: "see the text above".to_owned(),
                file: String::new(),
                line: 0,
            })
        });
        self.report(&Report::Finished {
            panic,
            by_question_mark: cell.by_question_mark,
        })?;
        tell_evcxr(b"EVCXR_EXECUTION_COMPLETE\n")
    }

    fn worker_died(&mut self) -> anyhow::Result<()> {
        let cause = self
            .worker
            .wait()
            .context("cannot learn how the worker ended")?;
        self.finish_output()?;
        let during_cell = self.cell.is_some();
        let cell = self.cell.take().unwrap_or_default();
        let cause = if cell.is_interrupted {
            Death::Interrupted
        } else {
            cause
        };
        self.report(&Report::Died {
            cause,
            during_cell,
            panics: cell.panics,
        })
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
