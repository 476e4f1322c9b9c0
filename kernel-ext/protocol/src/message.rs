//! Messages on their way out, each with the socket it belongs to.
//!
//! Use [`answer`] and [`publish`] to make a message that names the request it
//! belongs to; how a message becomes bytes is [`crate::transport`]'s business.

use bytes::Bytes;
use jupyter_protocol::messaging::{JupyterMessage, JupyterMessageContent};
use jupyter_protocol::{ConnectionInfo, Status};

/// The version of Jupyter's messaging protocol that the kernel speaks.
pub(crate) const PROTOCOL_VERSION: &str = "5.4";

/// A socket on which a kernel sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Socket {
    /// Answers to one front end.
    Shell,
    /// Answers to one front end's interrupt, shutdown and the like.
    Control,
    /// News for every front end: outputs and the kernel's status.
    IoPub,
    /// Questions to the front end that runs the cell.
    Stdin,
}

/// A message to send.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// The socket to send it on.
    pub socket: Socket,
    /// The message, addressed and with its parent set.
    pub message: JupyterMessage,
}

/// An answer to `request`, to the front end that sent it.
pub(crate) fn answer(
    socket: Socket,
    request: &JupyterMessage,
    content: impl Into<JupyterMessageContent>,
) -> Outgoing {
    let mut message = JupyterMessage::new(content, Some(request));
    message.header.version = PROTOCOL_VERSION.to_owned();
    message.header.username.clone_from(&request.header.username);
    Outgoing { socket, message }
}

/// News about `request`, to every front end.
pub(crate) fn publish(
    request: &JupyterMessage,
    content: impl Into<JupyterMessageContent>,
) -> Outgoing {
    let mut outgoing = answer(Socket::IoPub, request, content);
    // On a PUB socket the first frame is the topic, not the addressee.
    let topic = Bytes::from(outgoing.message.message_type().to_owned());
    outgoing.message.zmq_identities = vec![topic];
    outgoing
}

/// The status message that opens the answer to a request.
pub(crate) fn busy(request: &JupyterMessage) -> Outgoing {
    publish(request, Status::busy())
}

/// The status message that closes it.
pub(crate) fn idle(request: &JupyterMessage) -> Outgoing {
    publish(request, Status::idle())
}

/// The one signature scheme that the Jupyter protocol defines in practice.
pub(crate) fn is_supported_scheme(connection: &ConnectionInfo) -> bool {
    connection.key.is_empty() || connection.signature_scheme == "hmac-sha256"
}
