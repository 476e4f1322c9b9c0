//! What happens to a socket's connections, beside the messages that they bring.
//!
//! Part of the transport. Front ends come and go, which is nothing to speak of. A program
//! that connects and is no front end costs a line in the log.

use super::questions::Questions;
use futures_channel::mpsc::Receiver;
use zeromq::SocketEvent;

/// Reads a socket's events until it is closed.
///
/// `questions` are for the one socket on which a front end that goes may leave one behind.
pub(super) async fn connections(
    mut events: Receiver<SocketEvent>,
    channel: &'static str,
    questions: Option<Questions>,
) {
    while let Ok(event) = events.recv().await {
        match (event, &questions) {
            (SocketEvent::AcceptFailed(error), _) => tracing::warn!(
                "a connection to {channel} was refused, because it does not speak ZeroMQ 3: {error}"
            ),
            (SocketEvent::Disconnected(identity), Some(questions)) => questions.gone(&identity),
            _ => {}
        }
    }
}
