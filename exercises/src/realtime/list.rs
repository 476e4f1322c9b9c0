//! The topic's exercises, as the catalog lists them.

use super::{RingLog, SseStream, SseText, ThreadedSse, WsHandshake, checks, wrong};
use crate::catalog::Exercise;

/// The page of the book, and the notebook, that teach the topic.
const CHAPTER: &str = "18-realtime-web";

const TOPIC: &str = "realtime";

/// The topic's exercises, in teaching order.
pub fn exercises() -> Vec<Exercise> {
    vec![
        sse_encode(),
        sse_parse(),
        event_log(),
        sse_server(),
        ws_accept(),
    ]
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

fn event_log() -> Exercise {
    Exercise {
        id: "event_log",
        formerly: &[],
        title: "Event log",
        summary: "Keep the last events in bounded memory, and say what a client has missed, or that it is gone.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "one-log-behind-all-four",
        reference: "exercises/src/realtime/event_log.rs",
        minutes: 20,
        requires: &[],
        checks: checks::event_log::all::<RingLog>,
        wrong: wrong::event_log::ALL.to_vec(),
    }
}

fn sse_server() -> Exercise {
    Exercise {
        id: "sse_server",
        formerly: &[],
        title: "Event server",
        summary: "Serve a stream of events over real connections, to clients some of which are broken.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "server-sent-events",
        reference: "exercises/src/realtime/sse_server.rs",
        minutes: 45,
        requires: &["sse_encode", "event_log"],
        checks: checks::sse_server::all::<ThreadedSse>,
        wrong: wrong::sse_server::ALL.to_vec(),
    }
}

fn ws_accept() -> Exercise {
    Exercise {
        id: "ws_accept",
        formerly: &[],
        title: "WebSocket handshake",
        summary: "Tell a handshake from any other request, and answer it so that the client goes on.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "websockets",
        reference: "exercises/src/realtime/ws_accept.rs",
        minutes: 25,
        requires: &[],
        checks: checks::ws_accept::all::<WsHandshake>,
        wrong: wrong::ws_accept::ALL.to_vec(),
    }
}
