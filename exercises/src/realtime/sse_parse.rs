//! Server-sent events from bytes in pieces: the client's side of the format.
//!
//! What is kept between two pieces is the line that has no end yet, and the event that it
//! belongs to. Bytes become text a whole line at a time: a character may be cut by a
//! piece's end, but never by a line's, because no byte of a longer UTF-8 character is
//! `\r` or `\n`.
//!
//! It keeps a line of any length. A client that reads from servers it does not trust caps
//! what it takes from the connection.
//!
//! Source: WHATWG HTML, *Server-sent events*,
//! <https://html.spec.whatwg.org/multipage/server-sent-events.html>.

use std::time::Duration;

use super::{Message, SseParse};

/// The reference for [`SseParse`].
///
/// # Examples
///
/// ```
/// use exercises::realtime::{SseParse, SseStream};
///
/// let mut stream = SseStream::new();
/// assert_eq!(stream.push(b"data: hello\n\n")[0].data, "hello");
/// ```
///
/// # Time complexity
///
/// `push` is O(bytes), whatever the pieces: each byte is looked at once, and copied twice
/// at most.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SseStream {
    /// Of the line that has no end yet.
    line: Vec<u8>,
    is_behind_the_first_line: bool,
    /// The last byte was `\r`, so a `\n` that follows belongs to it.
    is_behind_a_cr: bool,
    data: String,
    event: String,
    noted_id: String,
    last_event_id: String,
    retry: Option<Duration>,
}

// ANCHOR: parse
impl SseParse for SseStream {
    fn new() -> Self {
        Self::default()
    }

    fn push(&mut self, bytes: &[u8]) -> Vec<Message> {
        let mut messages = Vec::new();
        for &byte in bytes {
            let was_behind_a_cr = std::mem::replace(&mut self.is_behind_a_cr, byte == b'\r');
            match byte {
                b'\n' if was_behind_a_cr => {}
                b'\r' | b'\n' => messages.extend(self.end_of_line()),
                byte => self.line.push(byte),
            }
        }
        messages
    }

    fn last_event_id(&self) -> &str {
        &self.last_event_id
    }

    fn retry(&self) -> Option<Duration> {
        self.retry
    }
}

impl SseStream {
    fn end_of_line(&mut self) -> Option<Message> {
        let bytes = std::mem::take(&mut self.line);
        let text = String::from_utf8_lossy(&bytes);
        let is_first = !std::mem::replace(&mut self.is_behind_the_first_line, true);
        let line = match text.strip_prefix('\u{feff}') {
            Some(rest) if is_first => rest,
            _ => &text,
        };
        if line.is_empty() {
            return self.end_of_event();
        }
        // A comment is a field without a name, which no arm below knows.
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        self.set(field, value.strip_prefix(' ').unwrap_or(value));
        None
    }

    fn set(&mut self, field: &str, value: &str) {
        match field {
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "event" => value.clone_into(&mut self.event),
            "id" if !value.contains('\0') => value.clone_into(&mut self.noted_id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                let pause = value.parse().map(Duration::from_millis);
                self.retry = pause.ok().or(self.retry);
            }
            _ => {}
        }
    }

    fn end_of_event(&mut self) -> Option<Message> {
        self.last_event_id.clone_from(&self.noted_id);
        let mut data = std::mem::take(&mut self.data);
        let event = std::mem::take(&mut self.event);
        // `None` if there was no line of data: the text of an empty line is "\n".
        data.pop()?;
        Some(Message {
            event: match event.is_empty() {
                true => "message".to_owned(),
                false => event,
            },
            data,
            last_event_id: self.last_event_id.clone(),
        })
    }
}
// ANCHOR_END: parse

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::realtime::checks::model;

    /// What the stream gives, cut into pieces of this size.
    fn read(stream: &[u8], piece: usize) -> model::Reading {
        let mut parser = SseStream::new();
        let messages = stream
            .chunks(piece)
            .flat_map(|bytes| parser.push(bytes))
            .collect();
        model::Reading {
            messages,
            last_event_id: parser.last_event_id().to_owned(),
            retry: parser.retry(),
        }
    }

    #[test]
    fn the_examples_of_the_standard_are_read_as_it_says() {
        let read = read(b"data: YHOO\ndata: +2\ndata: 10\n\n", 1);
        assert_eq!(read.messages[0].data, "YHOO\n+2\n10");
        let read = self::read(b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n", 3);
        let found: Vec<(&str, &str)> = read
            .messages
            .iter()
            .map(|message| (message.data.as_str(), message.last_event_id.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("first event", "1"),
                ("second event", ""),
                (" third event", "")
            ]
        );
        let read = self::read(b"data\n\ndata\ndata\n\ndata:", 2);
        let texts: Vec<&str> = read
            .messages
            .iter()
            .map(|message| message.data.as_str())
            .collect();
        assert_eq!(texts, ["", "\n"], "the third has no end");
    }

    proptest! {
        #[test]
        fn pieces_change_nothing_and_the_model_agrees(
            lines in prop::collection::vec(
                prop::sample::select(vec![
                    "data: a", "data:", "data", "data:  b", "id: 7", "id", "id: 8\0", "event: e",
                    "retry: 20", "retry: +5", "retry:", ": c", "", "", "\u{feff}data: x", "é: 1",
                ]),
                0..20,
            ),
            ends in prop::collection::vec(prop::sample::select(vec!["\n", "\r", "\r\n"]), 20),
            piece in 1_usize..7,
        ) {
            let stream: String = lines.iter().zip(&ends).flat_map(|(line, end)| [*line, *end]).collect();
            prop_assert_eq!(read(stream.as_bytes(), piece), model::read(stream.as_bytes()));
        }
    }
}
