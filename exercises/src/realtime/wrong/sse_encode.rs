//! Wrong solutions of the exercise `sse_encode`.

use std::marker::PhantomData;
use std::time::Duration;

use crate::catalog::Wrong;
use crate::realtime::{SseEncode, SseError, SseEvent, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::realtime) const ALL: [Wrong; 16] = [
    of::<NoBlankLine>(
        "NoBlankLine",
        "The event has no empty line behind it, so a client waits for more, and takes the next event for the rest of this one.",
        "delivered",
    ),
    of::<NothingForEmpty>(
        "NothingForEmpty",
        "An empty text gives no `data` line, and an event without one is not delivered.",
        "delivered",
    ),
    of::<OneField>(
        "OneField",
        "The whole text goes into one `data` line: a client takes its second line for a field that it does not know.",
        "lines",
    ),
    of::<StdLines>(
        "StdLines",
        "`str::lines` drops an empty line at the end, and takes a lone `\\r` for text, which a client does not.",
        "lines",
    ),
    of::<LineFeedsOnly>(
        "LineFeedsOnly",
        "It breaks lines at `\\n` only; a client breaks them at `\\r` as well.",
        "lines",
    ),
    of::<TwoBreaks>(
        "TwoBreaks",
        "`\\r\\n` counts as two line breaks, so an empty line appears.",
        "lines",
    ),
    of::<NoSpace>(
        "NoSpace",
        "There is no space behind the colon, so a client drops the first blank of a text that begins with one.",
        "exact-text",
    ),
    of::<Trims>(
        "Trims",
        "It trims the lines of the text, and with it blanks that belong to it.",
        "exact-text",
    ),
    of::<SkipsEmptyId>(
        "SkipsEmptyId",
        "An id that is empty is left out; it should be sent, because it takes back the one before.",
        "fields",
    ),
    of::<RetryInSeconds>(
        "RetryInSeconds",
        "The pause is in seconds; clients read milliseconds.",
        "fields",
    ),
    of::<RetryAsFloat>(
        "RetryAsFloat",
        "The pause has a fraction, and clients ignore one that is not digits only.",
        "fields",
    ),
    of::<AlwaysAnId>(
        "AlwaysAnId",
        "An event without an id is sent with an empty one, which makes clients forget where they are.",
        "fields",
    ),
    of::<TrustsTheType>(
        "TrustsTheType",
        "A type with a line break is written as it is: whoever chooses the type can forge fields.",
        "refusals",
    ),
    of::<ForgetsReturns>(
        "ForgetsReturns",
        "Only `\\n` is refused; `\\r` ends a line just as well.",
        "refusals",
    ),
    of::<SendsNul>(
        "SendsNul",
        "An id with U+0000 is written, and clients ignore it without a word.",
        "refusals",
    ),
    of::<OneLineComment>(
        "OneLineComment",
        "Only the first line of a comment begins with a colon, so the others are read as fields.",
        "comments",
    ),
];

const fn of<F: Flaw>(
    name: &'static str,
    diagnosis: &'static str,
    rejected_by: &'static str,
) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::sse_encode::all::<Flawed<F>>,
    }
}

/// What a wrong solution does otherwise; every default is right.
trait Flaw {
    const BEHIND_THE_NAME: &str = ": ";
    const END: &str = "\n";
    const FORBIDDEN: &[char] = &['\r', '\n'];
    const LOOKS_AT_THE_TYPE: bool = true;
    const LOOKS_FOR_NUL: bool = true;

    fn lines(text: &str) -> Vec<String> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        text.split('\n').map(str::to_owned).collect()
    }

    fn id(id: Option<&str>) -> Option<&str> {
        id
    }

    fn pause(pause: Duration) -> String {
        pause.as_millis().to_string()
    }

    fn comment(text: &str) -> String {
        let lines = Self::lines(text);
        lines.iter().map(|line| format!(": {line}\n")).collect()
    }
}

/// An encoder with this flaw.
struct Flawed<F>(PhantomData<F>);

impl<F: Flaw> SseEncode for Flawed<F> {
    fn encode(event: &SseEvent) -> Result<String, SseError> {
        let id = event.id.as_deref();
        let line = |field: &str, value: &str| format!("{field}{}{value}\n", F::BEHIND_THE_NAME);
        if id.is_some_and(|id| id.contains(F::FORBIDDEN)) {
            return Err(SseError::LineBreak { field: "id" });
        }
        if F::LOOKS_FOR_NUL && id.is_some_and(|id| id.contains('\0')) {
            return Err(SseError::NulInId);
        }
        let event_type = event.event.as_deref();
        if F::LOOKS_AT_THE_TYPE && event_type.is_some_and(|name| name.contains(F::FORBIDDEN)) {
            return Err(SseError::LineBreak { field: "event" });
        }
        let fields = [
            F::id(id).map(|id| line("id", id)),
            event_type.map(|name| line("event", name)),
            event.retry.map(|pause| line("retry", &F::pause(pause))),
        ];
        let data = F::lines(&event.data);
        let data = data.iter().map(|part| line("data", part));
        let text: String = fields.into_iter().flatten().chain(data).collect();
        Ok(text + F::END)
    }

    fn comment(text: &str) -> String {
        F::comment(text)
    }
}

struct NoBlankLine;
impl Flaw for NoBlankLine {
    const END: &str = "";
}

struct NothingForEmpty;
impl Flaw for NothingForEmpty {
    fn lines(text: &str) -> Vec<String> {
        match text {
            "" => Vec::new(),
            text => StdOrAll::all(text),
        }
    }
}

/// The right lines, for flaws that need them beside their own.
struct StdOrAll;
impl Flaw for StdOrAll {}
impl StdOrAll {
    fn all(text: &str) -> Vec<String> {
        <Self as Flaw>::lines(text)
    }
}

struct OneField;
impl Flaw for OneField {
    fn lines(text: &str) -> Vec<String> {
        vec![text.to_owned()]
    }
}

struct StdLines;
impl Flaw for StdLines {
    fn lines(text: &str) -> Vec<String> {
        match text {
            "" => vec![String::new()],
            text => text.lines().map(str::to_owned).collect(),
        }
    }
}

struct LineFeedsOnly;
impl Flaw for LineFeedsOnly {
    fn lines(text: &str) -> Vec<String> {
        text.split('\n').map(str::to_owned).collect()
    }
}

struct TwoBreaks;
impl Flaw for TwoBreaks {
    fn lines(text: &str) -> Vec<String> {
        text.split(['\r', '\n']).map(str::to_owned).collect()
    }
}

struct NoSpace;
impl Flaw for NoSpace {
    const BEHIND_THE_NAME: &str = ":";
}

struct Trims;
impl Flaw for Trims {
    fn lines(text: &str) -> Vec<String> {
        let lines = StdOrAll::all(text);
        lines.iter().map(|line| line.trim().to_owned()).collect()
    }
}

struct SkipsEmptyId;
impl Flaw for SkipsEmptyId {
    fn id(id: Option<&str>) -> Option<&str> {
        id.filter(|id| !id.is_empty())
    }
}

struct RetryInSeconds;
impl Flaw for RetryInSeconds {
    fn pause(pause: Duration) -> String {
        pause.as_secs().to_string()
    }
}

struct RetryAsFloat;
impl Flaw for RetryAsFloat {
    fn pause(pause: Duration) -> String {
        (pause.as_secs_f64() * 1000.0).to_string()
    }
}

struct AlwaysAnId;
impl Flaw for AlwaysAnId {
    fn id(id: Option<&str>) -> Option<&str> {
        id.or(Some(""))
    }
}

struct TrustsTheType;
impl Flaw for TrustsTheType {
    const LOOKS_AT_THE_TYPE: bool = false;
}

struct ForgetsReturns;
impl Flaw for ForgetsReturns {
    const FORBIDDEN: &[char] = &['\n'];
}

struct SendsNul;
impl Flaw for SendsNul {
    const LOOKS_FOR_NUL: bool = false;
}

struct OneLineComment;
impl Flaw for OneLineComment {
    fn comment(text: &str) -> String {
        format!(": {text}\n")
    }
}
