//! Contract of the exercise `sse_parse`: the client's side of server-sent events.
//!
//! A connection is bytes in pieces, cut wherever the network cut them: within a line,
//! within a character, between `\r` and `\n`. The parser is fed the pieces and answers
//! with the events that they complete. It opens no connection, and does not reconnect.
//!
//! Source: WHATWG HTML, *Server-sent events*, § 9.2.5 and 9.2.6,
//! <https://html.spec.whatwg.org/multipage/server-sent-events.html>.

use std::time::Duration;

/// An event that a client received.
///
/// # Examples
///
/// ```
/// use exercises::realtime::Message;
///
/// let message = Message {
///     event: "message".into(),
///     data: "12 degrees".into(),
///     last_event_id: "7".into(),
/// };
/// assert_eq!(message.data, "12 degrees");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its type; `message` if the server named none.
    pub event: String,
    /// Its text, without a line break at the end.
    pub data: String,
    /// The last id that the server had named by then; empty if none.
    pub last_event_id: String,
}

/// Reads a stream of server-sent events piece by piece.
///
/// The stream is UTF-8; what is not becomes U+FFFD. One U+FEFF at its very beginning is
/// passed over. A line ends with `\r\n`, `\n` or `\r`, and with that byte: a `\r` ends
/// its line even if nothing has come behind it yet.
///
/// | a line | does |
/// |---|---|
/// | that is empty | ends the event: see below |
/// | that begins with `:` | nothing; it is a comment |
/// | `name:value`, `name: value` | sets the field; one space behind the colon is no part of the value |
/// | `name` without a colon | sets the field to the empty text |
///
/// | field | does |
/// |---|---|
/// | `data` | adds the value and a line break to the event's text |
/// | `event` | sets the event's type |
/// | `id` | notes the id, to count from the end of this event on; a value with U+0000 is ignored |
/// | `retry` | sets the pause before reconnecting to so many milliseconds, if the value is ASCII digits and nothing else; ignored, too, if it does not fit a `u64` |
/// | any other | nothing; `Data` and ` data` are others |
///
/// At the end of an event the noted id becomes the last event id, even if there is
/// nothing to deliver. An event without a `data` line is not delivered. Of the text of
/// one that is, the last line break is dropped. Text and type begin anew for the next
/// event; the id stays until it is named again. What has no end yet is kept, and never
/// delivered if the stream stops there: its id does not count either, so that a client
/// which resumes is sent it once more.
///
/// # Examples
///
/// ```
/// use exercises::realtime::{SseParse, SseStream};
///
/// fn tour<T: SseParse>() {
///     let mut stream = T::new();
///     assert_eq!(stream.push(b"id: 7\ndata: tw"), []);
///     assert_eq!(stream.last_event_id(), "", "the event has no end yet");
///     let messages = stream.push(b"o\r\ndata:lines\r\n\r");
///     assert_eq!(messages.len(), 1);
///     assert_eq!(messages[0].data, "two\nlines");
///     assert_eq!(stream.last_event_id(), "7");
///     assert_eq!(stream.push(b"\n: a comment\n"), []);
/// }
///
/// tour::<SseStream>();
/// ```
pub trait SseParse {
    /// A stream of which nothing has come yet.
    fn new() -> Self;

    /// Takes the next bytes, and answers with the events that end in them, in order.
    fn push(&mut self, bytes: &[u8]) -> Vec<Message>;

    /// What a client sends as `Last-Event-ID` when it reconnects; empty if nothing.
    fn last_event_id(&self) -> &str;

    /// How long the server asks to wait before reconnecting, if it has said so.
    fn retry(&self) -> Option<Duration>;
}
