//! The heartbeat: what comes in goes out again, byte for byte.
//!
//! A front end that gets no echo takes the kernel for dead. `jupyter-zmq-client` has a
//! heartbeat too, but it answers `pong` whatever it was sent.

use jupyter_protocol::ConnectionInfo;
use jupyter_zmq_client::RuntimeError;
use zeromq::{RepSocket, Socket as _, SocketRecv as _, SocketSend as _};

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
                tracing::warn!(%error, "a heartbeat could not be read");
                tokio::task::yield_now().await;
                continue;
            }
        };
        if let Err(error) = socket.send(beat).await {
            tracing::warn!(%error, "a heartbeat could not be answered");
        }
    }
}
