//! A server some part of which is wrong.

use std::io::{self, Read, Write};
use std::marker::PhantomData;
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use crate::realtime::{
    EventLog, HeadError, LogError, LogEvent, LogLimits, RequestHead, RingLog, SseEncode, SseEvent,
    SseServer, SseText,
};

/// What a wrong server does otherwise; the default of each part is right.
pub(super) struct Parts {
    pub(super) bytes: Bytes,
    pub(super) head: &'static str,
    pub(super) text: fn(&LogEvent) -> String,
    pub(super) reset: fn(u64) -> String,
    pub(super) one_at_a_time: bool,
    pub(super) one_place_for_all: bool,
    pub(super) splits_address: bool,
    pub(super) place: Place,
    pub(super) tells_of_gaps: bool,
    pub(super) reads_once: bool,
    pub(super) reads_before_spawning: bool,
    pub(super) closes_refused: bool,
    pub(super) looks_at_method: bool,
    pub(super) allow: &'static str,
    pub(super) limits_heads: bool,
    pub(super) writes_under_the_lock: bool,
}

/// Which bytes are held to the limit.
pub(super) enum Bytes {
    OfAll,
    OfEach,
    Any,
}

/// Where a client begins, by the id in its header, the one in its address, and the newest;
/// `None` refuses it.
type Place = fn(Option<&str>, Option<&str>, u64) -> Option<u64>;

pub(super) const RIGHT: Parts = Parts {
    bytes: Bytes::OfAll,
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
    splits_address: true,
    place,
    tells_of_gaps: true,
    reads_once: false,
    reads_before_spawning: false,
    closes_refused: true,
    looks_at_method: true,
    allow: "Allow: GET\r\n",
    limits_heads: true,
    writes_under_the_lock: false,
};

pub(super) fn place(header: Option<&str>, address: Option<&str>, newest: u64) -> Option<u64> {
    match (header, address) {
        (Some(id), _) => Some(id.parse().unwrap_or(u64::MAX)),
        (None, Some(id)) => id.parse().ok(),
        (None, None) => Some(newest),
    }
}

pub(super) fn written(event: SseEvent) -> String {
    SseText::encode(&event).expect("an id is a number")
}

pub(super) trait Flaw: Send + Sync + 'static {
    const PARTS: Parts;
}

/// A server with this flaw.
pub(super) struct Flawed<F> {
    limits: LogLimits,
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
        let bytes = match F::PARTS.bytes {
            Bytes::OfAll => limits.bytes,
            Bytes::OfEach | Bytes::Any => usize::MAX,
        };
        Self {
            limits,
            log: Mutex::new(RingLog::new(LogLimits { bytes, ..limits })),
            place: Mutex::new(0),
            news: Condvar::new(),
            flaw: PhantomData,
        }
    }

    fn publish(&self, data: &str) -> Result<u64, LogError> {
        let (bytes, limit) = (data.len(), self.limits.bytes);
        if matches!(F::PARTS.bytes, Bytes::OfEach) && bytes > limit {
            return Err(LogError::TooLarge { bytes, limit });
        }
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
        let newest = self.log.lock().expect("not poisoned").newest();
        let mut place = match head.and_then(|head| Self::understand(&head, newest)) {
            Ok(place) => place,
            Err(status) => return Self::refuse(client, status),
        };
        write!(client, "HTTP/1.1 200 OK\r\n{}\r\n", parts.head)?;
        loop {
            self.send_next(&mut client, &mut place)?;
        }
    }

    /// Where the client begins.
    fn understand(head: &RequestHead, newest: u64) -> Result<u64, Refused> {
        let parts = F::PARTS;
        let whole = (head.path.as_str(), "");
        let (path, query) = match parts.splits_address {
            true => head.path.split_once('?').unwrap_or(whole),
            false => whole,
        };
        if path != "/events" {
            return Err(404);
        }
        if parts.looks_at_method && head.method != "GET" {
            return Err(405);
        }
        let address = query
            .split('&')
            .find_map(|part| part.strip_prefix("after="));
        (parts.place)(head.header("Last-Event-ID"), address, newest).ok_or(400)
    }

    fn refuse(mut client: TcpStream, status: Refused) -> io::Result<()> {
        let allow = match status {
            405 => F::PARTS.allow,
            _ => "",
        };
        write!(
            client,
            "HTTP/1.1 {status} No\r\n{allow}Content-Length: 0\r\n\r\n"
        )?;
        if F::PARTS.closes_refused {
            client.shutdown(std::net::Shutdown::Write)?;
        }
        io::copy(&mut client, &mut io::sink())?;
        Ok(())
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
