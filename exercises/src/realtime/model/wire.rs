//! How long the messages are: counted from texts that a browser and a server might send.
//!
//! The header lines are chosen, not captured: a browser's usual ones and a session cookie,
//! on HTTP/1.1. HTTP/2 compresses repeated headers (RFC 7541); to see what that changes,
//! make `poll` and `no_news` smaller.

use crate::realtime::{SseEncode, SseEvent, SseText};

/// IPv4 20 (RFC 791), TCP 20 and its timestamps 12 (RFC 9293, RFC 7323), a record of TLS
/// 1.3 with a header of 5, a type of 1 and a tag of 16 (RFC 8446, § 5.2). Each message is
/// taken to fit into one packet, which is so up to about 1,400 bytes; the heads of further
/// packets, and the packets that acknowledge, are not counted.
pub const ENVELOPE_BYTES: usize = 20 + 32 + 22;

/// Messages as text, their lines ending with `\n`; on the wire they end with `\r\n`.
pub mod texts {
    /// What a page sends to ask for news.
    pub const POLL: &str = "\
GET /match/42/news?after=17 HTTP/1.1
Host: live.example
User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0
Accept: application/json
Accept-Language: en-GB,en;q=0.5
Accept-Encoding: gzip, deflate, br, zstd
Referer: https://live.example/match/42
Connection: keep-alive
Cookie: session=38afe7a8d0c4a7fb6e54e6bbd5b4f0e2; consent=yes
Sec-Fetch-Dest: empty
Sec-Fetch-Mode: cors
Sec-Fetch-Site: same-origin

";
    /// The answer if there is none.
    pub const NO_NEWS: &str = "\
HTTP/1.1 204 No Content
Date: Sat, 21 Nov 2026 19:30:00 GMT
Cache-Control: no-store

";
    /// What stands above the news in an answer.
    pub const NEWS_HEAD: &str = "\
HTTP/1.1 200 OK
Date: Sat, 21 Nov 2026 19:30:00 GMT
Content-Type: application/json
Content-Length: 56
Cache-Control: no-store

";
    /// One piece of news.
    pub const EVENT: &str = r#"{"id":18,"minute":63,"score":[2,1],"text":"Goal: 2:1"}"#;
    /// The lines of a request for a stream that a poll has not.
    pub const SSE_EXTRA: &str = "\
Accept: text/event-stream
Cache-Control: no-cache
";
    /// What stands above a stream.
    pub const SSE_HEAD: &str = "\
HTTP/1.1 200 OK
Date: Sat, 21 Nov 2026 19:30:00 GMT
Content-Type: text/event-stream
Cache-Control: no-store
X-Accel-Buffering: no
Transfer-Encoding: chunked

";
    /// The lines of a WebSocket's opening request that a poll has not.
    pub const WS_EXTRA: &str = "\
Connection: Upgrade
Upgrade: websocket
Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
Sec-WebSocket-Version: 13
Origin: https://live.example
";
    /// The answer to it.
    pub const WS_SWITCH: &str = "\
HTTP/1.1 101 Switching Protocols
Connection: Upgrade
Upgrade: websocket
Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

";
}

/// Lengths in bytes, each with the envelope of IP, TCP and TLS around it.
///
/// # Examples
///
/// ```
/// use exercises::realtime::model::Sizes;
///
/// let sizes = Sizes::default();
/// assert!(sizes.poll > 5.0 * sizes.event, "most of a poll is headers");
/// assert_eq!(sizes.sse_event - sizes.ws_event, 19.0, "what text costs more than frames");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sizes {
    /// A request for news.
    pub poll: f64,
    /// An answer without news.
    pub no_news: f64,
    /// An answer with news, but for the news: an array of JSON that is still empty.
    pub news_head: f64,
    /// One piece of news inside an answer; it has no envelope of its own, and a comma if
    /// it is not the first.
    pub event: f64,
    /// Opening a stream of server-sent events: request, and the head of the answer.
    pub sse_open: f64,
    /// One piece of news on it.
    pub sse_event: f64,
    /// A comment on it.
    pub sse_comment: f64,
    /// Opening a WebSocket: request and answer.
    pub ws_open: f64,
    /// One piece of news on it.
    pub ws_event: f64,
    /// A ping, and the pong that answers it.
    pub ws_ping_pong: f64,
    /// A pong that nobody asked for, as a sign of life (RFC 6455, § 5.5.3).
    pub ws_pong: f64,
}

impl Default for Sizes {
    /// Those of the [`texts`].
    fn default() -> Self {
        let head = |text: &str| wire_bytes(text);
        let sent = |n_bytes: usize| (n_bytes + ENVELOPE_BYTES) as f64;
        let event = SseEvent {
            id: Some("18".to_owned()),
            ..SseEvent::of(texts::EVENT)
        };
        let event = SseText::encode(&event)
            .unwrap_or_else(|error| panic!("a number is a good id: {error}"));
        let poll = head(texts::POLL);
        Self {
            poll: sent(poll),
            no_news: sent(head(texts::NO_NEWS)),
            news_head: sent(head(texts::NEWS_HEAD) + "[]".len()),
            event: texts::EVENT.len() as f64,
            sse_open: sent(poll + head(texts::SSE_EXTRA)) + sent(head(texts::SSE_HEAD)),
            sse_event: sent(chunk_bytes(event.len())),
            sse_comment: sent(chunk_bytes(":\n\n".len())),
            ws_open: sent(poll + head(texts::WS_EXTRA)) + sent(head(texts::WS_SWITCH)),
            ws_event: sent(frame_bytes(texts::EVENT.len(), false)),
            ws_ping_pong: sent(frame_bytes(0, false)) + sent(frame_bytes(0, true)),
            ws_pong: sent(frame_bytes(0, false)),
        }
    }
}

/// Bytes of a head on the wire, where each line ends with two.
fn wire_bytes(text: &str) -> usize {
    text.len() + text.matches('\n').count()
}

/// Bytes of a chunk (RFC 9112, § 7.1): its length in hexadecimal, and two line ends.
fn chunk_bytes(n_bytes: usize) -> usize {
    format!("{n_bytes:x}").len() + 2 + n_bytes + 2
}

/// Bytes of a frame (RFC 6455, § 5.2): a head of two, more for a long length, and four of
/// a mask if a client sends it.
pub(in crate::realtime) fn frame_bytes(n_bytes: usize, is_masked: bool) -> usize {
    let length = match n_bytes {
        0..=125 => 0,
        126..=0xFFFF => 2,
        _ => 8,
    };
    2 + length + n_bytes + if is_masked { 4 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_that_the_head_of_the_news_names_is_the_length_of_the_news() {
        // An answer with one piece of news is an array of one.
        let length = format!("Content-Length: {}\n", texts::EVENT.len() + "[]".len());
        assert!(texts::NEWS_HEAD.contains(&length), "{length}");
    }

    #[test]
    fn frames_grow_by_two_and_by_eight_where_the_rfc_says() {
        let heads: Vec<usize> = [0, 125, 126, 65_535, 65_536]
            .iter()
            .map(|n_bytes| frame_bytes(*n_bytes, false) - n_bytes)
            .collect();
        assert_eq!(heads, [2, 2, 4, 4, 10]);
        assert_eq!(frame_bytes(5, true), 11, "the masked Hello of section 5.7");
    }

    #[test]
    fn a_chunk_counts_its_own_length_in_hexadecimal() {
        assert_eq!(chunk_bytes(3), "3\r\n:\n\n\r\n".len());
        assert_eq!(chunk_bytes(16), "10\r\n0123456789abcdef\r\n".len());
    }
}
