//! The worker process as its supervisor sees it: four file descriptors and a pid.
//!
//! The worker's standard input is the control socket: passing it this way needs no
//! code between fork and exec. The worker moves it elsewhere before a cell can read it.
//! When a snapshot takes the dead worker's place, it has the very same streams.

use crate::channel::{
    Death, FromWorker, HOOKS_VAR, LIVE_OUTPUT_VAR, PRELOAD_VAR, ToWorker, WORKER_VAR, receive,
    send, send_with_descriptor,
};
use crate::environment::for_cells;
use crate::processes::{children, descendants};
use anyhow::Context as _;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::net::{AddressFamily, RecvFlags, SocketFlags, SocketType, socketpair};
use rustix::process::{
    Pid, PidfdFlags, Resource, Rlimit, Signal, WaitOptions, getpid, kill_process, pidfd_open,
    prlimit, waitpid,
};
use std::ffi::OsString;
use std::io;
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};

/// More than a pipe holds by default, so that emptying it once gets all there was.
const DRAIN_LIMIT: usize = 1 << 20;

/// The running worker, and the snapshot that could take its place.
pub(super) struct Process {
    pid: Pid,
    /// Ready for reading when the worker has died.
    pub(super) life: OwnedFd,
    pub(super) control: OwnedFd,
    pub(super) stdout: Output,
    pub(super) stderr: Output,
    /// How many workers have died before this one.
    generation: u64,
    snapshot: Option<Snapshot>,
    /// Snapshots before that one, which the worker has killed and which take their time:
    /// a process gives its memory back before it is gone. No cell has started these.
    former: Vec<(Pid, OwnedFd)>,
    /// Processes of cells that have lost their parent and have this one instead.
    adopted: Vec<Pid>,
}

struct Snapshot {
    pid: Pid,
    life: OwnedFd,
    /// A byte wakes it, the end of the file ends it.
    waker: OwnedFd,
}

/// The reading end of one of the worker's standard streams.
pub(super) struct Output {
    pub(super) pipe: OwnedFd,
    /// Whether every writer is gone, as after a cell has closed the stream.
    pub(super) is_closed: bool,
}

impl Process {
    /// Starts this binary again, as a worker, in a process group of its own.
    ///
    /// Also returns the socket by which cells ask for input.
    pub(super) fn start() -> anyhow::Result<(Self, OwnedFd)> {
        let (control, theirs) = packets().context("cannot make a control socket")?;
        let (input, input_of_cells) = packets().context("cannot make a socket for input")?;
        let program = std::env::current_exe().context("cannot find the kernel's own binary")?;
        let mut worker = Command::new(program);
        for (name, value) in for_cells() {
            match value {
                Some(value) => worker.env(name, value),
                None => worker.env_remove(name),
            };
        }
        let mut child = worker
            .env(WORKER_VAR, "1")
            .env(LIVE_OUTPUT_VAR, "1")
            .envs(preload())
            // evcxr sets this one; a cell's panic is reported without it.
            .env_remove("RUST_BACKTRACE")
            .stdin(Stdio::from(theirs))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()
            .context("cannot start the process for the cells")?;
        let stdout = child.stdout.take().context("the worker has no stdout")?;
        let stderr = child.stderr.take().context("the worker has no stderr")?;
        let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        let pid = pid.context("the worker has no process id")?;
        send_with_descriptor(&control, &ToWorker::Input, input_of_cells.as_fd())?;
        let process = Self {
            pid,
            life: pidfd_open(pid, PidfdFlags::empty())?,
            control,
            stdout: Output::new(stdout.into())?,
            stderr: Output::new(stderr.into())?,
            generation: 0,
            snapshot: None,
            former: Vec::new(),
            adopted: Vec::new(),
        };
        Ok((process, input))
    }

    /// Asks the worker to run a cell; a dead worker is noticed elsewhere.
    pub(super) fn run(&self, library: &str, function: &str) {
        self.order(&ToWorker::Run {
            generation: self.generation,
            library: library.to_owned(),
            function: function.to_owned(),
        });
    }

    /// Asks the worker to take a snapshot of what it has become.
    pub(super) fn keep(&self) {
        let generation = self.generation;
        self.order(&ToWorker::Keep { generation });
    }

    fn order(&self, order: &ToWorker) {
        if let Err(error) = send(&self.control, order) {
            tracing::debug!(%error, "the worker takes no more orders");
        }
    }

    /// The worker's next message, without waiting; a snapshot has been noted.
    pub(super) fn message(&mut self) -> Option<FromWorker> {
        let message = match receive(&self.control, RecvFlags::DONTWAIT) {
            Ok(message) => message,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => None,
            Err(error) => {
                tracing::error!(%error, "the worker said something unknown");
                None
            }
        };
        let (message, descriptor) = message?;
        match (&message, descriptor) {
            (FromWorker::Snapshot { pid }, Some(waker)) => {
                self.retire_snapshot();
                self.snapshot = note(*pid, waker);
            }
            (FromWorker::NoSnapshot { .. }, _) => self.retire_snapshot(),
            _ => {}
        }
        Some(message)
    }

    fn retire_snapshot(&mut self) {
        self.former.retain(|(_, life)| is_alive(life));
        let retired = self.snapshot.take();
        self.former.extend(retired.map(|it| (it.pid, it.life)));
    }

    /// Limits the memory that the worker may write to, in bytes.
    pub(super) fn limit_memory(&self, bytes: Option<u64>) {
        let hard = rustix::process::getrlimit(Resource::Data).maximum;
        let current = match (bytes, hard) {
            (Some(bytes), Some(hard)) => Some(bytes.min(hard)),
            (bytes, hard) => bytes.or(hard),
        };
        let limit = Rlimit {
            current,
            maximum: hard,
        };
        if let Err(error) = prlimit(Some(self.pid), Resource::Data, limit) {
            tracing::warn!(%error, "the memory of cells could not be limited");
        }
    }

    /// Kills the worker alone; what it had started is [ended](Self::end_strays) when it
    /// is known to be dead.
    pub(super) fn kill(&self) {
        // An error means that it is gone, which is what was wanted.
        let _ = kill_process(self.pid, Signal::KILL);
    }

    /// The processes that cells have started and that go on.
    pub(super) fn strays(&mut self) -> Vec<Pid> {
        // The number of one that is gone may be another process's by now.
        self.former.retain(|(_, life)| is_alive(life));
        let snapshot = self.snapshot.as_ref().map(|snapshot| snapshot.pid);
        let mut found = descendants(getpid());
        let is_former = |pid| self.former.iter().any(|(former, _)| *former == pid);
        found.retain(|&pid| pid != self.pid && Some(pid) != snapshot && !is_former(pid));
        found
    }

    /// The worker is dead: kills the processes that cells have started, but for those
    /// `before`; returns those of them that have lost their parent with it.
    pub(super) fn end_strays(&mut self, before: &[Pid]) -> Vec<Pid> {
        for pid in self.strays() {
            if !before.contains(&pid) {
                let _ = kill_process(pid, Signal::KILL);
            }
        }
        self.bury_adopted();
        let mut orphans = children(getpid());
        orphans.retain(|pid| before.contains(pid));
        let known = std::mem::replace(&mut self.adopted, orphans.clone());
        orphans.retain(|pid| !known.contains(pid));
        orphans
    }

    /// Takes note of the end of processes that have lost their parent.
    pub(super) fn bury_adopted(&self) {
        let snapshot = self.snapshot.as_ref().map(|snapshot| snapshot.pid);
        for pid in children(getpid()) {
            if pid != self.pid && Some(pid) != snapshot {
                let _ = waitpid(Some(pid), WaitOptions::NOHANG);
            }
        }
    }

    /// Waits for the end of a worker that is about to be dead.
    pub(super) fn wait(&self) -> io::Result<Death> {
        let ended = waitpid(Some(self.pid), WaitOptions::empty())?;
        let status = ended.map(|(_, status)| status);
        let signal = status.and_then(|status| status.terminating_signal());
        let code = status.and_then(|status| status.exit_status());
        Ok(match signal {
            Some(signal) => Death::Signalled(signal),
            None => Death::Exited(code.unwrap_or_default()),
        })
    }

    /// Wakes the snapshot, which is the worker from now on; `false` if there is none.
    pub(super) fn wake_snapshot(&mut self) -> bool {
        let Some(Snapshot { pid, life, waker }) = self.snapshot.take() else {
            return false;
        };
        if let Err(error) = rustix::io::write(waker, &[1]) {
            tracing::error!(%error, "the snapshot is gone");
            return false;
        }
        self.pid = pid;
        self.life = life;
        self.generation += 1;
        true
    }

    /// Ends worker, snapshot and everything that cells have started.
    pub(super) fn end(&mut self) {
        self.kill();
        // Waited for, so that they do not stay behind as zombies where nobody else does it.
        let _ = self.wait();
        if let Some(Snapshot { pid, .. }) = self.snapshot.take() {
            let _ = kill_process(pid, Signal::KILL);
            let _ = waitpid(Some(pid), WaitOptions::empty());
        }
        self.end_strays(&[]);
    }
}

fn packets() -> rustix::io::Result<(OwnedFd, OwnedFd)> {
    let flags = SocketFlags::CLOEXEC;
    socketpair(AddressFamily::UNIX, SocketType::SEQPACKET, flags, None)
}

/// The hooks come before the C library, whose `read` they stand in for.
fn preload() -> Option<(&'static str, OsString)> {
    let mut libraries = std::env::var_os(HOOKS_VAR)?;
    if let Some(others) = std::env::var_os(PRELOAD_VAR) {
        libraries.push(":");
        libraries.push(others);
    }
    Some((PRELOAD_VAR, libraries))
}

/// Whether the process of a descriptor has not ended yet.
fn is_alive(life: &OwnedFd) -> bool {
    let mut ended = [PollFd::new(life, PollFlags::IN)];
    matches!(poll(&mut ended, Some(&Timespec::default())), Ok(0))
}

fn note(pid: i32, waker: OwnedFd) -> Option<Snapshot> {
    let pid = Pid::from_raw(pid)?;
    // No risk of another process with that number: the worker has not waited for it.
    let life = pidfd_open(pid, PidfdFlags::empty());
    let life = life.inspect_err(|error| tracing::error!(%error, "a snapshot is gone"));
    let life = life.ok()?;
    Some(Snapshot { pid, life, waker })
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
