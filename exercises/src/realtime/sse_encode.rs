//! Server-sent events as text: the server's side of the format.
//!
//! An event is encoded once, however many clients it goes to: nothing in the text depends
//! on who reads it.
//!
//! Source: WHATWG HTML, *Server-sent events*,
//! <https://html.spec.whatwg.org/multipage/server-sent-events.html>.

use super::{SseEncode, SseError, SseEvent};

/// The reference for [`SseEncode`].
///
/// # Examples
///
/// ```
/// use exercises::realtime::{SseEncode, SseEvent, SseText};
///
/// assert_eq!(SseText::encode(&SseEvent::of("")), Ok("data: \n\n".to_owned()));
/// ```
///
/// # Time complexity
///
/// O(length of the text).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SseText;

// ANCHOR: encode
impl SseEncode for SseText {
    fn encode(event: &SseEvent) -> Result<String, SseError> {
        let mut text = String::new();
        if let Some(id) = &event.id {
            one_line("id", id)?;
            if id.contains('\0') {
                return Err(SseError::NulInId);
            }
            line(&mut text, "id", id);
        }
        if let Some(name) = &event.event {
            one_line("event", name)?;
            line(&mut text, "event", name);
        }
        if let Some(pause) = event.retry {
            line(&mut text, "retry", &pause.as_millis().to_string());
        }
        for part in lines(&event.data) {
            line(&mut text, "data", part);
        }
        text.push('\n');
        Ok(text)
    }

    fn comment(text: &str) -> String {
        let mut comment = String::new();
        for part in lines(text) {
            line(&mut comment, "", part);
        }
        comment
    }
}

/// Always with a space: a value that begins with one would lose it otherwise.
fn line(text: &mut String, field: &str, value: &str) {
    for part in [field, ": ", value, "\n"] {
        text.push_str(part);
    }
}
// ANCHOR_END: encode

fn one_line(field: &'static str, value: &str) -> Result<(), SseError> {
    match value.contains(['\r', '\n']) {
        true => Err(SseError::LineBreak { field }),
        false => Ok(()),
    }
}

/// The lines of a text, by any of the three line breaks; one more than there are breaks.
/// Not `str::lines`, which knows no lone `\r`, and drops an empty line at the end.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.find(['\r', '\n']) else {
            rest = None;
            return Some(text);
        };
        let behind = &text[end..];
        let n_bytes = if behind.starts_with("\r\n") { 2 } else { 1 };
        rest = Some(&behind[n_bytes..]);
        Some(&text[..end])
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;
    use crate::realtime::checks::model;

    #[test]
    fn fields_are_written_in_a_fixed_order_and_retry_in_milliseconds() {
        let event = SseEvent {
            id: Some("7".into()),
            event: Some("price".into()),
            data: " 12\r\n13\r".into(),
            retry: Some(Duration::from_micros(1_999)),
        };
        let text = "id: 7\nevent: price\nretry: 1\ndata:  12\ndata: 13\ndata: \n\n";
        assert_eq!(SseText::encode(&event), Ok(text.to_owned()));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(data in "[ab:\r\n \u{feff}\0é]{0,12}", id in proptest::option::of("[7: é]{0,3}")) {
            let event = SseEvent { id: id.clone(), ..SseEvent::of(data.clone()) };
            let read = model::read(SseText::encode(&event)?.as_bytes());
            prop_assert_eq!(read.messages.len(), 1);
            prop_assert_eq!(&read.messages[0].data, &data.replace("\r\n", "\n").replace('\r', "\n"));
            prop_assert_eq!(&read.last_event_id, &id.unwrap_or_default());
            prop_assert_eq!(model::read(SseText::comment(&data).as_bytes()).messages.len(), 0);
        }
    }
}
