//! From frames to messages: signature, JSON, and the fields that front ends leave out.
//!
//! Part of the transport. What is no good message costs a line in the log, which says on
//! which channel and why, and nothing else.

use super::replay::Seen;
use crate::message::brief;
use jupyter_protocol::messaging::{Header, JupyterMessage, JupyterMessageContent};
use jupyter_zmq_client::{RawMessage, RouterRecvConnection, RuntimeError};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};
use zeromq::{SocketRecv as _, ZmqMessage};

const DELIMITER: &[u8] = b"<IDS|MSG>";

/// Why a message is not taken.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("it has no frame `<IDS|MSG>`")]
    NoDelimiter,
    #[error("it ends after the frame `<IDS|MSG>`")]
    NoSignature,
    #[error("it has {0} of the four frames after the signature")]
    TooFewFrames(usize),
    #[error("its signature is not made with the key of the connection file")]
    Signature,
    #[error("it has come before")]
    Repeated,
    #[error("its {part} cannot be understood: {}", brief(.source))]
    Json {
        part: &'static str,
        source: serde_json::Error,
    },
    #[error("{}", brief(.0))]
    Other(RuntimeError),
}

impl From<RuntimeError> for Refusal {
    fn from(error: RuntimeError) -> Self {
        match error {
            RuntimeError::MissingDelimiter => Self::NoDelimiter,
            RuntimeError::MissingHmac => Self::NoSignature,
            RuntimeError::InsufficientMessageParts(n_frames) => Self::TooFewFrames(n_frames),
            RuntimeError::DecodeError(_) | RuntimeError::VerifyError(_) => Self::Signature,
            other => Self::Other(other),
        }
    }
}

/// One of the sockets on which front ends send.
pub(super) struct Inlet {
    socket: RouterRecvConnection,
    channel: &'static str,
    seen: Arc<Mutex<Seen>>,
}

impl Inlet {
    /// All inlets of a kernel share what has been `seen`.
    pub(super) fn new(
        socket: RouterRecvConnection,
        channel: &'static str,
        seen: &Arc<Mutex<Seen>>,
    ) -> Self {
        let seen = Arc::clone(seen);
        Self {
            socket,
            channel,
            seen,
        }
    }

    /// The next good message; `None` once the socket is closed.
    pub(super) async fn receive(&mut self) -> Option<JupyterMessage> {
        let channel = self.channel;
        loop {
            let frames = match self.socket.socket.recv().await {
                Ok(frames) => frames,
                Err(zeromq::ZmqError::NoMessage) => return None,
                Err(error) => {
                    tracing::warn!("a message on {channel} could not be read: {error}");
                    tokio::task::yield_now().await;
                    continue;
                }
            };
            match self.take(frames) {
                Ok(message) => return Some(message),
                Err(refusal) => tracing::warn!("a message on {channel} was refused: {refusal}"),
            }
        }
    }

    fn take(&self, frames: ZmqMessage) -> Result<JupyterMessage, Refusal> {
        let mut from_delimiter = frames.iter().skip_while(|frame| *frame != DELIMITER);
        let signature = from_delimiter.nth(1).cloned().unwrap_or_default();
        let raw = RawMessage::from_multipart(frames, &self.socket.mac)?;
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if self.socket.mac.is_some() && !seen.is_new(&signature) {
            return Err(Refusal::Repeated);
        }
        decode(raw)
    }
}

/// Makes a message of verified frames.
fn decode(raw: RawMessage) -> Result<JupyterMessage, Refusal> {
    let [header, parent, metadata, content, buffers @ ..] = raw.jparts.as_slice() else {
        return Err(Refusal::TooFewFrames(raw.jparts.len()));
    };
    let header: Header = parse("header", header)?;
    let mut content: Value = parse("content", content)?;
    fill_in_defaults(&header.msg_type, &mut content);
    let content = JupyterMessageContent::from_type_and_content(&header.msg_type, content);
    Ok(JupyterMessage {
        zmq_identities: raw.zmq_identities,
        content: content.map_err(|source| Refusal::Json {
            part: "content",
            source,
        })?,
        header,
        // An absent parent is sent as `{}`, which is no header.
        parent_header: serde_json::from_slice(parent).ok(),
        metadata: parse("metadata", metadata)?,
        buffers: buffers.to_vec(),
        channel: None,
    })
}

fn parse<T: DeserializeOwned>(part: &'static str, frame: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(frame).map_err(|source| Refusal::Json { part, source })
}

/// Adds the fields for which the protocol has a default, and jupyter-protocol has none.
///
/// Real front ends leave them out: `jupyter_client` sends a range of history without
/// `stop`, for instance, and waits for an answer.
fn fill_in_defaults(kind: &str, content: &mut Value) {
    let access = content.get("hist_access_type").and_then(Value::as_str);
    let defaults = match (kind, access) {
        ("execute_request", _) => json!({"silent": false, "store_history": true}),
        ("history_request", Some("range")) => {
            json!({"session": 0, "start": 0, "stop": i32::MAX, "output": false, "raw": true})
        }
        ("history_request", Some("search")) => {
            json!({"pattern": "*", "unique": false, "n": 1000, "output": false, "raw": true})
        }
        ("history_request", _) => {
            json!({"hist_access_type": "tail", "n": 1000, "output": false, "raw": true})
        }
        ("shutdown_request", _) => json!({"restart": false}),
        ("comm_open", _) => json!({"target_name": "", "data": {}}),
        ("comm_msg" | "comm_close", _) => json!({"data": {}}),
        _ => return,
    };
    let (Value::Object(content), Value::Object(defaults)) = (content, defaults) else {
        return;
    };
    for (key, value) in defaults {
        let field = content.entry(key).or_insert(Value::Null);
        if field.is_null() {
            *field = value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(kind: &str, mut content: Value, expected: Expect) {
        fill_in_defaults(kind, &mut content);
        let message = JupyterMessageContent::from_type_and_content(kind, content);
        expected.assert_eq(&match message {
            Ok(content) => serde_json::to_string(&content).unwrap(),
            Err(error) => error.to_string(),
        });
    }

    #[test]
    fn a_cell_needs_only_its_code() {
        check(
            "execute_request",
            json!({"code": "1"}),
            expect![[
                r#"{"code":"1","silent":false,"store_history":true,"user_expressions":{},"allow_stdin":false,"stop_on_error":true}"#
            ]],
        );
    }

    #[test]
    fn a_range_of_history_may_leave_out_its_end() {
        check(
            "history_request",
            json!({"hist_access_type": "range", "session": null}),
            expect![[
                r#"{"hist_access_type":"range","session":0,"start":0,"stop":2147483647,"output":false,"raw":true}"#
            ]],
        );
    }

    #[test]
    fn what_is_given_is_kept() {
        check(
            "history_request",
            json!({"hist_access_type": "search", "pattern": "let*", "unique": true}),
            expect![[
                r#"{"hist_access_type":"search","pattern":"let*","unique":true,"output":false,"raw":true,"n":1000}"#
            ]],
        );
    }

    #[test]
    fn a_cell_without_code_is_refused() {
        check(
            "execute_request",
            json!({}),
            expect!["missing field `code`"],
        );
    }
}
