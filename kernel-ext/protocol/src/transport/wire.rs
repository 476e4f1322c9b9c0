//! From frames to messages: signature, JSON, and the fields that front ends leave out.
//!
//! Part of the transport. A frame that is no good message costs a line in the log and
//! nothing else.

use jupyter_protocol::messaging::{Header, JupyterMessage, JupyterMessageContent};
use jupyter_zmq_client::{RawMessage, RouterRecvConnection};
use serde_json::{Value, json};
use zeromq::SocketRecv as _;

/// The next good message; `None` once the socket is closed.
pub(super) async fn receive(
    socket: &mut RouterRecvConnection,
    name: &str,
) -> Option<JupyterMessage> {
    loop {
        let frames = match socket.socket.recv().await {
            Ok(frames) => frames,
            Err(zeromq::ZmqError::NoMessage) => return None,
            Err(error) => {
                tracing::warn!(%error, socket = name, "a message could not be read");
                tokio::task::yield_now().await;
                continue;
            }
        };
        let raw = match RawMessage::from_multipart(frames, &socket.mac) {
            Ok(raw) => raw,
            Err(error) => {
                tracing::warn!(%error, socket = name, "a message without a valid signature was dropped");
                continue;
            }
        };
        match decode(raw) {
            Ok(message) => return Some(message),
            Err(error) => {
                tracing::warn!(%error, socket = name, "a message that cannot be understood was dropped");
            }
        }
    }
}

/// Makes a message of verified frames.
fn decode(raw: RawMessage) -> serde_json::Result<JupyterMessage> {
    let [header, parent, metadata, content, buffers @ ..] = raw.jparts.as_slice() else {
        return Err(serde::de::Error::custom("fewer than four frames"));
    };
    let header: Header = serde_json::from_slice(header)?;
    let mut content: Value = serde_json::from_slice(content)?;
    fill_in_defaults(&header.msg_type, &mut content);
    Ok(JupyterMessage {
        zmq_identities: raw.zmq_identities,
        content: JupyterMessageContent::from_type_and_content(&header.msg_type, content)?,
        header,
        // An absent parent is sent as `{}`, which is no header.
        parent_header: serde_json::from_slice(parent).ok(),
        metadata: serde_json::from_slice(metadata)?,
        buffers: buffers.to_vec(),
        channel: None,
    })
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
