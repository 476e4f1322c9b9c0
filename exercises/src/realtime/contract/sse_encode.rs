//! Contract of the exercise `sse_encode`: an event as text of a stream of server-sent
//! events.
//!
//! Use the format where a server has news and the client only listens: it is text over
//! plain HTTP, and browsers read it, reconnect and resume by themselves. It carries no
//! bytes that are not UTF-8, and nothing from the client.
//!
//! Source: WHATWG HTML, *Server-sent events*, § 9.2.5 and 9.2.6,
//! <https://html.spec.whatwg.org/multipage/server-sent-events.html>.

use std::time::Duration;

use thiserror::Error;

/// An event to send.
///
/// # Examples
///
/// ```
/// use exercises::realtime::SseEvent;
///
/// let event = SseEvent { id: Some("7".into()), ..SseEvent::of("12 degrees") };
/// assert_eq!(event.event, None, "a client takes it as a `message`");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SseEvent {
    /// What the client is to name when it resumes.
    pub id: Option<String>,
    /// Its type; a client takes an event without one as a `message`.
    pub event: Option<String>,
    /// The text.
    pub data: String,
    /// How long the client is to wait before it reconnects.
    pub retry: Option<Duration>,
}

impl SseEvent {
    /// An event with this text, and nothing else.
    pub fn of(data: impl Into<String>) -> Self {
        Self {
            data: data.into(),
            ..Self::default()
        }
    }
}

/// Why an event cannot be written.
///
/// # Examples
///
/// ```
/// use exercises::realtime::SseError;
///
/// assert_eq!(
///     SseError::LineBreak { field: "event" }.to_string(),
///     "`event` has a line break, which would end the field; take it out"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SseError {
    /// A line break in a field that is one line.
    #[error("`{field}` has a line break, which would end the field; take it out")]
    LineBreak {
        /// `id` or `event`.
        field: &'static str,
    },
    /// A client ignores an id with the character U+0000.
    #[error("`id` has the character U+0000, and clients ignore such an id; take it out")]
    NulInId,
}

/// Writes events as lines of text.
///
/// | | is written so that a client reads |
/// |---|---|
/// | `data` | the same text, with `\n` for each `\r\n`, `\r` or `\n` in it |
/// | `data` that is empty | an event whose text is empty, and not no event |
/// | `id`, `event` | the same text; `Some("")` for `id` takes back the id that was named last |
/// | `retry` | the whole milliseconds, what is left of one is dropped |
/// | a field that is `None` | nothing: the field is left out |
/// | an id or event with `\r` or `\n` | [`SseError::LineBreak`], `id` first |
/// | an id with U+0000 | [`SseError::NulInId`], if it has no line break |
/// | a comment | nothing at all, however many lines it has, and wherever it stands between two events |
///
/// An event ends with what makes a client deliver it at once.
///
/// # Examples
///
/// ```
/// use exercises::realtime::{SseEncode, SseError, SseEvent, SseText};
///
/// fn tour<T: SseEncode>() -> Result<(), SseError> {
///     let event = SseEvent { id: Some("7".into()), ..SseEvent::of("two\nlines") };
///     // One of several right ways to write it.
///     assert_eq!(T::encode(&event)?, "id: 7\ndata: two\ndata: lines\n\n");
///     assert_eq!(T::comment("still here"), ": still here\n");
///     Ok(())
/// }
///
/// tour::<SseText>()?;
/// # Ok::<(), SseError>(())
/// ```
pub trait SseEncode {
    /// The event as text, to the blank line that ends it.
    ///
    /// # Errors
    ///
    /// When the id or the type cannot be written; see the table.
    fn encode(event: &SseEvent) -> Result<String, SseError>;

    /// A comment as text: what keeps a connection from looking dead to those on the way.
    fn comment(text: &str) -> String;
}
