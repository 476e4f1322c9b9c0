//! The heads of answers, as text.
//!
//! `Cache-Control: no-store` on all of them: an event that a cache answers with is old.

use std::time::Duration;

use super::log::Batch;

/// Why a request is not served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    Malformed,
    Cursor,
    Origin,
    NotFound,
    Method,
    TooSlow,
    Version,
    HeadTooLarge,
    Full,
}

impl Refusal {
    /// The whole answer. The connection ends with it: what else the client may have sent
    /// was not understood, or is not wanted.
    pub(super) fn answer(self, retry: Duration) -> Vec<u8> {
        let retry = retry.as_secs_f64().ceil();
        let (status, header, reason) = match self {
            Self::Malformed => ("400 Bad Request", String::new(), "not a request for events"),
            Self::Cursor => (
                "400 Bad Request",
                String::new(),
                "`after` is no id that came with an event",
            ),
            Self::Origin => (
                "403 Forbidden",
                String::new(),
                "scripts of that site may not listen",
            ),
            Self::NotFound => (
                "404 Not Found",
                String::new(),
                "there are /poll, /wait, /events and /socket",
            ),
            Self::Method => (
                "405 Method Not Allowed",
                "Allow: GET\r\n".to_owned(),
                "GET it",
            ),
            Self::TooSlow => (
                "408 Request Timeout",
                String::new(),
                "the request took too long to come",
            ),
            Self::Version => (
                "426 Upgrade Required",
                "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n".to_owned(),
                "WebSockets of version 13 only",
            ),
            Self::HeadTooLarge => (
                "431 Request Header Fields Too Large",
                String::new(),
                "the request's head is too long",
            ),
            Self::Full => (
                "503 Service Unavailable",
                format!("Retry-After: {retry}\r\n"),
                "all places are taken; come back later",
            ),
        };
        let length = reason.len();
        format!(
            "HTTP/1.1 {status}\r\n{header}Content-Type: text/plain\r\nContent-Length: {length}\r\n\
             Cache-Control: no-store\r\nConnection: close\r\n\r\n{reason}"
        )
        .into_bytes()
    }
}

/// What a poll is answered with: the gap, if there is one, and the events.
///
/// An answer without events is 204, and not 304 to an `ETag`: the address names the last
/// event that the client has, so there is nothing else that an entity tag could compare.
pub(super) fn poll(gap: &[u8], batch: &Batch, next: Option<&str>, keeps_open: bool) -> Vec<u8> {
    let close = if keeps_open {
        ""
    } else {
        "Connection: close\r\n"
    };
    let length = gap.len() + batch.bytes.len();
    if length == 0 {
        return format!("HTTP/1.1 204 No Content\r\nCache-Control: no-store\r\n{close}\r\n").into();
    }
    let link = next.map(|cursor| format!("Link: <?after={cursor}>; rel=\"next\"\r\n"));
    let link = link.unwrap_or_default();
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nContent-Length: {length}\r\n\
         Cache-Control: no-store\r\n{link}{close}\r\n"
    );
    [head.as_bytes(), gap, &batch.bytes].concat()
}

/// The head of a stream of server-sent events, and how long its clients are to wait before
/// they come back.
///
/// It has no length and is not chunked, so the connection's end is the stream's: that saves
/// some eight bytes an event, and a cut event is noticed by its missing blank line.
/// nginx would collect the answer until its buffer is full, if it were not told otherwise.
pub(super) fn events(retry: Duration) -> Vec<u8> {
    let retry_ms = retry.as_millis();
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
         X-Accel-Buffering: no\r\nConnection: close\r\n\r\nretry: {retry_ms}\n\n"
    )
    .into_bytes()
}

/// The server's half of a WebSocket's handshake.
pub(super) fn socket(accept: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: {accept}\r\n\r\n"
    )
    .into_bytes()
}
