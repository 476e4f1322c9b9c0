//! Checks of the exercise `sse_server`: real connections, some of them broken.
//!
//! That a server does *not* send something is never waited for: the next event is asked
//! for, and what should not be there would come before it.

use super::stage::{Build, Stage, limits};
use crate::grade::{Check, Counterexample, Network, Seed, Verdict};
use crate::realtime::{MAX_HEAD_BYTES, SseServer};

/// The checks of a solution of [`SseServer`].
///
/// # Examples
///
/// ```
/// use exercises::realtime::{ThreadedSse, checks};
///
/// for check in checks::sse_server::all::<ThreadedSse>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: SseServer>() -> Vec<Check> {
    let rules = ALL.iter().zip(bodies::<T>());
    let check = |(rule, body): (&Rule, fn(Seed) -> Verdict)| {
        Check::new(rule.0, rule.1, body)
            .hints(rule.2)
            .network(Network::Loopback)
    };
    rules.map(check).collect()
}

/// Name, text and hints of a rule.
type Rule = (&'static str, &'static str, [&'static str; 3]);

const ALL: [Rule; 9] = [
    (
        "stream",
        "A client that asks for `/events` is sent every event that is published from then on, with its id.",
        [
            "Begin with one client: accept, read the head, answer with a head, and then write events as they come.",
            "Note how far the log is before you send the head: what is published after the client has read it must arrive.",
            "`let mut place = newest; write head; loop { wait until the log has more than place; write it; place = last id }`",
        ],
    ),
    (
        "several-clients",
        "Clients are served at the same time, and each is sent every event, once.",
        [
            "What does your loop do with the second client while the first one listens?",
            "A thread for each connection. An event is not taken away by the first thread that sees it: each thread has its own place in the log.",
            "`thread::spawn(move || server.attend(connection))`, and `Condvar::notify_all`, not `notify_one`",
        ],
    ),
    (
        "resume",
        "A client that names the last event that it has is sent those behind it first, and none twice.",
        [
            "Which header says what the client has?",
            "`Last-Event-ID` is where its place begins. What is missed and what is new then come from the same loop.",
            "`head.header(\"Last-Event-ID\")` and `log.after(place, …)`",
        ],
    ),
    (
        "reset",
        "A client whose events are forgotten, or whose id was never given, is told so by a `reset`, and then goes on.",
        [
            "What do you do with `LogError::Forgotten`, `LogError::Ahead`, and an id that is no number?",
            "Write an event of type `reset` with the id of the newest event, and go on behind that one.",
            "`event: reset`, `id: NEWEST`, `data: `, and an empty line. Without a `data` line the client would not be told.",
        ],
    ),
    (
        "pieces",
        "A request may come in any pieces.",
        [
            "How many bytes has your first `read` brought?",
            "Read until `RequestHead::parse` finds the end of the head; what has come so far is kept.",
            "`loop { match RequestHead::parse(&read)? { Some(head) => break head, None => read more, and append it } }`",
        ],
    ),
    (
        "half-a-request",
        "A client that never finishes its request keeps nobody waiting.",
        [
            "Where does your server wait for the rest of the head?",
            "On the connection's own thread, not in the loop that accepts. A client that has gone in the middle ends that thread and no other.",
            "Spawn first, then read the head on the new thread.",
        ],
    ),
    (
        "other-requests",
        "Other paths, other methods and what is no HTTP are refused by status, and closed.",
        [
            "What does a client wait for that has asked for another path?",
            "404 for the path, then 405 for the method, 400 for what cannot be read. With the connection closed behind it, or the client waits for more.",
            "`write!(client, \"HTTP/1.1 404 Not Found\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n\")`, then drop the connection",
        ],
    ),
    (
        "header-flood",
        "A head without an end is cut off, and costs no more memory than its limit.",
        [
            "How much do you collect before you give up?",
            "`RequestHead::parse` says `TooLong` as soon as there is too much. Answer 431, and close.",
            "`Err(HeadError::TooLong) => return refuse(client, \"431 Request Header Fields Too Large\")`",
        ],
    ),
    (
        "broken-readers",
        "Clients that vanish, or stop reading, delay neither `publish` nor other clients.",
        [
            "What happens to `publish` if it writes to a client whose buffers are full?",
            "It must not write at all. Each client's thread writes, without holding the lock of what is shared.",
            "Copy the events out of the log, drop the guard, and only then `write_all`.",
        ],
    ),
];

fn bodies<T: SseServer>() -> [fn(Seed) -> Verdict; 9] {
    [
        |_| stream(Stage::of::<T>),
        |_| several_clients(Stage::of::<T>),
        |_| resume(Stage::of::<T>),
        |_| reset(Stage::of::<T>),
        |_| pieces(Stage::of::<T>),
        |_| half_a_request(Stage::of::<T>),
        |_| other_requests(Stage::of::<T>),
        |_| header_flood(Stage::of::<T>),
        |_| broken_readers(Stage::of::<T>),
    ]
}

fn stream(build: Build) -> Verdict {
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

fn several_clients(build: Build) -> Verdict {
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

fn resume(build: Build) -> Verdict {
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

fn reset(build: Build) -> Verdict {
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

fn pieces(build: Build) -> Verdict {
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

fn half_a_request(build: Build) -> Verdict {
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

fn other_requests(build: Build) -> Verdict {
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

fn header_flood(build: Build) -> Verdict {
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
        Err(what) if what.contains("no byte") => return Err(stage.fail(expected, what)),
        _ => flood.end().map_err(|what| stage.fail(expected, what))?,
    }
    let mut client = stage.listener("B", "")?;
    stage.publish("one", 1)?;
    stage.reads(&mut client, 1, "one")
}

/// More than the system takes for a connection that nobody reads: 128 events of 128 KiB.
fn broken_readers(build: Build) -> Verdict {
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
        read.map_err(|found| whichever_waits(&before, found))?;
    }
    let mut late = stage.listener("F", "Last-Event-ID: 127\r\n")?;
    stage.reads(&mut late, 128, &large)
}

/// Where a server comes to a stop for A's sake depends on how much the system's buffers
/// take, and on whose thread was first; a learner gets the same answer each time.
fn whichever_waits(before: &str, found: Counterexample) -> Counterexample {
    let actual = match found.actual.contains(" within ") {
        true => "after some of them, nothing happens any more".to_owned(),
        false => found.actual,
    };
    Counterexample::new(
        format!("{before}\nthe server publishes 128 events of 128 KiB"),
        "E reads each of them, though A reads nothing",
        actual,
    )
}
