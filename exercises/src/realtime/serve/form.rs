//! An event in the three forms in which it goes out. Each is made once, when the event
//! is published, and shared by all clients that it is sent to.
//!
//! Made at once, and not when somebody first asks: 100 bytes of text are some 400 bytes so,
//! and in return no client's turn depends on who came before it.

use bytes::Bytes;
use serde_json::json;
use tokio_tungstenite::tungstenite::protocol::frame::FrameHeader;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use super::{Cursor, Gap};
use crate::realtime::{SseEncode, SseEvent, SseText};

/// The longest header of a frame: two bytes, eight of length, four of mask (RFC 6455, § 5.2).
pub(super) const MAX_HEADER_BYTES: usize = 14;

/// In which form a client is sent its events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// An object of JSON on a line of its own: the answers to polls.
    Line,
    /// A server-sent event.
    Sse,
    /// A frame of a WebSocket, with the same object. A server's frames are not masked, so
    /// they are the same for all clients.
    Frame,
}

impl Form {
    pub(super) const ALL: [Self; 3] = [Self::Line, Self::Sse, Self::Frame];

    /// The event at `cursor`.
    pub(super) fn event(self, cursor: Cursor, data: &str) -> Bytes {
        let id = cursor.to_string();
        match self {
            Self::Line => line(&json!({ "id": id, "data": data })),
            Self::Frame => text_frame(&json!({ "id": id, "data": data }).to_string()),
            Self::Sse => sse(&SseEvent {
                id: Some(id),
                ..SseEvent::of(data)
            }),
        }
    }

    /// What a client is told that has missed events.
    pub(super) fn gap(self, gap: &Gap) -> Bytes {
        let value = json!({ "gap": gap.reason() });
        match self {
            Self::Line => line(&value),
            Self::Frame => text_frame(&value.to_string()),
            Self::Sse => sse(&SseEvent {
                event: Some("gap".to_owned()),
                ..SseEvent::of(value.to_string())
            }),
        }
    }
}

fn line(value: &serde_json::Value) -> Bytes {
    format!("{value}\n").into()
}

fn sse(event: &SseEvent) -> Bytes {
    let text = SseText::encode(event);
    text.expect("neither ids nor types have line breaks").into()
}

fn text_frame(text: &str) -> Bytes {
    frame(OpCode::Data(Data::Text), text.as_bytes())
}

/// A whole frame from a server.
pub(super) fn frame(opcode: OpCode, payload: &[u8]) -> Bytes {
    let header = FrameHeader {
        opcode,
        ..FrameHeader::default()
    };
    let mut bytes = Vec::with_capacity(MAX_HEADER_BYTES + payload.len());
    header
        .format(payload.len() as u64, &mut bytes)
        .expect("a vector takes all that is written");
    bytes.extend_from_slice(payload);
    bytes.into()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(form: Form, data: &str, expected: Expect) {
        let bytes = form.event(Cursor { log: 0x1f, id: 7 }, data);
        expected.assert_eq(&bytes.escape_ascii().to_string());
    }

    #[test]
    fn an_event_carries_its_place_in_every_form() {
        check(
            Form::Line,
            "a\nb",
            expect![[r#"{\"data\":\"a\\nb\",\"id\":\"1f-7\"}\n"#]],
        );
        check(
            Form::Sse,
            "a\nb",
            expect![[r"id: 1f-7\ndata: a\ndata: b\n\n"]],
        );
        check(
            Form::Frame,
            "a",
            expect![[r#"\x81\x18{\"data\":\"a\",\"id\":\"1f-7\"}"#]],
        );
    }

    #[test]
    fn a_gap_has_no_id_so_that_a_client_keeps_the_one_it_has() {
        let gap = Form::Sse.gap(&Gap::Forgotten);
        expect![[r#"event: gap\ndata: {\"gap\":\"forgotten\"}\n\n"#]]
            .assert_eq(&gap.escape_ascii().to_string());
    }
}
