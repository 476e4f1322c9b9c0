//! Wrong solutions of the exercise `sse_parse`.

use std::marker::PhantomData;
use std::time::Duration;

use crate::catalog::Wrong;
use crate::realtime::{Message, SseParse, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::realtime) const ALL: [Wrong; 19] = [
    of::<KeepsLastBreak>(
        "KeepsLastBreak",
        "The line break behind the last line of data stays in the text.",
        "text",
    ),
    of::<LastLineWins>(
        "LastLineWins",
        "Each `data` line replaces the one before instead of adding to it.",
        "text",
    ),
    of::<TrimsValues>(
        "TrimsValues",
        "It trims the value; only one space behind the colon is no part of it.",
        "text",
    ),
    of::<WantsAColon>(
        "WantsAColon",
        "A line without a colon is ignored; it is a field with an empty value.",
        "text",
    ),
    of::<PieceIsAllThereIs>(
        "PieceIsAllThereIs",
        "A line that a piece cuts is taken for two: what has no end yet must be kept for the next piece.",
        "text",
    ),
    of::<LineFeedsOnly>(
        "LineFeedsOnly",
        "Only `\\n` ends a line, so a stream with `\\r` delivers nothing.",
        "line-breaks",
    ),
    of::<EveryByteEnds>(
        "EveryByteEnds",
        "`\\r\\n` ends two lines, the second of them empty, which ends the event too early.",
        "line-breaks",
    ),
    of::<WaitsBehindReturn>(
        "WaitsBehindReturn",
        "At a `\\r` it waits for the next byte; the event is late until the server says something more.",
        "line-breaks",
    ),
    of::<ForgetsTheReturn>(
        "ForgetsTheReturn",
        "It forgets between two pieces that the last byte was `\\r`, and takes the `\\n` behind it for another line.",
        "line-breaks",
    ),
    of::<DeliversNothing>(
        "DeliversNothing",
        "An event without a line of data is delivered, with an empty text.",
        "nothing-to-deliver",
    ),
    of::<DropsEmptyText>(
        "DropsEmptyText",
        "An event with an empty text is dropped; it has a line of data, so it is one.",
        "nothing-to-deliver",
    ),
    of::<KeepsTheType>(
        "KeepsTheType",
        "The type of an event is not forgotten, and the next event has it, too.",
        "type",
    ),
    of::<KeepsTheTypeOfNothing>(
        "KeepsTheTypeOfNothing",
        "The type is forgotten only when an event is delivered; an empty line is enough.",
        "type",
    ),
    of::<IdAtOnce>(
        "IdAtOnce",
        "An id counts as soon as its line has come. If the connection is lost then, the event is lost: the client says that it has it.",
        "last-id",
    ),
    of::<IdWhenDelivered>(
        "IdWhenDelivered",
        "An id counts only if its event is delivered; an event without data moves it as well.",
        "last-id",
    ),
    of::<IdIsForgotten>(
        "IdIsForgotten",
        "The id is forgotten behind each event; it counts until another is named.",
        "last-id",
    ),
    of::<TakesNul>(
        "TakesNul",
        "An id with U+0000 is taken; it is to be ignored.",
        "last-id",
    ),
    of::<AnyNumber>(
        "AnyNumber",
        "`retry` is read by `parse` alone, which takes a sign as well.",
        "pause",
    ),
    of::<TextPieceByPiece>(
        "TextPieceByPiece",
        "Bytes become text piece by piece, so a character that two pieces share is destroyed.",
        "characters",
    ),
];

const fn of<F: Flaw + 'static>(
    name: &'static str,
    diagnosis: &'static str,
    rejected_by: &'static str,
) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::sse_parse::all::<Flawed<F>>,
    }
}

/// What a wrong parser does otherwise; the default of each part is right.
struct Parts {
    /// Whether these two bytes end a line with the second: the one before, and this one.
    ends: fn(Option<u8>, u8) -> bool,
    value: fn(&str) -> &str,
    wants_a_colon: bool,
    forgets_between_pieces: bool,
    forgets_the_line_between_pieces: bool,
    lossy_pieces: bool,
    replaces_data: bool,
    text: fn(&str) -> Option<String>,
    keeps_type: bool,
    forgets_type_if_delivered: bool,
    id_at_once: bool,
    id_if_delivered: bool,
    forgets_id: bool,
    takes_nul: bool,
    is_pause: fn(&str) -> bool,
}

const RIGHT: Parts = Parts {
    ends: |before, byte| byte == b'\r' || byte == b'\n' && before != Some(b'\r'),
    value: |value| value.strip_prefix(' ').unwrap_or(value),
    wants_a_colon: false,
    forgets_between_pieces: false,
    forgets_the_line_between_pieces: false,
    lossy_pieces: false,
    replaces_data: false,
    text: |data| data.strip_suffix('\n').map(str::to_owned),
    keeps_type: false,
    forgets_type_if_delivered: false,
    id_at_once: false,
    id_if_delivered: false,
    forgets_id: false,
    takes_nul: false,
    is_pause: |value| value.bytes().all(|byte| byte.is_ascii_digit()),
};

trait Flaw {
    const PARTS: Parts;
}

/// A parser with this flaw.
struct Flawed<F> {
    line: Vec<u8>,
    n_lines: usize,
    before: Option<u8>,
    data: String,
    event: String,
    noted: String,
    id: String,
    retry: Option<Duration>,
    flaw: PhantomData<F>,
}

impl<F: Flaw> SseParse for Flawed<F> {
    fn new() -> Self {
        Self {
            line: Vec::new(),
            n_lines: 0,
            before: None,
            data: String::new(),
            event: String::new(),
            noted: String::new(),
            id: String::new(),
            retry: None,
            flaw: PhantomData,
        }
    }

    fn push(&mut self, bytes: &[u8]) -> Vec<Message> {
        let parts = F::PARTS;
        if parts.forgets_between_pieces {
            self.before = None;
        }
        if parts.forgets_the_line_between_pieces {
            self.line.clear();
        }
        let lossy = String::from_utf8_lossy(bytes).into_owned();
        let bytes = if parts.lossy_pieces {
            lossy.as_bytes()
        } else {
            bytes
        };
        let mut messages = Vec::new();
        for &byte in bytes {
            let before = self.before.replace(byte);
            if (parts.ends)(before, byte) {
                messages.extend(self.end_of_line());
            } else if byte != b'\r' && byte != b'\n' {
                self.line.push(byte);
            }
        }
        messages
    }

    fn last_event_id(&self) -> &str {
        &self.id
    }

    fn retry(&self) -> Option<Duration> {
        self.retry
    }
}

impl<F: Flaw> Flawed<F> {
    fn end_of_line(&mut self) -> Option<Message> {
        let bytes = std::mem::take(&mut self.line);
        let text = String::from_utf8_lossy(&bytes);
        self.n_lines += 1;
        let line = match text.strip_prefix('\u{feff}') {
            Some(rest) if self.n_lines == 1 => rest,
            _ => &text,
        };
        if line.is_empty() {
            return self.end_of_event();
        }
        match line.split_once(':') {
            Some((field, value)) => self.set(field, (F::PARTS.value)(value)),
            None if F::PARTS.wants_a_colon => {}
            None => self.set(line, ""),
        }
        None
    }

    fn set(&mut self, field: &str, value: &str) {
        let parts = F::PARTS;
        match field {
            "data" => {
                if parts.replaces_data {
                    self.data.clear();
                }
                self.data += value;
                self.data.push('\n');
            }
            "event" => value.clone_into(&mut self.event),
            "id" if parts.takes_nul || !value.contains('\0') => {
                value.clone_into(&mut self.noted);
                if parts.id_at_once {
                    self.id.clone_from(&self.noted);
                }
            }
            "retry" if (parts.is_pause)(value) => {
                self.retry = value.parse().map(Duration::from_millis).ok().or(self.retry);
            }
            _ => {}
        }
    }

    fn end_of_event(&mut self) -> Option<Message> {
        let parts = F::PARTS;
        let text = (parts.text)(&std::mem::take(&mut self.data));
        if !parts.id_if_delivered || text.is_some() {
            self.id.clone_from(&self.noted);
        }
        if parts.forgets_id {
            self.noted.clear();
        }
        let event = self.event.clone();
        if !parts.keeps_type && (!parts.forgets_type_if_delivered || text.is_some()) {
            self.event.clear();
        }
        Some(Message {
            event: match event.as_str() {
                "" => "message".to_owned(),
                _ => event,
            },
            data: text?,
            last_event_id: self.id.clone(),
        })
    }
}

/// Tells that `$name` is right but for these parts.
macro_rules! flaws {
    ($($name:ident { $($part:ident: $value:expr),* })*) => {
        $(
            struct $name;
            impl Flaw for $name {
                const PARTS: Parts = Parts { $($part: $value,)* ..RIGHT };
            }
        )*
    };
}

flaws! {
    KeepsLastBreak { text: |data| (!data.is_empty()).then(|| data.to_owned()) }
    LastLineWins { replaces_data: true }
    TrimsValues { value: str::trim }
    WantsAColon { wants_a_colon: true }
    PieceIsAllThereIs { forgets_the_line_between_pieces: true }
    LineFeedsOnly { ends: |_, byte| byte == b'\n' }
    EveryByteEnds { ends: |_, byte| byte == b'\r' || byte == b'\n' }
    WaitsBehindReturn { ends: |before, byte| before == Some(b'\r') || byte == b'\n' }
    ForgetsTheReturn { forgets_between_pieces: true }
    DeliversNothing { text: |data| Some(data.strip_suffix('\n').unwrap_or(data).to_owned()) }
    DropsEmptyText { text: |data| data.strip_suffix('\n').filter(|text| !text.is_empty()).map(str::to_owned) }
    KeepsTheType { keeps_type: true }
    KeepsTheTypeOfNothing { forgets_type_if_delivered: true }
    IdAtOnce { id_at_once: true }
    IdWhenDelivered { id_if_delivered: true }
    IdIsForgotten { forgets_id: true }
    TakesNul { takes_nul: true }
    AnyNumber { is_pause: |_| true }
    TextPieceByPiece { lossy_pieces: true }
}
