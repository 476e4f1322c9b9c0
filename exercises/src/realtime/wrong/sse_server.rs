//! Wrong solutions of the exercise `sse_server`.
//!
//! Flaws that show only if two threads meet at the wrong moment are not here: a grader
//! that finds them sometimes is no proof.

use std::io::{self, Read, Write};
use std::marker::PhantomData;
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use crate::catalog::Wrong;
use crate::realtime::{
    EventLog, HeadError, LogError, LogEvent, LogLimits, RequestHead, RingLog, SseEncode, SseEvent,
    SseServer, SseText, checks,
};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::realtime) const ALL: [Wrong; 16] = [
    of::<NoIds>(
        "NoIds",
        "Events are sent without their ids, so a client cannot say what it has.",
        "stream",
    ),
    of::<RawText>(
        "RawText",
        "The text is written as it is, and its second line is no `data` line.",
        "stream",
    ),
    of::<HasALength>(
        "HasALength",
        "The head says `Content-Length: 0`, so a client takes nothing of what follows.",
        "stream",
    ),
    of::<PlainText>(
        "PlainText",
        "The content type is `text/plain`; browsers give up on such a stream.",
        "stream",
    ),
    of::<OneAtATime>(
        "OneAtATime",
        "The loop that accepts serves the connection itself: the second client waits until the first has gone.",
        "several-clients",
    ),
    of::<FirstComeFirstServed>(
        "FirstComeFirstServed",
        "All threads take from one place in the log, so each event goes to one client instead of to all.",
        "several-clients",
    ),
    of::<AlwaysFromNow>(
        "AlwaysFromNow",
        "`Last-Event-ID` is not looked at: what was published while the client was away is lost.",
        "resume",
    ),
    of::<OnceMore>(
        "OnceMore",
        "The event that the client names is sent once more.",
        "resume",
    ),
    of::<SilentGap>(
        "SilentGap",
        "If events are forgotten, it goes on with those that are left, and the client never learns of the gap.",
        "reset",
    ),
    of::<ResetWithoutData>(
        "ResetWithoutData",
        "The `reset` has no `data` line, and clients deliver no event without one.",
        "reset",
    ),
    of::<OneRead>(
        "OneRead",
        "It takes what the first `read` brings for the whole request.",
        "pieces",
    ),
    of::<ReadsBeforeSpawning>(
        "ReadsBeforeSpawning",
        "The loop that accepts reads the head itself, so one client that sends half of one stops all that come after it.",
        "half-a-request",
    ),
    of::<KeepsRefusedOpen>(
        "KeepsRefusedOpen",
        "A refused connection stays open: the client waits, and the server holds a thread for it.",
        "other-requests",
    ),
    of::<AnyMethod>(
        "AnyMethod",
        "It looks at the path only, and answers a DELETE with the stream.",
        "other-requests",
    ),
    of::<NoLimit>(
        "NoLimit",
        "It collects a head for as long as its end does not come: one client can fill the memory.",
        "header-flood",
    ),
    of::<WritesUnderTheLock>(
        "WritesUnderTheLock",
        "A thread writes while it holds the log's lock: one client that does not read stops `publish` and all others.",
        "broken-readers",
    ),
];

const fn of<F: Flaw>(
    name: &'static str,
    diagnosis: &'static str,
    rejected_by: &'static str,
) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::sse_server::all::<Flawed<F>>,
    }
}

/// What a wrong server does otherwise; the default of each part is right.
struct Parts {
    head: &'static str,
    text: fn(&LogEvent) -> String,
    reset: fn(u64) -> String,
    one_at_a_time: bool,
    one_place_for_all: bool,
    place: fn(&RequestHead, u64) -> u64,
    tells_of_gaps: bool,
    reads_once: bool,
    reads_before_spawning: bool,
    closes_refused: bool,
    looks_at_method: bool,
    limits_heads: bool,
    writes_under_the_lock: bool,
}

const RIGHT: Parts = Parts {
    head: "Content-Type: text/event-stream\r\n",
    text: |event| {
        let id = Some(event.id.to_string());
        written(SseEvent {
            id,
            ..SseEvent::of(event.data.as_str())
        })
    },
    reset: |newest| {
        written(SseEvent {
            id: Some(newest.to_string()),
            event: Some("reset".to_owned()),
            ..SseEvent::default()
        })
    },
    one_at_a_time: false,
    one_place_for_all: false,
    place: |head, newest| match head.header("Last-Event-ID") {
        Some(id) => id.parse().unwrap_or(u64::MAX),
        None => newest,
    },
    tells_of_gaps: true,
    reads_once: false,
    reads_before_spawning: false,
    closes_refused: true,
    looks_at_method: true,
    limits_heads: true,
    writes_under_the_lock: false,
};

fn written(event: SseEvent) -> String {
    SseText::encode(&event).expect("an id is a number")
}

trait Flaw: Send + Sync + 'static {
    const PARTS: Parts;
}

/// A server with this flaw.
struct Flawed<F> {
    log: Mutex<RingLog>,
    /// For the flaw that has one place for all.
    place: Mutex<u64>,
    news: Condvar,
    flaw: PhantomData<F>,
}

/// The status with which a request is refused.
type Refused = u16;

impl<F: Flaw> SseServer for Flawed<F> {
    fn new(limits: LogLimits) -> Self {
        Self {
            log: Mutex::new(RingLog::new(limits)),
            place: Mutex::new(0),
            news: Condvar::new(),
            flaw: PhantomData,
        }
    }

    fn publish(&self, data: &str) -> Result<u64, LogError> {
        let id = self.log.lock().expect("not poisoned").append(data)?;
        self.news.notify_all();
        Ok(id)
    }

    fn serve(self: Arc<Self>, listener: TcpListener) -> io::Result<()> {
        loop {
            let (mut client, _) = listener.accept()?;
            let server = Arc::clone(&self);
            if F::PARTS.one_at_a_time {
                let _ = Self::read_head(&mut client).and_then(|head| server.attend(client, head));
            } else if F::PARTS.reads_before_spawning {
                let head = Self::read_head(&mut client);
                thread::spawn(move || head.and_then(|head| server.attend(client, head)));
            } else {
                thread::spawn(move || {
                    Self::read_head(&mut client).and_then(|head| server.attend(client, head))
                });
            }
        }
    }
}

impl<F: Flaw> Flawed<F> {
    fn read_head(client: &mut TcpStream) -> io::Result<Result<RequestHead, Refused>> {
        let mut read = Vec::new();
        let mut piece = [0; 1024];
        loop {
            match RequestHead::parse(&read) {
                Ok(Some(head)) => return Ok(Ok(head)),
                Err(HeadError::TooLong) if F::PARTS.limits_heads => return Ok(Err(431)),
                Err(HeadError::TooLong) | Ok(None) => {}
                Err(_) => return Ok(Err(400)),
            }
            if F::PARTS.reads_once && !read.is_empty() {
                return Ok(Err(400));
            }
            match client.read(&mut piece)? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                n_bytes => read.extend_from_slice(&piece[..n_bytes]),
            }
        }
    }

    fn attend(&self, mut client: TcpStream, head: Result<RequestHead, Refused>) -> io::Result<()> {
        let parts = F::PARTS;
        let refused = match &head {
            Err(status) => Some(*status),
            Ok(head) if head.path != "/events" => Some(404),
            Ok(head) if parts.looks_at_method && head.method != "GET" => Some(405),
            Ok(_) => None,
        };
        let head = match (refused, head) {
            (None, Ok(head)) => head,
            (status, _) => {
                let status = status.unwrap_or(400);
                write!(client, "HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n")?;
                if parts.closes_refused {
                    client.shutdown(std::net::Shutdown::Write)?;
                }
                io::copy(&mut client, &mut io::sink())?;
                return Ok(());
            }
        };
        let newest = self.log.lock().expect("not poisoned").newest();
        let mut place = (parts.place)(&head, newest);
        write!(client, "HTTP/1.1 200 OK\r\n{}\r\n", parts.head)?;
        loop {
            self.send_next(&mut client, &mut place)?;
        }
    }

    fn send_next(&self, client: &mut TcpStream, own: &mut u64) -> io::Result<()> {
        let parts = F::PARTS;
        let log = self.log.lock().expect("not poisoned");
        let mut shared = self.place.lock().expect("not poisoned");
        let place = match parts.one_place_for_all {
            true => &mut *shared,
            false => own,
        };
        let answer = log.after(*place, 8);
        if answer == Ok(Vec::new()) {
            drop(shared);
            drop(self.news.wait(log).expect("not poisoned"));
            return Ok(());
        }
        let text = match answer {
            Ok(events) => {
                *place = events.last().map_or(*place, |event| event.id);
                events.iter().map(parts.text).collect()
            }
            Err(LogError::Forgotten { oldest }) if !parts.tells_of_gaps => {
                *place = oldest - 1;
                String::new()
            }
            Err(_) => {
                *place = log.newest();
                (parts.reset)(*place)
            }
        };
        drop(shared);
        // A guard that is held on to is one that lives to the end of the block.
        let held = parts.writes_under_the_lock.then_some(log);
        let sent = client.write_all(text.as_bytes());
        drop(held);
        sent
    }
}

/// Tells that `$name` is right but for these parts.
macro_rules! flaws {
    ($($name:ident { $($part:ident: $value:expr),* })*) => {
        $(
            struct $name;
            impl Flaw for $name {
                const PARTS: Parts = Parts { $($part: $value,)* ..RIGHT };
            }
        )*
    };
}

flaws! {
    NoIds { text: |event| written(SseEvent::of(event.data.as_str())) }
    RawText { text: |event| format!("id: {}\ndata: {}\n\n", event.id, event.data) }
    HasALength { head: "Content-Type: text/event-stream\r\nContent-Length: 0\r\n" }
    PlainText { head: "Content-Type: text/plain\r\n" }
    OneAtATime { one_at_a_time: true }
    FirstComeFirstServed { one_place_for_all: true }
    AlwaysFromNow { place: |_, newest| newest }
    OnceMore {
        place: |head, newest| {
            let id = head.header("Last-Event-ID").and_then(|id| id.parse().ok());
            id.map_or(newest, |id: u64| id.saturating_sub(1))
        }
    }
    SilentGap { tells_of_gaps: false }
    ResetWithoutData { reset: |newest| format!("event: reset\nid: {newest}\n\n") }
    OneRead { reads_once: true }
    ReadsBeforeSpawning { reads_before_spawning: true }
    KeepsRefusedOpen { closes_refused: false }
    AnyMethod { looks_at_method: false }
    NoLimit { limits_heads: false }
    WritesUnderTheLock { writes_under_the_lock: true }
}
