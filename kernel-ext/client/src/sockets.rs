//! The four sockets to a kernel, and the connection file that tells it where they are.

use jupyter_zmq_client::{
    ClientControlConnection, ClientIoPubConnection, ClientShellConnection, ClientStdinConnection,
    ConnectionInfo, RuntimeError, create_client_control_connection, create_client_iopub_connection,
    create_client_shell_connection_with_identity, create_client_stdin_connection_with_identity,
    peek_ports_with_listeners, peer_identity_for_session,
};
use std::net::{IpAddr, Ipv4Addr};

/// The front end's ends; the heartbeat is left to whoever wants it.
///
/// For a front end beside a [`Kernel`](crate::Kernel)'s own: asynchronous, and without its
/// limits of time.
pub struct Sockets {
    /// Requests, and the replies to them.
    pub shell: ClientShellConnection,
    /// Requests that do not wait for a running cell.
    pub control: ClientControlConnection,
    /// What the kernel publishes.
    pub iopub: ClientIoPubConnection,
    /// The kernel's questions for input.
    pub stdin: ClientStdinConnection,
}

impl Sockets {
    /// Connects under the name of a session, by which the kernel tells front ends apart;
    /// waits until the kernel listens.
    ///
    /// # Errors
    ///
    /// If the name is no identity of a socket, or a socket cannot be made.
    pub async fn connect(to: &ConnectionInfo, session: &str) -> Result<Self, RuntimeError> {
        let identity = peer_identity_for_session(session)?;
        // The shell's identity: by it the kernel knows whom to ask.
        let asked = identity.clone();
        let stdin = create_client_stdin_connection_with_identity(to, session, asked);
        let shell = create_client_shell_connection_with_identity(to, session, identity);
        Ok(Self {
            shell: shell.await?,
            control: create_client_control_connection(to, session).await?,
            iopub: create_client_iopub_connection(to, "", session).await?,
            stdin: stdin.await?,
        })
    }
}

/// A connection file's content with five free ports, which are taken as long as the
/// listeners live: nobody else is given them until the kernel is about to start.
pub(crate) async fn free_ports()
-> Result<(ConnectionInfo, Vec<tokio::net::TcpListener>), RuntimeError> {
    let loopback = IpAddr::from(Ipv4Addr::LOCALHOST);
    let (ports, listeners) = peek_ports_with_listeners(loopback, 5).await?;
    let connection = serde_json::json!({
        "ip": "127.0.0.1", "transport": "tcp", "key": "secret",
        "signature_scheme": "hmac-sha256", "kernel_name": "rust",
        "shell_port": ports[0], "iopub_port": ports[1], "stdin_port": ports[2],
        "control_port": ports[3], "hb_port": ports[4],
    });
    Ok((serde_json::from_value(connection)?, listeners))
}
