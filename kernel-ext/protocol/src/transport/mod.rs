//! The five ZeroMQ sockets of a kernel, and the thread that runs its cells.
//!
//! Use [`serve`] with a connection file's contents and a [`Kernel`]. One thread does
//! all the sockets, so that heartbeat, interrupt and shutdown are answered while a
//! cell runs; the caller's evaluator runs on a second one, one request at a time.
//!
//! It does not read the connection file and installs no signal handlers.

mod cells;
mod frames;
mod guard;
mod heartbeat;
mod questions;
mod replay;
mod watch;
mod wire;

use crate::control::Control;
use crate::evaluator::Evaluator;
use crate::kernel::{Kernel, Next};
use crate::message::{Outgoing, Socket, brief, is_supported_scheme};
use cells::Cells;
use futures_channel::mpsc::Receiver;
use guard::Ports;
use jupyter_protocol::{ConnectionInfo, JupyterMessageContent};
use jupyter_zmq_client::{
    KernelIoPubConnection, RouterSendConnection, RuntimeError, create_kernel_control_connection,
    create_kernel_iopub_connection, create_kernel_shell_connection, create_kernel_stdin_connection,
};
use questions::Questions;
use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use wire::Inlet;
use zeromq::{Socket as _, SocketEvent};

/// How long the end of the kernel waits for its evaluator.
///
/// Jupyter kills a kernel 5 s after it asked for a shutdown; cleaning up should be
/// over, one way or another, before that.
const PATIENCE: Duration = Duration::from_secs(4);

/// How long the last messages get to leave the process, as ZeroMQ's own `LINGER`.
///
/// The publishing socket hands messages to a task and tells nobody when they are on
/// the wire, so there is nothing else to wait for.
const LINGER: Duration = Duration::from_millis(100);

/// Why the sockets could not be served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The connection file asks for signatures that nobody else uses either.
    #[error(
        "the connection file asks for the signature scheme `{scheme}`; only `hmac-sha256` is known"
    )]
    SignatureScheme {
        /// The scheme asked for.
        scheme: String,
    },
    /// A socket could not be bound.
    #[error("cannot bind the {socket} socket at {address}: is another kernel using it?")]
    Bind {
        /// Which of the five.
        socket: &'static str,
        /// Where.
        address: String,
        /// What the socket library says.
        source: Box<RuntimeError>,
    },
    /// The thread for the cells could not be started.
    #[error("cannot start the thread that runs cells")]
    Thread(#[from] std::io::Error),
}

/// Serves a kernel until a front end, or `shutdown`, ends it.
///
/// `directory` gets the sockets behind the ports. It has to be one that no other user can
/// enter, and its path short, because a socket's has at most 108 bytes.
///
/// To be run on a Tokio runtime with I/O and time enabled.
///
/// # Errors
///
/// If a socket cannot be bound or the cells' thread cannot be started. What arrives
/// later is never an error: a bad message costs a line in the log.
///
/// # Examples
///
/// ```no_run
/// # use kernel_protocol::{Kernel, KernelInfo, Scripted, transport};
/// # async fn example(info: KernelInfo, connection: jupyter_protocol::ConnectionInfo) -> Result<(), Box<dyn std::error::Error>> {
/// let kernel = Kernel::new(info, Scripted::default());
/// let directory = tempfile::tempdir()?;
/// transport::serve(&connection, directory.path(), kernel, std::future::pending()).await?;
/// # Ok(())
/// # }
/// ```
pub async fn serve<E: Evaluator + Send + 'static>(
    connection: &ConnectionInfo,
    directory: &Path,
    mut kernel: Kernel<E>,
    shutdown: impl Future<Output = ()>,
) -> Result<(), Error> {
    if !is_supported_scheme(connection) {
        return Err(Error::SignatureScheme {
            scheme: connection.signature_scheme.clone(),
        });
    }
    let ports = Ports::take(connection, directory).await?;
    let sockets = Sockets::bind(&ports.within).await?;
    let _guards = ports.guard();
    let remote = kernel.evaluator().remote();
    let control = Control::new(kernel.info().clone(), Arc::clone(&remote));
    let questions = Questions::new(remote);

    let (outbox, posts) = mpsc::unbounded_channel();
    let (cells, shell_stopped) = Cells::start(kernel, outbox.clone())?;
    let sender = tokio::spawn(send_all(posts, sockets.senders, questions.clone()));
    let heartbeat = tokio::spawn(heartbeat::echo(sockets.heartbeat));
    // These end with the sockets that they watch.
    for (channel, events) in sockets.events {
        let questions = (channel == "stdin").then(|| questions.clone());
        tokio::spawn(watch::connections(events, channel, questions));
    }
    let stdin = tokio::spawn(read_stdin(sockets.stdin, questions));
    let shell = tokio::spawn(read_shell(sockets.shell, cells.inbox()));
    let (control_stop, control_stopped) = oneshot::channel();
    let reader = read_control(sockets.control, control.clone(), outbox, control_stop);
    let control_task = tokio::spawn(reader);

    tokio::select! {
        () = shutdown => {}
        _ = control_stopped => {}
        _ = shell_stopped => {}
    }
    shell.abort();
    control_task.abort();
    control.interrupt();
    cells.stop(PATIENCE).await;
    // Every sender of the outbox is gone now, so this ends when the last message is sent.
    if tokio::time::timeout(LINGER, sender).await.is_ok() {
        tokio::time::sleep(LINGER).await;
    }
    heartbeat.abort();
    stdin.abort();
    Ok(())
}

struct Sockets {
    senders: Senders,
    shell: Inlet,
    control: Inlet,
    stdin: Inlet,
    heartbeat: zeromq::RepSocket,
    /// What becomes of the connections to each.
    events: [(&'static str, Receiver<SocketEvent>); 5],
}

struct Senders {
    shell: RouterSendConnection,
    control: RouterSendConnection,
    iopub: KernelIoPubConnection,
    stdin: RouterSendConnection,
}

impl Sockets {
    async fn bind(at: &ConnectionInfo) -> Result<Self, Error> {
        let session = uuid::Uuid::new_v4().to_string();
        let shell = create_kernel_shell_connection(at, &session).await;
        let mut shell = shell.map_err(|source| bind_error("shell", at.shell_url(), source))?;
        let iopub = create_kernel_iopub_connection(at, &session).await;
        let mut iopub = iopub.map_err(|source| bind_error("iopub", at.iopub_url(), source))?;
        let stdin = create_kernel_stdin_connection(at, &session).await;
        let mut stdin = stdin.map_err(|source| bind_error("stdin", at.stdin_url(), source))?;
        let control = create_kernel_control_connection(at, &session).await;
        let mut control =
            control.map_err(|source| bind_error("control", at.control_url(), source))?;
        let heartbeat = heartbeat::bind(at).await;
        let mut heartbeat =
            heartbeat.map_err(|source| bind_error("heartbeat", at.hb_url(), source))?;
        let events = [
            ("shell", shell.socket.monitor()),
            ("iopub", iopub.socket.monitor()),
            ("stdin", stdin.socket.monitor()),
            ("control", control.socket.monitor()),
            ("heartbeat", heartbeat.monitor()),
        ];
        let seen = Arc::default();
        let (shell_out, shell) = shell.split();
        let (control_out, control) = control.split();
        let (stdin_out, stdin) = stdin.split();
        let senders = Senders {
            shell: shell_out,
            control: control_out,
            iopub,
            stdin: stdin_out,
        };
        Ok(Self {
            senders,
            shell: Inlet::new(shell, "shell", &seen),
            control: Inlet::new(control, "control", &seen),
            stdin: Inlet::new(stdin, "stdin", &seen),
            heartbeat,
            events,
        })
    }
}

fn bind_error(socket: &'static str, address: String, source: RuntimeError) -> Error {
    Error::Bind {
        socket,
        address,
        source: Box::new(source),
    }
}

/// Sends in the order of posting: a reply leaves before the *idle* behind it.
async fn send_all(
    mut posts: mpsc::UnboundedReceiver<Outgoing>,
    mut to: Senders,
    questions: Questions,
) {
    while let Some(Outgoing { socket, message }) = posts.recv().await {
        let kind = message.message_type().to_owned();
        let sent = match socket {
            Socket::Shell => to.shell.send(message).await,
            Socket::Control => to.control.send(message).await,
            Socket::IoPub => to.iopub.send(message).await,
            Socket::Stdin => {
                questions.ask(&message);
                let sent = to.stdin.send(message).await;
                sent.inspect_err(|_| questions.unsent())
            }
        };
        if let Err(error) = sent {
            // The front end that asked has gone; the others still want their news.
            tracing::warn!(%error, "a message of type `{kind}` could not be sent on {socket}");
        }
    }
}

async fn read_shell(mut inlet: Inlet, inbox: cells::Inbox) {
    while let Some(message) = inlet.receive().await {
        inbox.push(message);
    }
}

async fn read_stdin(mut inlet: Inlet, questions: Questions) {
    while let Some(mut message) = inlet.receive().await {
        match &mut message.content {
            JupyterMessageContent::InputReply(reply) => {
                let line = std::mem::take(&mut reply.value);
                if !questions.answer(&message, line) {
                    tracing::warn!("an answer on stdin was ignored: its sender was not asked");
                }
            }
            other => {
                let kind = brief(other.message_type());
                tracing::warn!("a message on stdin was ignored: `{kind}` is no answer");
            }
        }
    }
}

async fn read_control(
    mut inlet: Inlet,
    control: Control,
    outbox: mpsc::UnboundedSender<Outgoing>,
    stop: oneshot::Sender<()>,
) {
    while let Some(message) = inlet.receive().await {
        let next = control.handle(&message, &mut |outgoing| {
            // The receiver lives as long as the process does.
            let _ = outbox.send(outgoing);
        });
        if next == Next::Stop {
            // Nobody listening means that the kernel is stopping already.
            let _ = stop.send(());
            return;
        }
    }
}

#[cfg(test)]
mod tests;
