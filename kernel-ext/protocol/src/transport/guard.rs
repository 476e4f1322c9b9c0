//! Stands between the ports and the sockets, and lets no message through that is too long.
//!
//! The socket library makes room for as many bytes as a frame announces, before it has
//! read one of them and before there is a signature to check. Nine bytes from anybody who
//! can reach a port would end the kernel. So the library listens on Unix sockets in a
//! folder of the kernel's own, and the guard listens on the ports, follows the
//! [frames](super::frames) on their way in, and copies bytes both ways. It costs a copy,
//! and less than 0.1 ms of the 0.35 ms of a request; a mended library would cost a fork.
//!
//! Not for connection files that ask for Unix sockets: those are in folders of the user's.

use super::Error;
use super::frames::Frames;
use jupyter_protocol::{ConnectionInfo, Transport};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::task::JoinSet;
use tokio::time::Instant;

/// The longest message, in bytes: 25 times what Jupyter's server takes from a browser.
const MAX_MESSAGE: u64 = 256 << 20;

/// How long nothing is tried again that has failed for want of room.
const PAUSE: Duration = Duration::from_millis(100);

/// How long a kernel that was killed may still hold its ports, because its process has to see
/// that first.
const PATIENCE: Duration = Duration::from_secs(5);

/// The ports, taken. Connections wait until the guards are [started](Ports::guard).
pub(super) struct Ports {
    /// Where the sockets have to listen.
    pub(super) within: ConnectionInfo,
    listeners: Vec<(&'static str, TcpListener, PathBuf)>,
}

/// The guards of all channels. Dropped, they end, and the connections with them.
pub(super) struct Guards(#[expect(dead_code, reason = "held for its drop")] JoinSet<()>);

impl Ports {
    /// Takes the ports at which front ends look; `directory` is for the sockets.
    ///
    /// # Errors
    ///
    /// If a port is taken already.
    pub(super) async fn take(at: &ConnectionInfo, directory: &Path) -> Result<Self, Error> {
        let mut ports = Self {
            within: at.clone(),
            listeners: Vec::new(),
        };
        if at.transport == Transport::IPC {
            return Ok(ports);
        }
        ports.within.transport = Transport::IPC;
        ports.within.ip = directory.join("zeromq").display().to_string();
        // As ZeroMQ says "on all addresses".
        let address = if at.ip == "*" { "0.0.0.0" } else { &at.ip };
        for (channel, port) in [
            ("shell", at.shell_port),
            ("iopub", at.iopub_port),
            ("stdin", at.stdin_port),
            ("control", at.control_port),
            ("heartbeat", at.hb_port),
        ] {
            let listener = listen(address, port).await;
            let listener = listener.map_err(|source| Error::Bind {
                socket: channel,
                address: format!("tcp://{}:{port}", at.ip),
                source: Box::new(source.into()),
            })?;
            // As `ConnectionInfo` makes its addresses.
            let socket = PathBuf::from(format!("{}-{port}", ports.within.ip));
            ports.listeners.push((channel, listener, socket));
        }
        Ok(ports)
    }

    /// Lets front ends in; the sockets have to be there.
    pub(super) fn guard(self) -> Guards {
        let mut guards = JoinSet::new();
        for (channel, listener, socket) in self.listeners {
            guards.spawn(accept(listener, socket, channel));
        }
        Guards(guards)
    }
}

/// A port that is taken may be that of the kernel before, which is ending.
async fn listen(address: &str, port: u16) -> io::Result<TcpListener> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match TcpListener::bind((address, port)).await {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && Instant::now() < deadline => {
                tokio::time::sleep(PAUSE).await;
            }
            bound => return bound,
        }
    }
}

async fn accept(listener: TcpListener, socket: PathBuf, channel: &'static str) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let socket = socket.clone();
                    connections.spawn(async move {
                        if let Err(error) = carry(stream, &socket, channel).await {
                            tracing::debug!("a connection to {channel} ended: {error}");
                        }
                    });
                }
                Err(error) => {
                    tracing::warn!("a connection to {channel} could not be accepted: {error}");
                    // It would fail again at once: there are too many open files.
                    tokio::time::sleep(PAUSE).await;
                }
            },
            // So that those that have ended are forgotten.
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Copies both ways, until either end is closed.
async fn carry(outside: TcpStream, socket: &Path, channel: &str) -> io::Result<()> {
    // Or a short reply would wait for more to be sent along.
    outside.set_nodelay(true)?;
    let mut inside = UnixStream::connect(socket).await?;
    let (mut from_outside, mut to_outside) = outside.into_split();
    let (mut from_inside, mut to_inside) = inside.split();
    let outwards = tokio::io::copy(&mut from_inside, &mut to_outside);
    tokio::select! {
        result = copy_checked(&mut from_outside, &mut to_inside, channel) => result,
        result = outwards => result.map(drop),
    }
}

async fn copy_checked(
    from: &mut (impl tokio::io::AsyncRead + Unpin),
    to: &mut (impl tokio::io::AsyncWrite + Unpin),
    channel: &str,
) -> io::Result<()> {
    let mut frames = Frames::new(MAX_MESSAGE);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let length = match from.read(&mut buffer).await {
            Ok(0) | Err(_) if frames.is_within_message() => {
                tracing::warn!("a connection to {channel} broke in the middle of a message");
                return Ok(());
            }
            Ok(0) => return Ok(()),
            read => read?,
        };
        if let Err(too_long) = frames.push(&buffer[..length]) {
            tracing::warn!(
                "a connection to {channel} was closed: it announced a message of {} bytes, and \
                 at most {MAX_MESSAGE} are taken",
                too_long.announced
            );
            return Ok(());
        }
        to.write_all(&buffer[..length]).await?;
    }
}
