//! Slow and obvious: what a whole stream of server-sent events means.
//!
//! It takes all bytes at once, makes text of them, makes one kind of line break of three,
//! and goes through the lines. No state is carried from one piece to the next, which is
//! where parsers go wrong.

use std::time::Duration;

use crate::realtime::Message;

/// What a client has after reading a stream.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::realtime) struct Reading {
    pub(in crate::realtime) messages: Vec<Message>,
    pub(in crate::realtime) last_event_id: String,
    pub(in crate::realtime) retry: Option<Duration>,
}

/// Reads a whole stream.
pub(in crate::realtime) fn read(stream: &[u8]) -> Reading {
    let text = String::from_utf8_lossy(stream);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut reading = Reading::default();
    let mut block: Vec<(&str, &str)> = Vec::new();
    let mut noted_id = String::new();
    // What follows the last line break is no line yet.
    let (complete, _) = text.rsplit_once('\n').unwrap_or_default();
    let n_lines = text.matches('\n').count();
    for line in complete.split('\n').take(n_lines) {
        if !line.is_empty() {
            let (field, value) = line.split_once(':').unwrap_or((line, ""));
            let field = (field, value.strip_prefix(' ').unwrap_or(value));
            at_once(field, &mut reading, &mut noted_id);
            block.push(field);
            continue;
        }
        reading.last_event_id.clone_from(&noted_id);
        reading
            .messages
            .extend(message(&block, &reading.last_event_id));
        block.clear();
    }
    reading
}

/// The fields that do something before the event ends.
fn at_once((field, value): (&str, &str), reading: &mut Reading, noted_id: &mut String) {
    let is_digits = !value.is_empty() && value.chars().all(|c| c.is_ascii_digit());
    if field == "id" && !value.contains('\0') {
        value.clone_into(noted_id);
    }
    if field == "retry"
        && is_digits
        && let Ok(millis) = value.parse()
    {
        reading.retry = Some(Duration::from_millis(millis));
    }
}

fn message(block: &[(&str, &str)], last_event_id: &str) -> Option<Message> {
    let values = |name: &str| {
        let of_name = block.iter().filter(move |(field, _)| *field == name);
        of_name.map(|(_, value)| *value).collect::<Vec<_>>()
    };
    let data = values("data");
    let event = values("event").last().copied().unwrap_or_default();
    (!data.is_empty()).then(|| Message {
        event: match event {
            "" => "message".to_owned(),
            event => event.to_owned(),
        },
        data: data.join("\n"),
        last_event_id: last_event_id.to_owned(),
    })
}
