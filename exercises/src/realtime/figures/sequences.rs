//! The conversations of the chapter, one for each technique.

use crate::figure::{Figure, Sequence};

/// A page's first request: three round trips before the first byte, then one.
pub(super) fn http() -> Figure {
    let mut sequence = Sequence::new();
    let browser = sequence.party("browser");
    let resolver = sequence.party("resolver");
    let server = sequence.party("server");
    sequence.message((browser, 0), (resolver, 1), "name?");
    sequence.message((resolver, 3), (browser, 4), "address");
    sequence.span(0..4, "look-up");
    sequence.message((browser, 7), (server, 9), "TCP: SYN");
    sequence.message((server, 10), (browser, 12), "SYN, ACK");
    sequence.span(7..12, "1 round trip: TCP");
    sequence.message((browser, 14), (server, 16), "TLS: ClientHello");
    sequence.message((server, 17), (browser, 19), "ServerHello … Finished");
    sequence.span(14..19, "1 round trip: TLS 1.3");
    sequence.message((browser, 21), (server, 23), "GET /match/42");
    sequence.news((server, 24), (browser, 26), "200 OK, the page");
    sequence.span(21..26, "1 round trip: HTTP");
    sequence.message((browser, 30), (server, 32), "GET /match/42/news");
    sequence.news((server, 33), (browser, 35), "200 OK, the news");
    sequence.span(30..35, "the next: 1 round trip");
    sequence.draw("A request over HTTP, from the name to the answer")
}

/// Asked at fixed times, whether there is something or not.
pub(super) fn polling() -> Figure {
    let mut sequence = Sequence::new();
    let browser = sequence.party("browser");
    let server = sequence.party("server");
    sequence.message((browser, 0), (server, 2), "GET /news?after=17");
    sequence.message((server, 3), (browser, 5), "204, nothing");
    sequence.waiting(browser, 5..13, "waits for its clock");
    sequence.message((browser, 13), (server, 15), "GET /news?after=17");
    sequence.message((server, 16), (browser, 18), "204, nothing");
    sequence.waiting(browser, 18..26, "waits for its clock");
    sequence.event(server, 19, "event 18: a goal");
    sequence.waiting(server, 20..28, "the news waits");
    sequence.message((browser, 26), (server, 28), "GET /news?after=17");
    sequence.news((server, 29), (browser, 31), "200, event 18");
    sequence.waiting(browser, 31..36, "waits for its clock");
    sequence.draw("Polling")
}

/// Asked at once after each answer; the server is in no hurry to give it.
pub(super) fn long_polling() -> Figure {
    let mut sequence = Sequence::new();
    let browser = sequence.party("browser");
    let server = sequence.party("server");
    sequence.message((browser, 0), (server, 2), "GET /news?after=17");
    sequence.waiting(server, 2..8, "holds the request");
    sequence.event(server, 8, "event 18");
    sequence.news((server, 8), (browser, 10), "200, event 18");
    sequence.message((browser, 11), (server, 13), "GET /news?after=18");
    sequence.event(server, 11, "event 19, nobody asks");
    sequence.news((server, 14), (browser, 16), "200, event 19");
    sequence.message((browser, 17), (server, 19), "GET /news?after=19");
    sequence.waiting(server, 19..29, "holds the request, until its time is up");
    sequence.message((server, 29), (browser, 31), "204, nothing");
    sequence.message((browser, 32), (server, 34), "GET /news?after=19");
    sequence.waiting(server, 34..38, "holds the request");
    sequence.draw("Long polling")
}

/// A request that becomes a connection for both.
pub(super) fn websocket() -> Figure {
    let mut sequence = Sequence::new();
    let browser = sequence.party("browser");
    let server = sequence.party("server");
    sequence.message((browser, 0), (server, 2), "GET /chat, Upgrade: websocket");
    sequence.message((server, 3), (browser, 5), "101 Switching Protocols");
    sequence.span(0..5, "handshake, in HTTP");
    sequence.news((server, 9), (browser, 11), "text: “2:1”");
    sequence.news((browser, 13), (server, 15), "text: “what a goal”");
    sequence.news((server, 17), (browser, 19), "text: “what a goal”");
    sequence.message((server, 22), (browser, 24), "ping");
    sequence.message((browser, 25), (server, 27), "pong");
    sequence.news((browser, 29), (server, 31), "text: “who scored?”");
    sequence.span(8..31, "frames, both ways, no more HTTP");
    sequence.message((server, 34), (browser, 36), "close 1001, going away");
    sequence.message((browser, 37), (server, 39), "close 1001");
    sequence.span(34..39, "goodbye");
    sequence.draw("A WebSocket")
}

/// An answer that does not end, and what happens when it does.
pub(super) fn server_sent_events() -> Figure {
    let mut sequence = Sequence::new();
    let browser = sequence.party("browser");
    let server = sequence.party("server");
    sequence.message((browser, 0), (server, 2), "GET /stream?after=17");
    sequence.message((server, 3), (browser, 5), "200, text/event-stream");
    sequence.event(server, 8, "event 18");
    sequence.news((server, 8), (browser, 10), "id: 18");
    sequence.message((server, 12), (browser, 14), ": still here");
    sequence.event(server, 16, "event 19");
    sequence.news((server, 16), (browser, 18), "id: 19");
    sequence.broken((browser, server), 22, "connection lost");
    sequence.waiting(browser, 22..29, "waits as long as retry said");
    sequence.event(server, 25, "event 20, nobody hears it");
    sequence.message((browser, 29), (server, 31), "GET, Last-Event-ID: 19");
    sequence.message((server, 32), (browser, 34), "200, text/event-stream");
    sequence.news((server, 35), (browser, 37), "id: 20");
    sequence.draw("Server-sent events")
}
