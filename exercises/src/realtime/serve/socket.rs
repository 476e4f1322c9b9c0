//! The dialect of WebSockets: frames of events, and the three kinds of frame by which
//! the two sides speak about the connection itself.
//!
//! The client has nothing to say here, so data from it ends the connection. That is why
//! there are no fragments, no extensions and no long messages: what comes in has 139 bytes
//! at most.
//!
//! Source: RFC 6455, § 5 (frames) and § 7.4 (codes), <https://www.rfc-editor.org/rfc/rfc6455>.

use std::io::Cursor;

use bytes::Bytes;
use tokio_tungstenite::tungstenite::protocol::frame::FrameHeader;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{CloseCode, Control, OpCode};

use super::Limits;
use super::form::{Form, frame};
use super::stream::{Dialect, Heard};

/// A WebSocket.
#[derive(Debug)]
pub(super) struct Socket;

impl Dialect for Socket {
    const FORM: Form = Form::Frame;

    fn still_here(&self) -> Bytes {
        frame(OpCode::Control(Control::Ping), &[])
    }

    /// 1001: the server goes away, and the client may come back.
    fn goodbye(&self) -> Bytes {
        close(CloseCode::Away)
    }

    fn hear(&mut self, bytes: &mut Vec<u8>) -> Heard {
        let mut answers = Vec::new();
        loop {
            match take(bytes) {
                Ok(None) => break,
                Ok(Some((Control::Ping, payload))) => {
                    answers.extend_from_slice(&frame(OpCode::Control(Control::Pong), &payload));
                }
                Ok(Some((Control::Close, payload))) => {
                    // The same code, as § 5.5.1 asks, and not the client's reason.
                    let code = payload.get(..2).unwrap_or_default();
                    answers.extend_from_slice(&frame(OpCode::Control(Control::Close), code));
                    return Heard::End(answers.into());
                }
                Ok(Some(_)) => {}
                Err(code) => return Heard::End(close(code)),
            }
        }
        if bytes.is_empty() {
            *bytes = Vec::new();
        }
        match answers.is_empty() {
            true => Heard::Nothing,
            false => Heard::Answer(answers.into()),
        }
    }
}

fn close(code: CloseCode) -> Bytes {
    frame(
        OpCode::Control(Control::Close),
        &u16::from(code).to_be_bytes(),
    )
}

/// The first frame, taken out of `bytes`; `None` if it is not all there.
fn take(bytes: &mut Vec<u8>) -> Result<Option<(Control, Vec<u8>)>, CloseCode> {
    let mut cursor = Cursor::new(&bytes[..]);
    let header = FrameHeader::parse(&mut cursor).map_err(|_| CloseCode::Protocol)?;
    let Some((header, n_payload)) = header else {
        return Ok(None);
    };
    let is_reserved = header.rsv1 || header.rsv2 || header.rsv3;
    // § 5.1: a server takes no frame that is not masked.
    let (Some(mask), false) = (header.mask, is_reserved) else {
        return Err(CloseCode::Protocol);
    };
    let OpCode::Control(control) = header.opcode else {
        return Err(CloseCode::Unsupported);
    };
    let n_header = cursor.position() as usize;
    let end = usize::try_from(n_payload).map_or(usize::MAX, |n| n.saturating_add(n_header));
    if !header.is_final || n_payload > 125 || end > Limits::CONTROL_BYTES {
        return Err(CloseCode::Protocol);
    }
    if bytes.len() < end {
        return Ok(None);
    }
    let masked = bytes[n_header..end].iter().zip(mask.iter().cycle());
    let payload = masked.map(|(byte, mask)| byte ^ mask).collect();
    bytes.drain(..end);
    Ok(Some((control, payload)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a client sends: a header, a mask of ones and the payload under it.
    fn masked(first: u8, payload: &[u8]) -> Vec<u8> {
        let mut bytes = vec![first, 0x80 | payload.len() as u8, 1, 1, 1, 1];
        bytes.extend(payload.iter().map(|byte| byte ^ 1));
        bytes
    }

    #[track_caller]
    fn ends_with(bytes: &[u8], code: u16) {
        let [high, low] = code.to_be_bytes();
        let expected = Heard::End(Bytes::from(vec![0x88, 2, high, low]));
        assert_eq!(Socket.hear(&mut bytes.to_vec()), expected, "{bytes:x?}");
    }

    #[test]
    fn a_ping_is_answered_with_its_payload_however_it_is_cut() {
        let whole = masked(0x89, b"abc");
        let mut input = Vec::new();
        for byte in &whole[..whole.len() - 1] {
            input.push(*byte);
            assert_eq!(Socket.hear(&mut input), Heard::Nothing);
        }
        input.extend(&whole[whole.len() - 1..]);
        input.extend(masked(0x89, b""));
        let pongs = b"\x8a\x03abc\x8a\x00";
        assert_eq!(
            Socket.hear(&mut input),
            Heard::Answer(Bytes::from_static(pongs))
        );
        assert_eq!(
            input.capacity(),
            0,
            "nothing is kept for a client that is silent"
        );
    }

    #[test]
    fn a_client_that_closes_is_sent_its_code() {
        ends_with(&masked(0x88, b"\x03\xe8bye"), 1000);
        let empty = Heard::End(Bytes::from_static(b"\x88\x00"));
        assert_eq!(Socket.hear(&mut masked(0x88, b"")), empty);
    }

    #[test]
    fn what_the_standard_forbids_ends_the_connection_with_1002() {
        ends_with(&[0x89, 0], 1002); // not masked
        ends_with(&masked(0xc9, b""), 1002); // a reserved bit
        ends_with(&masked(0x09, b""), 1002); // a ping in pieces
        ends_with(&masked(0x83, b""), 1002); // an unknown kind
        ends_with(&[0x89, 0xfe, 0, 126, 1, 1, 1, 1], 1002); // a ping of 126 bytes
    }

    #[test]
    fn data_of_any_length_ends_it_with_1003_before_it_has_come() {
        ends_with(&masked(0x81, b"hello"), 1003);
        ends_with(
            &[
                0x82, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, 1, 1, 1, 1,
            ],
            1003,
        );
    }
}
