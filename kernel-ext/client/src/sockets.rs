//! The four sockets to a kernel, and the connection file that tells it where they are.

use jupyter_zmq_client::{
    ClientControlConnection, ClientIoPubConnection, ClientShellConnection, ClientStdinConnection,
    ConnectionInfo, RuntimeError, create_client_control_connection, create_client_iopub_connection,
    create_client_shell_connection_with_identity, create_client_stdin_connection_with_identity,
    peek_ports_with_listeners, peer_identity_for_session,
};
use std::net::{IpAddr, Ipv4Addr};

const SESSION: &str = "kernel-client";

/// The front end's ends; the heartbeat is left to whoever wants it.
pub(crate) struct Sockets {
    pub(crate) shell: ClientShellConnection,
    pub(crate) control: ClientControlConnection,
    pub(crate) iopub: ClientIoPubConnection,
    pub(crate) stdin: ClientStdinConnection,
}

impl Sockets {
    /// Waits until the kernel listens.
    pub(crate) async fn connect(to: &ConnectionInfo) -> Result<Self, RuntimeError> {
        let identity = peer_identity_for_session(SESSION)?;
        // The shell's identity: by it the kernel knows whom to ask.
        let asked = identity.clone();
        let stdin = create_client_stdin_connection_with_identity(to, SESSION, asked);
        let shell = create_client_shell_connection_with_identity(to, SESSION, identity);
        Ok(Self {
            shell: shell.await?,
            control: create_client_control_connection(to, SESSION).await?,
            iopub: create_client_iopub_connection(to, "", SESSION).await?,
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
