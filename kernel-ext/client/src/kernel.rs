//! A running kernel: messages in, messages out, each within a limit.

use crate::cell::{is_idle, parent_of};
use crate::processes::{kill_all, signal};
use crate::sockets::{Sockets, free_ports};
use crate::{Error, descendants};
use jupyter_zmq_client::{
    ConnectionInfo, InputReply, InputRequest, InterruptRequest, JupyterMessage,
    JupyterMessageContent as Content, KernelInfoRequest, RuntimeError, ShutdownRequest,
};
use rustix::process::Signal;
use std::fs::File;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use tokio::process::Child;
use tokio::runtime::Runtime;
use tokio::time::{Instant, timeout};

/// What a kernel has sent before its end is on its way for this long at most.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// How a kernel wants to be interrupted; its kernelspec says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interrupt {
    /// By an `interrupt_request` on the control channel.
    Message,
    /// By SIGINT.
    Signal,
}

/// By this name the kernel knows the front end, whose sockets belong together.
const SESSION: &str = "kernel-client";

/// A running kernel, and the sockets to it. It is killed when dropped.
///
/// # Examples
///
/// ```no_run
/// # fn run(mut kernel: kernel_client::Kernel) -> Result<(), kernel_client::Error> {
/// kernel.run("let n = 6;")?.end?;
/// println!("{:?}", kernel.run("n * 7")?.news);
/// # Ok(())
/// # }
/// ```
pub struct Kernel {
    runtime: Runtime,
    child: Child,
    pid: u32,
    sockets: Sockets,
    interrupt: Interrupt,
    pub(crate) limit: Duration,
    /// What the kernel's connection file says.
    pub connection: ConnectionInfo,
    /// Holds the connection file and the kernel's `log`. The kernel runs in its folder
    /// `notebooks`, unless its command names another one.
    pub directory: TempDir,
}

impl std::fmt::Debug for Kernel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Kernel {{ pid: {} }}", self.pid)
    }
}

impl Kernel {
    /// Starts the kernel by the command for its connection file, and waits until it answers.
    ///
    /// What it prints goes to a file, [`Kernel::log`]. `limit` holds for the start, and
    /// for everything that is awaited later, until [`Kernel::set_limit`].
    ///
    /// # Errors
    ///
    /// If it cannot be started, or does not answer within the limit.
    pub fn start(
        command: impl FnOnce(&Path) -> Command,
        interrupt: Interrupt,
        limit: Duration,
    ) -> Result<Self, Error> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let directory = tempfile::tempdir()?;
        let notebooks = directory.path().join("notebooks");
        std::fs::create_dir(&notebooks)?;
        let (connection, listeners) = runtime.block_on(free_ports())?;
        let file = directory.path().join("connection.json");
        std::fs::write(&file, serde_json::json!(connection).to_string())?;
        drop(listeners);
        let mut command = command(&file);
        let log = File::create(directory.path().join("log"))?;
        if command.get_current_dir().is_none() {
            command.current_dir(&notebooks);
        }
        command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        let program = command.get_program().to_string_lossy().into_owned();
        let spawned = {
            let _guard = runtime.enter();
            tokio::process::Command::from(command).spawn()
        };
        let mut child = spawned.map_err(|source| Error::NotStarted { program, source })?;
        let pid = child.id().unwrap_or_default();
        let awaited = "an open socket";
        let connecting = Sockets::connect(&connection, SESSION);
        let sockets = match runtime.block_on(guarded(connecting, &mut child, awaited, limit)) {
            Ok(sockets) => sockets,
            Err(error) => {
                kill_all(pid);
                return Err(error);
            }
        };
        let mut kernel = Self {
            runtime,
            child,
            pid,
            sockets,
            interrupt,
            limit,
            connection,
            directory,
        };
        kernel.await_subscription()?;
        Ok(kernel)
    }

    /// What is published before a subscription has arrived is nobody's: asks until
    /// something is heard.
    fn await_subscription(&mut self) -> Result<(), Error> {
        let deadline = Instant::now() + self.limit;
        while Instant::now() < deadline {
            let id = self.send(KernelInfoRequest {})?;
            self.reply()?;
            let tick = Duration::from_millis(100);
            while let Some(news) = self.news_within(tick)? {
                if is_idle(&news) && parent_of(&news) == id {
                    return Ok(());
                }
            }
        }
        Err(Error::Silent {
            awaited: "the first published message",
            limit: self.limit,
        })
    }

    /// Changes how long anything is awaited.
    pub fn set_limit(&mut self, limit: Duration) {
        self.limit = limit;
    }

    /// Sends on the shell channel and returns the message's id.
    ///
    /// # Errors
    ///
    /// If the kernel cannot be reached.
    pub fn send(&mut self, content: impl Into<Content>) -> Result<String, Error> {
        let message = JupyterMessage::new(content, None);
        let id = message.header.msg_id.clone();
        self.wait("a free shell channel", async |sockets| {
            sockets.shell.send(message).await
        })?;
        Ok(id)
    }

    /// Sends on the control channel and waits for the answer.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn control(&mut self, content: impl Into<Content>) -> Result<Content, Error> {
        let message = JupyterMessage::new(content, None);
        self.wait("an answer on the control channel", async |sockets| {
            sockets.control.send(message).await?;
            Ok(sockets.control.read().await?.content)
        })
    }

    /// Interrupts what runs, in the way that the kernel wants.
    ///
    /// # Errors
    ///
    /// If the kernel does not answer the request, or its process is gone.
    pub fn interrupt(&mut self) -> Result<(), Error> {
        match self.interrupt {
            Interrupt::Message => self.control(InterruptRequest {}).map(drop),
            Interrupt::Signal => {
                signal(self.pid, Signal::INT).map_err(|error| Error::System(error.into()))
            }
        }
    }

    /// Waits for a question of the kernel on the stdin channel.
    ///
    /// # Errors
    ///
    /// If none comes.
    pub fn question(&mut self) -> Result<InputRequest, Error> {
        let read = async |sockets: &mut Sockets| sockets.stdin.read().await;
        match self.wait("a question", read)?.content {
            Content::InputRequest(asked) => Ok(asked),
            other => Err(Error::Unexpected(other.message_type().to_owned())),
        }
    }

    /// Waits for a question and answers it; returns what was asked.
    ///
    /// # Errors
    ///
    /// If no question comes.
    pub fn answer(&mut self, line: &str) -> Result<InputRequest, Error> {
        let asked = self.question()?;
        let reply = InputReply {
            value: line.to_owned(),
            ..InputReply::default()
        };
        self.wait("a free stdin channel", async |sockets| {
            sockets.stdin.send(reply.into()).await
        })?;
        Ok(asked)
    }

    /// The next message on the shell channel.
    ///
    /// # Errors
    ///
    /// If none comes.
    pub fn reply(&mut self) -> Result<Content, Error> {
        let read = async |sockets: &mut Sockets| sockets.shell.read().await;
        Ok(self.wait("a reply", read)?.content)
    }

    /// The next published message.
    ///
    /// # Errors
    ///
    /// If none comes.
    pub fn news(&mut self) -> Result<JupyterMessage, Error> {
        self.wait("a published message", async |sockets| {
            sockets.iopub.read().await
        })
    }

    /// The next published message, if there is one within this time.
    ///
    /// # Errors
    ///
    /// If the kernel ends, or the message cannot be read.
    pub fn news_within(&mut self, limit: Duration) -> Result<Option<JupyterMessage>, Error> {
        let read = async |sockets: &mut Sockets| sockets.iopub.read().await;
        match self.wait_until("a published message", limit, read) {
            Ok(message) => Ok(Some(message)),
            Err(Error::Silent { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What the kernel itself has printed so far, which is not what its cells print.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn log(&self) -> Result<String, Error> {
        Ok(std::fs::read_to_string(self.directory.path().join("log"))?)
    }

    /// The kernel's process, and those under it.
    pub fn processes(&self) -> Vec<u32> {
        descendants(self.pid)
    }

    /// Waits, without a limit, for the end of a kernel that has been asked to end.
    ///
    /// # Errors
    ///
    /// If the system does not say.
    pub fn wait_for_end(&mut self) -> Result<ExitStatus, Error> {
        Ok(self.runtime.block_on(self.child.wait())?)
    }

    /// Asks the kernel to end, and waits as long for that as for its answer.
    ///
    /// # Errors
    ///
    /// If it is still there after the limit.
    pub fn shutdown(&mut self, limit: Duration) -> Result<ExitStatus, Error> {
        self.end(ShutdownRequest { restart: false }, limit)
    }

    /// The first half of a restart, the other being [`Kernel::start`]: like
    /// [`Kernel::shutdown`], and tells the kernel that another one follows.
    ///
    /// # Errors
    ///
    /// If it is still there after the limit.
    pub fn shutdown_for_restart(&mut self, limit: Duration) -> Result<ExitStatus, Error> {
        self.end(ShutdownRequest { restart: true }, limit)
    }

    fn end(&mut self, request: ShutdownRequest, limit: Duration) -> Result<ExitStatus, Error> {
        self.limit = limit;
        // It may end before its answer has left it.
        let _ = self.control(request);
        let end = async { timeout(limit, self.child.wait()).await };
        match self.runtime.block_on(end) {
            Ok(status) => Ok(status?),
            Err(_) => Err(Error::Silent {
                awaited: "its end",
                limit,
            }),
        }
    }

    /// Kills the process that [`Kernel::start`] has started and no other, as a crash would.
    ///
    /// # Errors
    ///
    /// If it has ended before.
    pub fn kill(&mut self) -> Result<(), Error> {
        Ok(self.runtime.block_on(self.child.kill())?)
    }

    /// Runs a future on the sockets' own runtime, for a socket of the caller's own.
    pub fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    fn wait<T>(
        &mut self,
        awaited: &'static str,
        act: impl AsyncFnOnce(&mut Sockets) -> Result<T, RuntimeError>,
    ) -> Result<T, Error> {
        self.wait_until(awaited, self.limit, act)
    }

    fn wait_until<T>(
        &mut self,
        awaited: &'static str,
        limit: Duration,
        act: impl AsyncFnOnce(&mut Sockets) -> Result<T, RuntimeError>,
    ) -> Result<T, Error> {
        let act = act(&mut self.sockets);
        let guarded = guarded(act, &mut self.child, awaited, limit);
        self.runtime.block_on(guarded)
    }
}

impl Drop for Kernel {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            kill_all(self.pid);
            // It cannot refuse that signal; an error means that somebody has waited already.
            let _ = self.runtime.block_on(self.child.wait());
        }
    }
}

/// What the future gives, unless the kernel ends or the time is up.
async fn guarded<T>(
    act: impl Future<Output = Result<T, RuntimeError>>,
    child: &mut Child,
    awaited: &'static str,
    limit: Duration,
) -> Result<T, Error> {
    tokio::pin!(act);
    let status = tokio::select! {
        biased;
        done = &mut act => return Ok(done?),
        status = child.wait() => status?,
        () = tokio::time::sleep(limit) => return Err(Error::Silent { awaited, limit }),
    };
    match timeout(LAST_WORDS, act).await {
        Ok(done) => Ok(done?),
        Err(_) => Err(Error::Ended { awaited, status }),
    }
}
