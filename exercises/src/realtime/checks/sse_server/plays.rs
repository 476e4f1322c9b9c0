//! The checks of `sse_server` as plays on a [`Stage`](super::Stage).
//!
//! That a server does *not* send something is never waited for: the next event is asked
//! for, and what should not be there would come before it.

use crate::grade::Counterexample;
use crate::realtime::checks::client::Trouble;
use crate::realtime::checks::stage::{Build, Failure, Played, limits};
use crate::realtime::{LogError, MAX_HEAD_BYTES};

pub(super) fn stream(build: Build) -> Played {
    let stage = build(limits(100, 1 << 20))?;
    let mut client = stage.listener("A", "")?;
    for (id, data) in (1..).zip(["one", "", "three\nlines\n", " four", "five\r\nfive"]) {
        stage.publish(data, id)?;
        stage.reads(&mut client, id, &data.replace("\r\n", "\n"))?;
    }
    // Several at once, which may come in one piece.
    for id in 6..40 {
        stage.publish("many", id)?;
    }
    (6..40).try_for_each(|id| stage.reads(&mut client, id, "many"))
}

pub(super) fn several_clients(build: Build) -> Played {
    let stage = build(limits(100, 1 << 20))?;
    stage.publish("before anybody", 1)?;
    let mut first = stage.listener("A", "")?;
    stage.publish("for A", 2)?;
    let mut second = stage.listener("B", "")?;
    let mut third = stage.listener("C", "")?;
    stage.publish("for all", 3)?;
    stage.publish("for all", 4)?;
    for client in [&mut second, &mut third] {
        stage.reads(client, 3, "for all")?;
        stage.reads(client, 4, "for all")?;
    }
    stage.reads(&mut first, 2, "for A")?;
    stage.reads(&mut first, 3, "for all")?;
    stage.reads(&mut first, 4, "for all")
}

pub(super) fn resume(build: Build) -> Played {
    let stage = build(limits(100, 1 << 20))?;
    let mut client = stage.listener("A", "")?;
    for id in 1..=4 {
        stage.publish(&format!("event {id}"), id)?;
    }
    stage.reads(&mut client, 1, "event 1")?;
    stage.reads(&mut client, 2, "event 2")?;
    client.vanish();
    let mut again = stage.listener("A again", "Last-Event-ID: 2\r\n")?;
    let mut newest = stage.listener("B", "last-event-id:4\r\n")?;
    let mut all = stage.listener("C", "Accept: text/event-stream\r\nLast-Event-ID: 0\r\n")?;
    stage.publish("event 5", 5)?;
    for (client, from) in [(&mut again, 3), (&mut newest, 5), (&mut all, 1)] {
        for id in from..=5 {
            stage.reads(client, id, &format!("event {id}"))?;
        }
    }
    Ok(())
}

pub(super) fn reset(build: Build) -> Played {
    let stage = build(limits(3, 1 << 20))?;
    for id in 1..=5 {
        stage.publish(&format!("event {id}"), id)?;
    }
    let names = [
        ("A", "1"),
        ("B", "6"),
        ("C", "18446744073709551615"),
        ("D", "seven"),
    ];
    let mut clients = Vec::new();
    for (name, id) in names {
        let mut client = stage.listener(name, &format!("Last-Event-ID: {id}\r\n"))?;
        stage.reads_reset(&mut client, 5)?;
        clients.push(client);
    }
    let mut nothing_lost = stage.listener("E", "Last-Event-ID: 2\r\n")?;
    for id in 3..=5 {
        stage.reads(&mut nothing_lost, id, &format!("event {id}"))?;
    }
    clients.push(nothing_lost);
    stage.publish("event 6", 6)?;
    clients
        .iter_mut()
        .try_for_each(|client| stage.reads(client, 6, "event 6"))
}

/// An `EventSource` that a page opens anew sends no header.
pub(super) fn resume_by_address(build: Build) -> Played {
    let stage = build(limits(3, 1 << 20))?;
    for id in 1..=5 {
        stage.publish(&format!("event {id}"), id)?;
    }
    let requests = [
        ("A", "/events?after=3", "", 4),
        ("B", "/events?feed=scores&after=4", "", 5),
        // The browser has reconnected: it repeats the address, and says what came since.
        ("C", "/events?after=2", "Last-Event-ID: 4\r\n", 5),
        ("D", "/events?feed=scores", "", 6),
    ];
    let mut clients = Vec::new();
    for (name, address, headers, first) in requests {
        let mut client = stage.listener_at(name, address, headers)?;
        for id in first..=5 {
            stage.reads(&mut client, id, &format!("event {id}"))?;
        }
        clients.push(client);
    }
    for (name, address) in [("E", "/events?after=1"), ("F", "/events?after=6")] {
        let mut client = stage.listener_at(name, address, "")?;
        stage.reads_reset(&mut client, 5)?;
        clients.push(client);
    }
    let mut client = stage.client("G")?;
    client.ask("/events?after=seven", "");
    stage.is_refused(&mut client, 400)?;
    stage.publish("event 6", 6)?;
    clients
        .iter_mut()
        .try_for_each(|client| stage.reads(client, 6, "event 6"))
}

/// Nobody listens while something is forgotten: a client that is outrun by it may be cut
/// off.
pub(super) fn limit_in_bytes(build: Build) -> Played {
    let limit = 10;
    let stage = build(limits(100, limit))?;
    let too_large = |data: &str| {
        let bytes = data.len();
        stage.publishes(data, &Err(LogError::TooLarge { bytes, limit }))
    };
    let reads = |name, has: u64, expected: &[(u64, &str)]| {
        let mut client = stage.listener(name, &format!("Last-Event-ID: {has}\r\n"))?;
        let mut expected = expected.iter();
        expected.try_for_each(|(id, data)| stage.reads(&mut client, *id, data))
    };
    let is_reset = |name, has: u64, newest| {
        let mut client = stage.listener(name, &format!("Last-Event-ID: {has}\r\n"))?;
        stage.reads_reset(&mut client, newest)
    };
    too_large("eleven long")?;
    stage.publish("ten and no", 1)?;
    // Six letters, and twelve bytes.
    too_large("äöüäöü")?;
    reads("A", 0, &[(1, "ten and no")])?;
    stage.publish("four", 2)?;
    stage.publish("four", 3)?;
    stage.publish("zwö", 4)?;
    is_reset("B", 1, 4)?;
    reads("C", 2, &[(3, "four"), (4, "zwö")])?;
    stage.publish("", 5)?;
    stage.publish("tw", 6)?;
    reads("D", 2, &[(3, "four"), (4, "zwö"), (5, ""), (6, "tw")])?;
    stage.publish("x", 7)?;
    is_reset("E", 2, 7)?;
    reads("F", 3, &[(4, "zwö"), (5, ""), (6, "tw"), (7, "x")])
}

pub(super) fn pieces(build: Build) -> Played {
    let stage = build(limits(100, 1 << 20))?;
    stage.publish("one", 1)?;
    let mut client = stage.client("A")?;
    client
        .send_byte_by_byte(b"GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\nLast-Event-ID: 0\r\n\r\n");
    stage.is_stream(&mut client)?;
    stage.reads(&mut client, 1, "one")?;
    let mut client = stage.client("B")?;
    client.send(b"GET /events HTTP/1.1\r\nHost: 127.0.0.1\r");
    client.send(b"\nLast-Event-ID: 0\r\n\r");
    client.send(b"\n");
    stage.is_stream(&mut client)?;
    stage.reads(&mut client, 1, "one")?;
    // Several packets are needed for this one.
    let cookie = "c".repeat(MAX_HEAD_BYTES - 200);
    let mut client = stage.listener("C", &format!("Cookie: {cookie}\r\nLast-Event-ID: 0\r\n"))?;
    stage.reads(&mut client, 1, "one")
}

pub(super) fn half_a_request(build: Build) -> Played {
    let stage = build(limits(100, 1 << 20))?;
    let silent = stage.client("A")?;
    let mut half = stage.client("B")?;
    half.send(b"GET /events HTTP/1.1\r\nHost:");
    let mut gone = stage.client("C")?;
    gone.send(b"GET /ev");
    gone.vanish();
    stage.client("D")?.vanish();
    let mut client = stage.listener("E", "")?;
    stage.publish("one", 1)?;
    stage.reads(&mut client, 1, "one")?;
    // It was only slow.
    half.send(b" 127.0.0.1\r\nLast-Event-ID: 0\r\n\r\n");
    stage.is_stream(&mut half)?;
    stage.reads(&mut half, 1, "one")?;
    silent.vanish();
    Ok(())
}

pub(super) fn other_requests(build: Build) -> Played {
    let stage = build(limits(100, 1 << 20))?;
    let requests = [
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 404),
        ("GET /events2 HTTP/1.1\r\nHost: a\r\n\r\n", 404),
        ("POST /other HTTP/1.1\r\nHost: a\r\n\r\n", 404),
        ("POST /events HTTP/1.1\r\nHost: a\r\n\r\n", 405),
        ("DELETE /events HTTP/1.1\r\nHost: a\r\n\r\n", 405),
        ("hello\r\n\r\n", 400),
        ("GET /events HTTP/1.1\r\nno header\r\n\r\n", 400),
    ];
    for (request, status) in requests {
        let mut client = stage.client("A")?;
        client.send(request.as_bytes());
        stage.is_refused(&mut client, status)?;
    }
    let mut client = stage.listener("B", "")?;
    stage.publish("one", 1)?;
    stage.reads(&mut client, 1, "one")
}

pub(super) fn allowed_methods(build: Build) -> Played {
    let stage = build(limits(100, 1 << 20))?;
    for method in ["POST", "DELETE"] {
        let mut client = stage.client("A")?;
        client.send(format!("{method} /events HTTP/1.1\r\nHost: a\r\n\r\n").as_bytes());
        let response = stage.is_refused(&mut client, 405)?;
        let allowed = response.list("allow");
        if allowed.contains(&"GET") && !allowed.contains(&method) {
            continue;
        }
        let actual = match response.header("allow") {
            None => "no `Allow`".to_owned(),
            Some(_) => format!("`Allow: {}`", allowed.join(", ")),
        };
        return Err(stage.fail("405 with `Allow: GET`", actual));
    }
    Ok(())
}

pub(super) fn header_flood(build: Build) -> Played {
    let stage = build(limits(100, 1 << 20))?;
    let mut flood = stage.client("A")?;
    flood.send(b"GET /events HTTP/1.1\r\n");
    flood.send("X: many headers\r\n".repeat(4000).as_bytes());
    let expected = "status 431, and the connection is closed";
    match flood.response() {
        Ok(response) if response.status != 431 => {
            return Err(stage.fail(expected, format!("the status {}", response.status)));
        }
        // A server that closes with bytes unread resets the connection, and its answer may
        // be lost with it; that it closes is what counts.
        Ok(_) | Err(Trouble::Gone(_)) => flood
            .end()
            .map_err(|trouble| stage.trouble(expected, trouble))?,
        Err(trouble) => return Err(stage.trouble(expected, trouble)),
    }
    let mut client = stage.listener("B", "")?;
    stage.publish("one", 1)?;
    stage.reads(&mut client, 1, "one")
}

/// More than the system takes for a connection that nobody reads: 128 events of 128 KiB.
pub(super) fn broken_readers(build: Build) -> Played {
    let stage = build(limits(8, 1 << 20))?;
    let stalled = stage.listener("A", "")?;
    stalled.stall();
    for name in ["B", "C", "D"] {
        stage.listener(name, "")?.vanish();
    }
    let mut client = stage.listener("E", "")?;
    let large = "x".repeat(128 << 10);
    let before = stage.so_far();
    for id in 1..=128 {
        let read = stage
            .publish(&large, id)
            .and_then(|()| stage.reads(&mut client, id, &large));
        read.map_err(|failure| whichever_waits(&before, failure))?;
    }
    let mut late = stage.listener("F", "Last-Event-ID: 127\r\n")?;
    stage.reads(&mut late, 128, &large)
}

/// Where a server comes to a stop for A's sake depends on how much the system's buffers
/// take, and on whose thread was first; a learner gets the same answer each time.
fn whichever_waits(before: &str, failure: Failure) -> Failure {
    let actual = match failure.in_vain {
        true => "after some of them, nothing happens any more".to_owned(),
        false => failure.found.actual,
    };
    let found = Counterexample::new(
        format!("{before}\nthe server publishes 128 events of 128 KiB"),
        "E reads each of them, though A reads nothing",
        actual,
    );
    Failure { found, ..failure }
}
