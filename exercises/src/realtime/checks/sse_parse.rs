//! Checks of the exercise `sse_parse`: streams in pieces, against the model, which reads
//! them whole.

use std::time::Duration;

use super::draw::Draw;
use super::model::{self, Reading};
use crate::grade::{Check, Counterexample, Seed, Verdict};
use crate::realtime::{Message, SseParse};

/// The checks of a solution of [`SseParse`].
///
/// # Examples
///
/// ```
/// use exercises::realtime::{SseStream, checks};
///
/// for check in checks::sse_parse::all::<SseStream>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: SseParse + 'static>() -> Vec<Check> {
    vec![
        Check::new(
            "text",
            "The lines of data of an event are its text, and an empty line delivers it.",
            |seed| tried(new::<T>, seed, &["data: a", "data:b", "data", "data:", "data:  c", ""], &["\n"]),
        )
        .points(2)
        .hints([
            "Which bytes end a line, and what does an empty line do?",
            "Each `data` line adds its value and a line break; at the end the last break goes. One space behind the colon is dropped, not all.",
            "`let (field, value) = line.split_once(':').unwrap_or((line, \"\"));` and `value.strip_prefix(' ').unwrap_or(value)`",
        ]),
        Check::new(
            "line-breaks",
            "A line ends with a line feed, a carriage return or both, and at once.",
            |seed| tried(new::<T>, seed, &["data: a", "data", "", ": c"], &["\n", "\r", "\r\n"]),
        )
        .points(2)
        .hints([
            "What if `\\r` is the last byte of a piece, and what if `\\n` is the first of the next?",
            "End the line at `\\r`, remember it, and pass over a `\\n` that comes next. Do not wait for it.",
            "`match byte { b'\\n' if was_behind_a_cr => {}, b'\\r' | b'\\n' => end_of_line(), byte => line.push(byte) }`",
        ]),
        Check::new(
            "nothing-to-deliver",
            "An event without a line of data is not delivered; one whose text is empty is.",
            |seed| tried(new::<T>, seed, &["event: e", "id: 7", ": c", "", "data", "other: x"], &["\n", "\r\n"]),
        )
        .hints([
            "How do you tell an event whose text is empty from one without text?",
            "With `data:` the text is one line break before the last one is dropped; without, it is nothing.",
            "`data.pop()?` on the collected text answers `None` if there was no line of data",
        ]),
        Check::new(
            "type",
            "An event's type is its own: it is `message` unless named, and forgotten behind every empty line.",
            |seed| tried(new::<T>, seed, &["event: e", "event:", "event", "Event: f", "data: a", ""], &["\n"]),
        )
        .hints([
            "Which type has the event that follows one with a type?",
            "Forget the type at every empty line, even if nothing was delivered. An empty type is `message`.",
            "`let event = std::mem::take(&mut self.event);` in the same place as for the text",
        ]),
        Check::new(
            "last-id",
            "An id counts from the end of its event on, until another is named; one with U+0000 is ignored.",
            |seed| tried(new::<T>, seed, &["id: 7", "id: 8", "id", "id: 9\0", "data: a", "event: e", ""], &["\n"]),
        )
        .points(2)
        .hints([
            "What would a client ask for that lost its connection in the middle of an event?",
            "Keep two ids: the one that was noted, and the one that counts. Every empty line copies the first into the second.",
            "`self.last_event_id.clone_from(&self.noted_id)` first of all at the end of an event, before you look for data",
        ]),
        Check::new(
            "pause",
            "`retry` takes ASCII digits and nothing else, and counts at once.",
            |seed| tried(new::<T>, seed, PAUSES, &["\n"]),
        )
        .hints([
            "Which texts does `parse::<u64>` take that are not digits only?",
            "A sign, for one. And the empty text, or a number that is too large, must leave the last pause as it was.",
            "`if value.bytes().all(|b| b.is_ascii_digit()) && let Ok(ms) = value.parse() { … }`",
        ]),
        Check::new(
            "characters",
            "A character may be cut by a piece's end; what is no UTF-8 is U+FFFD; one U+FEFF at the very beginning is passed over.",
            |seed| characters(new::<T>, seed),
        )
        .points(2)
        .hints([
            "When do you turn bytes into text?",
            "Collect bytes until a line ends, and make text of the whole line, with replacement. Look for U+FEFF in the first line only.",
            "`String::from_utf8_lossy(&line)`, then `strip_prefix('\\u{feff}')` once",
        ]),
    ]
}

const PAUSES: &[&str] = &[
    "retry: 20",
    "retry: 007",
    "retry",
    "retry:",
    "retry: +5",
    "retry: -5",
    "retry: 5 ",
    "retry:  5",
    "retry: 5s",
    "retry: ٣",
    "retry: 99999999999999999999",
    "data: a",
    "",
];

/// A solution behind one type, so that the checks are compiled once.
trait Stream {
    fn push(&mut self, bytes: &[u8]) -> Vec<Message>;
    fn state(&self) -> (String, Option<Duration>);
}

impl<T: SseParse> Stream for T {
    fn push(&mut self, bytes: &[u8]) -> Vec<Message> {
        T::push(self, bytes)
    }

    fn state(&self) -> (String, Option<Duration>) {
        (self.last_event_id().to_owned(), self.retry())
    }
}

type New = fn() -> Box<dyn Stream>;

fn new<T: SseParse + 'static>() -> Box<dyn Stream> {
    Box::new(T::new())
}

/// Streams of these lines, each with one of these ends: every one of up to two lines, and
/// longer ones at random.
fn tried(new: New, seed: Seed, lines: &[&str], ends: &[&str]) -> Verdict {
    for end in ends {
        for first in lines {
            for second in lines {
                let stream = [*first, *end, *second, *end, *end].concat();
                whole_and_in_pieces(new, stream.as_bytes())?;
            }
        }
    }
    let mut draw = Draw::new(seed);
    (2..60).try_for_each(|count| {
        let stream: String = (0..count)
            .flat_map(|_| [*draw.one_of(lines), *draw.one_of(ends)])
            .collect();
        whole_and_in_pieces(new, stream.as_bytes())
    })
}

fn characters(new: New, seed: Seed) -> Verdict {
    let fixed: [&[u8]; 9] = [
        "data: é\n\n".as_bytes(),
        "data: 🦀\n\nid: ü\n\n".as_bytes(),
        "\u{feff}data: a\n\n".as_bytes(),
        "\u{feff}\u{feff}data: a\n\n".as_bytes(),
        "data: a\n\n\u{feff}data: b\n\n".as_bytes(),
        "\n\u{feff}data: b\n\n".as_bytes(),
        "data: \u{feff}a\n\n".as_bytes(),
        b"data: \xff\xc3\n\n",
        b"data: \xf0\x9f\xa6\r\rdata: b\r\r",
    ];
    fixed
        .iter()
        .try_for_each(|stream| whole_and_in_pieces(new, stream))?;
    let mut draw = Draw::new(seed);
    (1..40).try_for_each(|count| {
        let mut stream = b"data: ".to_vec();
        for _ in 0..count {
            let part = draw.one_of(&["a", "é", "€", "🦀", "\u{feff}", "\n\ndata:"]);
            stream.extend_from_slice(part.as_bytes());
            if draw.below(8) == 0 {
                stream.extend(draw.bytes(1));
            }
        }
        stream.extend_from_slice(b"\n\n");
        whole_and_in_pieces(new, &stream)
    })
}

/// In one piece, cut once at every place, and byte by byte.
fn whole_and_in_pieces(new: New, stream: &[u8]) -> Verdict {
    let one_cut = (0..stream.len()).map(|at| vec![&stream[..at], &stream[at..]]);
    one_cut
        // A piece may be empty; the first of these is.
        .chain([stream.chunks(1).collect()])
        .try_for_each(|pieces| pieces_agree(new, &pieces))
}

fn pieces_agree(new: New, pieces: &[&[u8]]) -> Verdict {
    let mut subject = new();
    let mut sent: Vec<u8> = Vec::new();
    let mut n_before = 0;
    for (index, piece) in pieces.iter().enumerate() {
        sent.extend_from_slice(piece);
        let Reading {
            messages,
            last_event_id,
            retry,
        } = model::read(&sent);
        let expected = shown(&messages[n_before..], &last_event_id, retry);
        n_before = messages.len();
        let messages = subject.push(piece);
        let (id, pause) = subject.state();
        let actual = shown(&messages, &id, pause);
        if actual != expected {
            return Err(Counterexample::new(
                input(&pieces[..=index]),
                expected,
                actual,
            ));
        }
    }
    Ok(())
}

/// What was pushed, and with the last piece a question for all that there is to see.
fn input(pieces: &[&[u8]]) -> String {
    let push = |piece: &&[u8]| format!("stream.push(b\"{}\")", piece.escape_ascii());
    let (last, before) = pieces.split_last().expect("there is a piece");
    let before = before.iter().map(|piece| format!("{};\n", push(piece)));
    format!(
        "let mut stream = Mine::new();\n{}\
         ({}, stream.last_event_id().to_owned(), stream.retry())",
        before.collect::<String>(),
        push(last)
    )
}

fn shown(messages: &[Message], id: &str, pause: Option<Duration>) -> String {
    format!("{:?}", (messages, id, pause))
}
