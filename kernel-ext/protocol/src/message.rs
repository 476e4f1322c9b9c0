//! Messages on their way out, each with the socket it belongs to.
//!
//! Use [`answer`] and [`publish`] to make a message that names the request it
//! belongs to; how a message becomes bytes is [`crate::transport`]'s business.

use bytes::Bytes;
use jupyter_protocol::messaging::{JupyterMessage, JupyterMessageContent};
use jupyter_protocol::{ConnectionInfo, Status};
use std::fmt;

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

impl fmt::Display for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shell => "shell",
            Self::Control => "control",
            Self::IoPub => "iopub",
            Self::Stdin => "stdin",
        })
    }
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

/// Text from a front end as the log shows it: short, on one line, and without what a
/// terminal would obey.
///
/// The type of a message may be 16 MiB of anything.
pub(crate) fn brief(text: impl fmt::Display) -> String {
    const LIMIT: usize = 200;
    let text = text.to_string();
    let shown = text.chars().take(LIMIT);
    let mut shown: String = shown
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    if text.chars().nth(LIMIT).is_some() {
        shown.push('…');
    }
    shown
}

/// The one signature scheme that the Jupyter protocol defines in practice.
pub(crate) fn is_supported_scheme(connection: &ConnectionInfo) -> bool {
    connection.key.is_empty() || connection.signature_scheme == "hmac-sha256"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_shows_a_short_text_as_it_is_and_the_start_of_a_long_one() {
        assert_eq!(brief("größe: `x`"), "größe: `x`");
        assert_eq!(brief("a\n\u{1b}[31mb"), "a\u{fffd}\u{fffd}[31mb");
        assert_eq!(brief("é".repeat(200)), "é".repeat(200));
        assert_eq!(brief("é".repeat(201)), "é".repeat(200) + "…");
    }
}
