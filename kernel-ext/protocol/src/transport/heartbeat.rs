//! The heartbeat: what comes in goes out again, byte for byte.
//!
//! A front end that gets no echo takes the kernel for dead. `jupyter-zmq-client` has a
//! heartbeat too, but it answers `pong` whatever it was sent.

use jupyter_protocol::ConnectionInfo;
use jupyter_zmq_client::RuntimeError;
use std::time::Duration;
use zeromq::{RepSocket, Socket as _, SocketRecv as _, SocketSend as _};

/// How long an echo may wait for its front end to read it.
///
/// The socket answers one beat after the other. A front end that asks for more bytes than
/// the system buffers, and does not read them, would stop the hearts of all others;
/// Jupyter restarts a kernel after 5 s without an echo.
const PATIENCE: Duration = Duration::from_millis(500);

pub(super) async fn bind(connection: &ConnectionInfo) -> Result<RepSocket, RuntimeError> {
    let mut socket = RepSocket::new();
    socket.bind(&connection.hb_url()).await?;
    Ok(socket)
}

/// Echoes until the kernel ends.
pub(super) async fn echo(mut socket: RepSocket) {
    loop {
        let beat = match socket.recv().await {
            Ok(beat) => beat,
            Err(error) => {
                tracing::warn!("a message on heartbeat could not be read: {error}");
                tokio::task::yield_now().await;
                continue;
            }
        };
        match tokio::time::timeout(PATIENCE, socket.send(beat)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!("a heartbeat could not be answered: {error}"),
            Err(_) => tracing::warn!(
                "a heartbeat was given up: its front end has not read the echo for {PATIENCE:?}"
            ),
        }
    }
}
