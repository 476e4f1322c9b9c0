//! The head of a request, from bytes in pieces: what the client wants, or why it is
//! refused. It reads no socket.
//!
//! Sources: RFC 9112 for the head; RFC 6455, § 4.2.1, for the handshake; WHATWG HTML,
//! *Server-sent events*, for `Last-Event-ID`.

use httparse::{EMPTY_HEADER, Status};

use super::answer::Refusal;
use super::{Cursor, Limits};
use crate::realtime::{HandshakeError, UpgradeRequest, WsAccept, WsHandshake};

/// What a client wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// What there is now: `GET /poll`.
    Poll,
    /// The same, or the next event if there is none yet: `GET /wait`.
    Wait,
    /// Server-sent events: `GET /events`.
    Events,
    /// A WebSocket: `GET /socket`.
    Socket {
        /// The value of `Sec-WebSocket-Accept`.
        accept: String,
    },
}

/// A request that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) wanted: Wanted,
    /// The last event that the client has.
    pub(super) after: Option<Cursor>,
    /// Whether the client keeps the connection for its next request.
    pub(super) keeps_open: bool,
}

/// Reads the request at the beginning of `bytes`, and says how long its head is; `None`
/// if it has no end yet.
pub(super) fn parse(bytes: &[u8], limits: &Limits) -> Result<Option<(Request, usize)>, Refusal> {
    let mut headers = [EMPTY_HEADER; Limits::HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    match head.parse(bytes) {
        Ok(Status::Complete(n_bytes)) if n_bytes <= limits.head_bytes => {
            understand(&head, limits).map(|request| Some((request, n_bytes)))
        }
        Ok(Status::Partial) if bytes.len() < limits.head_bytes => Ok(None),
        Ok(_) | Err(httparse::Error::TooManyHeaders) => Err(Refusal::HeadTooLarge),
        Err(_) => Err(Refusal::Malformed),
    }
}

fn understand(head: &httparse::Request<'_, '_>, limits: &Limits) -> Result<Request, Refusal> {
    let (path, query) = match head.path.unwrap_or_default() {
        target if target.contains('?') => target.split_once('?').unwrap_or_default(),
        target => (target, ""),
    };
    let wanted = match path {
        "/poll" => Wanted::Poll,
        "/wait" => Wanted::Wait,
        "/events" => Wanted::Events,
        "/socket" => Wanted::Socket {
            accept: String::new(),
        },
        _ => return Err(Refusal::NotFound),
    };
    if head.method != Some("GET") {
        return Err(Refusal::Method);
    }
    // A body would be taken for the next request. Nobody needs one to ask for events.
    let has_body = value(head, "transfer-encoding").is_some()
        || value(head, "content-length").is_some_and(|length| length != "0");
    if has_body {
        return Err(Refusal::Malformed);
    }
    if value(head, "origin")
        .is_some_and(|origin| !limits.origins.iter().any(|known| known == origin))
    {
        return Err(Refusal::Origin);
    }
    let named = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("after="));
    // A browser repeats the address that it was given, and adds where it got to since.
    let named = value(head, "last-event-id")
        .or(named)
        .filter(|id| !id.is_empty());
    let after = named.map(str::parse).transpose();
    Ok(Request {
        wanted: match wanted {
            Wanted::Socket { .. } => Wanted::Socket {
                accept: accept(head)?,
            },
            wanted => wanted,
        },
        after: after.map_err(|_| Refusal::Cursor)?,
        keeps_open: head.version == Some(1) && !names(head, "connection", "close"),
    })
}

/// The value of the first header of this name, if it is text.
fn value<'a>(head: &httparse::Request<'_, 'a>, name: &str) -> Option<&'a str> {
    let mut headers = head.headers.iter();
    let header = headers.find(|header| header.name.eq_ignore_ascii_case(name))?;
    std::str::from_utf8(header.value).ok()
}

/// Whether the list in a header has an entry.
fn names(head: &httparse::Request<'_, '_>, name: &str, entry: &str) -> bool {
    let list = value(head, name).unwrap_or_default();
    list.split(',')
        .any(|found| found.trim().eq_ignore_ascii_case(entry))
}

/// The handshake is the exercise's; a header that is not text is none of its.
fn accept(head: &httparse::Request<'_, '_>) -> Result<String, Refusal> {
    let text = |header: &httparse::Header<'_>| std::str::from_utf8(header.value).map(str::to_owned);
    let values: Vec<String> = head
        .headers
        .iter()
        .map(|header| text(header).unwrap_or_default())
        .collect();
    let names = head.headers.iter().map(|header| header.name);
    let headers: Vec<(&str, &str)> = names.zip(values.iter().map(String::as_str)).collect();
    let request = UpgradeRequest {
        method: head.method.unwrap_or_default(),
        headers: &headers,
    };
    WsHandshake::handshake(&request).map_err(|error| match error {
        HandshakeError::Version => Refusal::Version,
        _ => Refusal::Malformed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(head: &str) -> Result<Option<Request>, Refusal> {
        let origins = vec!["https://example.com".to_owned()];
        let limits = Limits {
            origins,
            head_bytes: 200,
            ..Limits::default()
        };
        let parsed = super::parse(head.replace('\n', "\r\n").as_bytes(), &limits)?;
        Ok(parsed.map(|(request, _)| request))
    }

    #[track_caller]
    fn refused(head: &str, why: Refusal) {
        assert_eq!(parse(head), Err(why), "{head}");
    }

    #[test]
    fn a_head_has_no_end_until_its_blank_line() {
        let head = "GET /poll?after=1f-7 HTTP/1.1\nHost: a\n\n";
        for cut in 0..head.len() {
            assert_eq!(parse(&head[..cut]), Ok(None), "{cut} bytes");
        }
        let after = Some(Cursor { log: 0x1f, id: 7 });
        let request = Request {
            wanted: Wanted::Poll,
            after,
            keeps_open: true,
        };
        assert_eq!(parse(head), Ok(Some(request)));
    }

    #[test]
    fn where_a_browser_got_to_counts_more_than_the_address() {
        let request = parse("GET /events?after=1-7 HTTP/1.1\nLast-Event-ID: 1-9\n\n");
        let after = request.expect("it is right").expect("it is whole").after;
        assert_eq!(after, Some(Cursor { log: 1, id: 9 }));
    }

    #[test]
    fn what_is_no_request_for_events_is_refused_and_told_why() {
        refused("GET / HTTP/1.1\n\n", Refusal::NotFound);
        refused("POST /poll HTTP/1.1\n\n", Refusal::Method);
        refused("GET /poll?after=7 HTTP/1.1\n\n", Refusal::Cursor);
        refused(
            "GET /poll HTTP/1.1\nContent-Length: 3\n\nabc",
            Refusal::Malformed,
        );
        refused(
            "GET /poll HTTP/1.1\nTransfer-Encoding: chunked\n\n",
            Refusal::Malformed,
        );
        refused("GET /socket HTTP/1.1\n\n", Refusal::Malformed);
        refused(
            "GET /socket HTTP/1.1\nOrigin: https://example.org\n\n",
            Refusal::Origin,
        );
        refused("nonsense\n\n", Refusal::Malformed);
        refused(&"x".repeat(200), Refusal::HeadTooLarge);
        let old = "GET /socket HTTP/1.1\nUpgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Version: 8\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n\n";
        refused(old, Refusal::Version);
    }
}
