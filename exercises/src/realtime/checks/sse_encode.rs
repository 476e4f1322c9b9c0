//! Checks of the exercise `sse_encode`.
//!
//! What is written is read by the model, between two other events: there are several
//! right ways to write an event, and only what a client reads counts.

use std::time::Duration;

use super::code;
use super::draw::Draw;
use super::model;
use crate::grade::{Check, Counterexample, Seed, Verdict};
use crate::realtime::{SseEncode, SseError, SseEvent};

/// The checks of a solution of [`SseEncode`].
///
/// # Examples
///
/// ```
/// use exercises::realtime::{SseText, checks};
///
/// for check in checks::sse_encode::all::<SseText>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: SseEncode>() -> Vec<Check> {
    vec![
        Check::new(
            "delivered",
            "An event whose text is one line, or empty, is delivered at once, and alone.",
            |_| delivered(Solution::of::<T>()),
        )
        .hints([
            "What tells a client that an event is complete?",
            "A line `data: ` with the text, then an empty line. Both end with a line break.",
            "`format!(\"data: {}\\n\\n\", event.data)`, for an event with text only",
        ]),
        Check::new(
            "lines",
            "Text of several lines is read back with all of them, whichever breaks are between.",
            |seed| lines(Solution::of::<T>(), seed),
        )
        .points(2)
        .hints([
            "A line break in the text ends the field. How does a client get a second line of data?",
            "Each line has a `data:` of its own. Three things break lines: `\\r\\n`, `\\n`, and `\\r` alone.",
            "`text.replace(\"\\r\\n\", \"\\n\").replace('\\r', \"\\n\").split('\\n')`; not `lines()`, which drops an empty line at the end",
        ]),
        Check::new(
            "exact-text",
            "Blanks and colons of a text, an id or a type are neither lost nor added.",
            |seed| exact_text(Solution::of::<T>(), seed),
        )
        .hints([
            "What does a client do with a space behind the colon?",
            "It drops one. So a value that begins with a space needs one more.",
            "`format!(\"{field}: {value}\\n\")`, always with the space",
        ]),
        Check::new(
            "fields",
            "Id, type and pause are read back, an empty id too, and what is `None` is left out.",
            |seed| fields(Solution::of::<T>(), seed),
        )
        .points(2)
        .hints([
            "Which fields does the event in the counterexample have, and which did you write?",
            "`id:` with nothing behind it takes an earlier id back: `Some(\"\")` is not `None`. The pause is in whole milliseconds.",
            "`if let Some(pause) = event.retry { line(\"retry\", &pause.as_millis().to_string()) }`, and so for the others",
        ]),
        Check::new(
            "refusals",
            "An id or a type with a line break, or an id with U+0000, is refused.",
            |_| refusals(Solution::of::<T>()),
        )
        .hints([
            "What would a client read if a type were `a\\ndata: forged`?",
            "`\\r` breaks a line as well as `\\n`. The id is looked at first, and its line breaks before its U+0000.",
            "`if id.contains(['\\r', '\\n']) { return Err(SseError::LineBreak { field: \"id\" }) }`",
        ]),
        Check::new(
            "comments",
            "A comment is read as nothing, whatever its text.",
            |seed| comments(Solution::of::<T>(), seed),
        )
        .hints([
            "What if the comment has two lines?",
            "Each of its lines begins with a colon, and ends with a line break.",
            "Write its lines as you write those of `data`, with nothing before the colon.",
        ]),
    ]
}

/// A solution's functions, so that the checks are compiled once.
#[derive(Clone, Copy)]
struct Solution {
    encode: fn(&SseEvent) -> Result<String, SseError>,
    comment: fn(&str) -> String,
}

impl Solution {
    fn of<T: SseEncode>() -> Self {
        Self {
            encode: T::encode,
            comment: T::comment,
        }
    }
}

const BEFORE: &str = "id: before\ndata: before\n\n";
const BEHIND: &str = "data: behind\n\n";

/// What a client reads of `text` between two other events.
fn read_between(text: &str) -> String {
    let reading = model::read(format!("{BEFORE}{text}{BEHIND}").as_bytes());
    let messages: Vec<String> = reading
        .messages
        .iter()
        .map(|message| {
            format!(
                "({:?}, {:?}, id {:?})",
                message.event, message.data, message.last_event_id
            )
        })
        .collect();
    let pause = reading
        .retry
        .map_or_else(String::new, |pause| format!(", pause {pause:?}"));
    format!("[{}]{pause}", messages.join(", "))
}

/// What a client should read of `event` between two others.
fn expected(event: &SseEvent) -> String {
    let data = event.data.replace("\r\n", "\n").replace('\r', "\n");
    let id = event.id.as_deref().unwrap_or("before");
    let name = event.event.as_deref().filter(|name| !name.is_empty());
    let name = name.unwrap_or("message");
    let pause = event.retry.map_or_else(String::new, |pause| {
        format!(
            ", pause {:?}",
            Duration::from_millis(pause.as_millis() as u64)
        )
    });
    format!(
        "[(\"message\", \"before\", id \"before\"), ({name:?}, {data:?}, id {id:?}), \
         (\"message\", \"behind\", id {id:?})]{pause}"
    )
}

fn reads_back(solution: Solution, event: &SseEvent) -> Verdict {
    let input = format!("let text = Mine::encode(&{}).unwrap();", code::event(event));
    let expected = format!(
        "between two other events a client reads {}",
        expected(event)
    );
    match (solution.encode)(event) {
        Ok(text) => {
            let actual = format!(
                "between two other events a client reads {}",
                read_between(&text)
            );
            if actual == expected {
                return Ok(());
            }
            Err(Counterexample::new(
                input,
                expected,
                format!("{actual}\nfrom {text:?}"),
            ))
        }
        Err(refusal) => Err(Counterexample::new(
            input,
            expected,
            format!("Err({refusal:?})"),
        )),
    }
}

fn delivered(solution: Solution) -> Verdict {
    ["a", "", "12 degrees", "é"]
        .iter()
        .try_for_each(|text| reads_back(solution, &SseEvent::of(*text)))
}

fn lines(solution: Solution, seed: Seed) -> Verdict {
    for text in [
        "a\nb", "a\r\nb", "a\rb", "\n", "a\n", "\r", "a\n\nb", "\n\r",
    ] {
        reads_back(solution, &SseEvent::of(text))?;
    }
    let mut draw = Draw::new(seed);
    (1..40).try_for_each(|count| {
        let text = draw.text(count, &["a", "b", "\n", "\r", "\r\n"]);
        reads_back(solution, &SseEvent::of(text))
    })
}

fn exact_text(solution: Solution, seed: Seed) -> Verdict {
    let mut draw = Draw::new(seed);
    for text in [" a", ":", "  ", "a ", "data: a", "\u{feff}"] {
        reads_back(solution, &SseEvent::of(text))?;
    }
    (1..40).try_for_each(|count| {
        let mut part = || draw.text(count.min(4), &[" ", ":", "a", "\t", "\"", "é"]);
        let event = SseEvent {
            id: Some(part()),
            event: Some(part()),
            ..SseEvent::of(part())
        };
        reads_back(solution, &event)
    })
}

fn fields(solution: Solution, seed: Seed) -> Verdict {
    let plain = || SseEvent::of("a");
    let some = |text: &str| Some(text.to_owned());
    let pauses = [0, 1, 999_999, 1_000_000, 2_500_500, 60_000_000_000];
    for id in ["7", "", "\t"] {
        reads_back(
            solution,
            &SseEvent {
                id: some(id),
                ..plain()
            },
        )?;
    }
    for event in ["price", ""] {
        reads_back(
            solution,
            &SseEvent {
                event: some(event),
                ..plain()
            },
        )?;
    }
    for pause in pauses.map(Duration::from_nanos) {
        reads_back(
            solution,
            &SseEvent {
                retry: Some(pause),
                ..plain()
            },
        )?;
    }
    let mut draw = Draw::new(seed);
    (0..40).try_for_each(|_| {
        let event = SseEvent {
            id: draw.one_of(&[None, some("8"), some("")]).clone(),
            event: draw.one_of(&[None, some("price")]).clone(),
            data: draw.text(2, &["a", "\n", ""]),
            retry: draw
                .one_of(&[None, Some(Duration::from_secs(3))])
                .to_owned(),
        };
        reads_back(solution, &event)
    })
}

fn refusals(solution: Solution) -> Verdict {
    for broken in ["a\nb", "\n", "a\r", "a\r\ndata: forged"] {
        for zero in ["", "\0"] {
            let id = SseEvent {
                id: Some(format!("{zero}{broken}")),
                event: Some(broken.to_owned()),
                ..SseEvent::of("a")
            };
            refuses(solution, &id, &SseError::LineBreak { field: "id" })?;
        }
        let event = SseEvent {
            event: Some(broken.to_owned()),
            ..SseEvent::of("a")
        };
        refuses(solution, &event, &SseError::LineBreak { field: "event" })?;
    }
    let zero = SseEvent {
        id: Some("7\0".to_owned()),
        ..SseEvent::of("a")
    };
    refuses(solution, &zero, &SseError::NulInId)
}

fn refuses(solution: Solution, event: &SseEvent, refusal: &SseError) -> Verdict {
    let answer = (solution.encode)(event);
    if answer.as_ref() == Err(refusal) {
        return Ok(());
    }
    Err(Counterexample::new(
        format!("Mine::encode(&{})", code::event(event)),
        format!("Err({refusal:?})"),
        format!("{answer:?}"),
    ))
}

fn comments(solution: Solution, seed: Seed) -> Verdict {
    let mut draw = Draw::new(seed);
    let fixed = [
        "",
        "still here",
        "data: a",
        "a\nb",
        "a\rdata: b",
        "\n",
        "a\r\n\r\nid: 7",
        ":",
    ];
    let drawn: Vec<String> = (1..30)
        .map(|count| draw.text(count, &["data: a", "\n", "\r", " ", "id: 7"]))
        .collect();
    for text in fixed.into_iter().chain(drawn.iter().map(String::as_str)) {
        let written = (solution.comment)(text);
        let (expected, actual) = (read_between(""), read_between(&written));
        if actual != expected {
            return Err(Counterexample::new(
                format!("let text = Mine::comment({text:?});"),
                format!("between two events a client reads {expected}"),
                format!("between two events a client reads {actual}\nfrom {written:?}"),
            ));
        }
        // Written as nothing at all, it would keep no connection alive.
        if written.is_empty() {
            return Err(Counterexample::new(
                format!("let text = Mine::comment({text:?});"),
                "at least one byte",
                "an empty text",
            ));
        }
    }
    Ok(())
}
