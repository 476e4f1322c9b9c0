//! The topic's exercises, as the catalog lists them.

use super::{SseStream, SseText, checks, wrong};
use crate::catalog::Exercise;

/// The page of the book, and the notebook, that teach the topic.
const CHAPTER: &str = "18-realtime-web";

const TOPIC: &str = "realtime";

/// The topic's exercises, in teaching order.
pub fn exercises() -> Vec<Exercise> {
    vec![sse_encode(), sse_parse()]
}

fn sse_encode() -> Exercise {
    Exercise {
        id: "sse_encode",
        formerly: &[],
        title: "Server-sent events, written",
        summary: "Write an event so that every browser reads just that, whatever its text.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "server-sent-events",
        reference: "exercises/src/realtime/sse_encode.rs",
        minutes: 15,
        requires: &[],
        checks: checks::sse_encode::all::<SseText>,
        wrong: wrong::sse_encode::ALL.to_vec(),
    }
}

fn sse_parse() -> Exercise {
    Exercise {
        id: "sse_parse",
        formerly: &[],
        title: "Server-sent events, read",
        summary: "Read events from bytes that come in pieces, as a browser does.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "server-sent-events",
        reference: "exercises/src/realtime/sse_parse.rs",
        minutes: 30,
        requires: &["sse_encode"],
        checks: checks::sse_parse::all::<SseStream>,
        wrong: wrong::sse_parse::ALL.to_vec(),
    }
}
