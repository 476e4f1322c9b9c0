//! The worker process as its supervisor sees it: three file descriptors and a pid.
//!
//! The worker's standard input is the control socket: passing it this way needs no
//! code between fork and exec. The worker moves it elsewhere before a cell can read it.

use crate::channel::{Death, Frame, WORKER_VAR};
use anyhow::Context as _;
use rustix::process::{Pid, Signal, kill_process_group};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::{Child, Command, Stdio};

/// More than a pipe holds by default, so that emptying it once gets all there was.
const DRAIN_LIMIT: usize = 1 << 20;

/// The running worker.
pub(super) struct Process {
    child: Child,
    pub(super) control: UnixStream,
    pub(super) stdout: Output,
    pub(super) stderr: Output,
}

/// The reading end of one of the worker's standard streams.
pub(super) struct Output {
    pub(super) pipe: OwnedFd,
    /// Whether every writer is gone, as after a cell has closed the stream.
    pub(super) is_closed: bool,
}

impl Process {
    /// Starts this binary again, as a worker, in a process group of its own.
    pub(super) fn start() -> anyhow::Result<Self> {
        let (control, theirs) = UnixStream::pair().context("cannot make a control socket")?;
        let program = std::env::current_exe().context("cannot find the kernel's own binary")?;
        let mut child = Command::new(program)
            .env(WORKER_VAR, "1")
            // evcxr sets this one; a cell's panic is reported without it.
            .env_remove("RUST_BACKTRACE")
            .stdin(Stdio::from(OwnedFd::from(theirs)))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()
            .context("cannot start the process for the cells")?;
        let stdout = child.stdout.take().context("the worker has no stdout")?;
        let stderr = child.stderr.take().context("the worker has no stderr")?;
        Ok(Self {
            child,
            control,
            stdout: Output::new(stdout.into())?,
            stderr: Output::new(stderr.into())?,
        })
    }

    /// Asks the worker to run a cell; a dead worker is noticed elsewhere.
    pub(super) fn run(&self, library: &str, function: &str) {
        let frame = Frame::new(Frame::RUN, format!("{library}\0{function}"));
        if let Err(error) = frame.write(&self.control) {
            tracing::debug!(%error, "the worker takes no more cells");
        }
    }

    /// Kills the worker and every process that a cell has started in its group.
    pub(super) fn kill(&self) {
        let Some(pid) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) else {
            return;
        };
        // An error means that the group is gone, which is what was wanted.
        let _ = kill_process_group(pid, Signal::KILL);
    }

    /// Waits for the end of a worker whose control socket has closed.
    pub(super) fn wait(&mut self) -> io::Result<Death> {
        let status = self.child.wait()?;
        Ok(match (status.signal(), status.code()) {
            (Some(signal), _) => Death::Signalled(signal),
            (None, code) => Death::Exited(code.unwrap_or_default()),
        })
    }
}

impl Output {
    fn new(pipe: OwnedFd) -> io::Result<Self> {
        rustix::io::ioctl_fionbio(&pipe, true)?;
        Ok(Self {
            pipe,
            is_closed: false,
        })
    }

    /// Reads what there is now, up to a limit.
    ///
    /// The limit ends it where a thread of the cell never stops printing.
    pub(super) fn drain(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut buffer = vec![0; 1 << 16];
        while !self.is_closed && bytes.len() < DRAIN_LIMIT {
            match rustix::io::read(&self.pipe, &mut buffer[..]) {
                Ok(0) => self.is_closed = true,
                Ok(length) => bytes.extend(&buffer[..length]),
                Err(rustix::io::Errno::WOULDBLOCK) => break,
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => {
                    tracing::debug!(%error, "a stream of the worker cannot be read");
                    self.is_closed = true;
                }
            }
        }
        bytes
    }
}
