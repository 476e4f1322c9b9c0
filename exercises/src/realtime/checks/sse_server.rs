//! Checks of the exercise `sse_server`: real connections, some of them broken.

mod plays;

use super::stage::{Build, Played, Stage, verdict};
use crate::grade::kit::Rule;
use crate::grade::{Check, Network, Seed, Verdict};
use crate::realtime::SseServer;

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
    let checks = Rule::checks(&RULES, bodies::<T>());
    let with_sockets = |check: Check| check.network(Network::Loopback);
    checks.into_iter().map(with_sockets).collect()
}

const RULES: [Rule; 12] = [
    Rule {
        name: "stream",
        text: "A client that asks for `/events` is sent every event that is published from then on, with its id.",
        points: 1,
        section: "",
        hints: [
            "Begin with one client: accept, read the head, answer with a head, and then write events as they come.",
            "Note how far the log is before you send the head: what is published after the client has read it must arrive.",
            "`let mut place = newest; write head; loop { wait until the log has more than place; write it; place = last id }`",
        ],
    },
    Rule {
        name: "several-clients",
        text: "Clients are served at the same time, and each is sent every event, once.",
        points: 1,
        section: "",
        hints: [
            "What does your loop do with the second client while the first one listens?",
            "A thread for each connection. An event is not taken away by the first thread that sees it: each thread has its own place in the log.",
            "`thread::spawn(move || server.attend(connection))`, and `Condvar::notify_all`, not `notify_one`",
        ],
    },
    Rule {
        name: "resume",
        text: "A client that names the last event that it has is sent those behind it first, and none twice.",
        points: 1,
        section: "",
        hints: [
            "Which header says what the client has?",
            "`Last-Event-ID` is where its place begins. What is missed and what is new then come from the same loop.",
            "`head.header(\"Last-Event-ID\")` and `log.after(place, …)`",
        ],
    },
    Rule {
        name: "reset",
        text: "A client whose events are forgotten, or whose id was never given, is told so by a `reset`, and then goes on.",
        points: 1,
        section: "",
        hints: [
            "What do you do with `LogError::Forgotten`, `LogError::Ahead`, and an id that is no number?",
            "Write an event of type `reset` with the id of the newest event, and go on behind that one.",
            "`event: reset`, `id: NEWEST`, `data: `, and an empty line. Without a `data` line the client would not be told.",
        ],
    },
    Rule {
        name: "resume-by-address",
        text: "A client that cannot send the header names the last event that it has in the address: `/events?after=18`.",
        points: 1,
        section: "",
        hints: [
            "`RequestHead::path` is the path *with* the query. What do you compare with `/events`?",
            "Split it at `?`, and the query at `&`. The header, if it is there, is newer than the address; what is no number in the address is a mistake of the page, and a 400 tells it so.",
            "`let (path, query) = head.path.split_once('?').unwrap_or((&head.path, \"\"));` and `query.split('&').find_map(|part| part.strip_prefix(\"after=\"))`",
        ],
    },
    Rule {
        name: "limit-in-bytes",
        text: "Events are forgotten because of their bytes, too, and one that alone is over the limit is refused.",
        points: 1,
        section: "",
        hints: [
            "`LogLimits` has two limits. Which of them does your log hold?",
            "Forget the oldest until the texts that are kept, with the new one, have no more than `bytes` together. Refuse a text that can never fit before you give it an id.",
            "`if data.len() > limits.bytes { return Err(LogError::TooLarge { .. }) }`, and the log of the exercise `event_log` for the rest",
        ],
    },
    Rule {
        name: "pieces",
        text: "A request may come in any pieces.",
        points: 1,
        section: "",
        hints: [
            "How many bytes has your first `read` brought?",
            "Read until `RequestHead::parse` finds the end of the head; what has come so far is kept.",
            "`loop { match RequestHead::parse(&read)? { Some(head) => break head, None => read more, and append it } }`",
        ],
    },
    Rule {
        name: "half-a-request",
        text: "A client that never finishes its request keeps nobody waiting.",
        points: 1,
        section: "",
        hints: [
            "Where does your server wait for the rest of the head?",
            "On the connection's own thread, not in the loop that accepts. A client that has gone in the middle ends that thread and no other.",
            "Spawn first, then read the head on the new thread.",
        ],
    },
    Rule {
        name: "other-requests",
        text: "Other paths, other methods and what is no HTTP are refused by status, and closed.",
        points: 1,
        section: "",
        hints: [
            "What does a client wait for that has asked for another path?",
            "404 for the path, then 405 for the method, 400 for what cannot be read. With the connection closed behind it, or the client waits for more.",
            "`write!(client, \"HTTP/1.1 404 Not Found\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n\")`, then drop the connection",
        ],
    },
    Rule {
        name: "allowed-methods",
        text: "A 405 says in the header `Allow` which method would do.",
        points: 1,
        section: "",
        hints: [
            "The client used a method that you do not have. How can it know which one you have?",
            "RFC 9110, section 15.5.6, asks for the header `Allow` in every 405, with a list of the methods.",
            "`HTTP/1.1 405 Method Not Allowed`, then the line `Allow: GET`",
        ],
    },
    Rule {
        name: "header-flood",
        text: "A head without an end is cut off, and costs no more memory than its limit.",
        points: 1,
        section: "",
        hints: [
            "How much do you collect before you give up?",
            "`RequestHead::parse` says `TooLong` as soon as there is too much. Answer 431, and close.",
            "`Err(HeadError::TooLong) => return refuse(client, \"431 Request Header Fields Too Large\")`",
        ],
    },
    Rule {
        name: "broken-readers",
        text: "Clients that vanish, or stop reading, delay neither `publish` nor other clients.",
        points: 1,
        section: "",
        hints: [
            "What happens to `publish` if it writes to a client whose buffers are full?",
            "It must not write at all. Each client's thread writes, without holding the lock of what is shared.",
            "Copy the events out of the log, drop the guard, and only then `write_all`.",
        ],
    },
];

/// A play on a stage that is made for it.
type Play = fn(Build) -> Played;

fn bodies<T: SseServer>() -> [fn(Seed) -> Verdict; 12] {
    fn on<T: SseServer>(play: Play) -> Verdict {
        verdict(play(Stage::of::<T>))
    }
    [
        |_| on::<T>(plays::stream),
        |_| on::<T>(plays::several_clients),
        |_| on::<T>(plays::resume),
        |_| on::<T>(plays::reset),
        |_| on::<T>(plays::resume_by_address),
        |_| on::<T>(plays::limit_in_bytes),
        |_| on::<T>(plays::pieces),
        |_| on::<T>(plays::half_a_request),
        |_| on::<T>(plays::other_requests),
        |_| on::<T>(plays::allowed_methods),
        |_| on::<T>(plays::header_flood),
        |_| on::<T>(plays::broken_readers),
    ]
}
