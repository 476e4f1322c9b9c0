//! What a client learns, whatever way it comes.

use serde::Deserialize;

use super::super::{Cursor, Gap};
use super::Lost;
use crate::realtime::Message;

/// What a client learns.
///
/// # Examples
///
/// ```
/// use exercises::realtime::serve::{Cursor, News};
///
/// let news = News::Event { at: Cursor { log: 1, id: 7 }, data: "12 degrees".into() };
/// assert_ne!(news, News::Gap(exercises::realtime::serve::Gap::Forgotten));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// An event.
    Event {
        /// Its place, behind which the client goes on.
        at: Cursor,
        /// Its text.
        data: String,
    },
    /// Events are missing before the next one: ask for the whole state.
    Gap(Gap),
}

/// The object in a line of a poll's answer, or in a frame.
#[derive(Deserialize)]
struct Object {
    id: Option<String>,
    data: Option<String>,
    gap: Option<String>,
}

impl News {
    pub(super) fn of_json(text: &[u8]) -> Result<Self, Lost> {
        let object: Object = serde_json::from_slice(text).map_err(|_| Lost)?;
        match object {
            Object {
                id: Some(id),
                data: Some(data),
                ..
            } => Self::event(&id, data),
            Object { gap: Some(gap), .. } => Gap::of(&gap).map(Self::Gap).ok_or(Lost),
            _ => Err(Lost),
        }
    }

    pub(super) fn of_sse(message: Message) -> Result<Self, Lost> {
        match message.event.as_str() {
            "gap" => Self::of_json(message.data.as_bytes()),
            _ => Self::event(&message.last_event_id, message.data),
        }
    }

    fn event(id: &str, data: String) -> Result<Self, Lost> {
        let at = id.parse().map_err(|_| Lost)?;
        Ok(Self::Event { at, data })
    }
}
