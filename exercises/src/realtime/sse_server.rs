//! Server-sent events with a thread for each client, around one log.
//!
//! No client has a queue: each thread remembers how far it has read in the log, and waits
//! for more. So memory is bounded by the log, whatever clients do, and a slow one slows
//! nobody: it falls behind, and is told so when the log has forgotten its place. What
//! came in while a thread was writing goes out in one write.
//!
//! Each thread costs a stack, and a lock that all of them take for every event; some
//! hundreds of clients are fine.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::num::ParseIntError;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::{
    EventLog, HeadError, LogError, LogLimits, RequestHead, RingLog, SseEncode, SseEvent, SseServer,
    SseText,
};

/// A head comes in one packet; who needs longer than this holds a thread for nothing.
const HEAD_PATIENCE: Duration = Duration::from_secs(10);
/// A client that takes nothing for so long is cut off.
const WRITE_PATIENCE: Duration = Duration::from_secs(30);
/// Proxies close what is silent for too long; the standard advises a comment every 15 s or so.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// As many events are joined into one write.
const BATCH: usize = 64;

/// The reference for [`SseServer`].
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::realtime::{LogLimits, SseServer, ThreadedSse};
///
/// let server = ThreadedSse::new(LogLimits { events: NonZeroUsize::MIN, bytes: 100 });
/// assert_eq!(server.publish("nobody listens yet"), Ok(1));
/// ```
///
/// # Time complexity
///
/// `publish` is O(text + threads to wake).
#[derive(Debug)]
pub struct ThreadedSse {
    log: Mutex<RingLog>,
    news: Condvar,
}

// ANCHOR: sse_server
impl SseServer for ThreadedSse {
    fn new(limits: LogLimits) -> Self {
        Self {
            log: Mutex::new(RingLog::new(limits)),
            news: Condvar::new(),
        }
    }

    fn publish(&self, data: &str) -> Result<u64, LogError> {
        let id = self.log().append(data)?;
        self.news.notify_all();
        Ok(id)
    }

    fn serve(self: Arc<Self>, listener: TcpListener) -> io::Result<()> {
        loop {
            let connection = match listener.accept() {
                Ok((connection, _)) => connection,
                // The client changed its mind; the next one may not.
                Err(error) if error.kind() == ErrorKind::ConnectionAborted => continue,
                Err(error) => return Err(error),
            };
            let server = Arc::clone(&self);
            // Without a thread for it the connection is closed, and the client tries again.
            let _ = thread::Builder::new().spawn(move || server.attend(connection));
        }
    }
}

impl ThreadedSse {
    /// One client, until it is gone.
    fn attend(&self, mut client: TcpStream) -> io::Result<()> {
        client.set_nodelay(true)?;
        client.set_read_timeout(Some(HEAD_PATIENCE))?;
        client.set_write_timeout(Some(WRITE_PATIENCE))?;
        let head = match read_head(&mut client)? {
            Ok(head) => head,
            Err(HeadError::TooLong) => {
                return refuse(client, "431 Request Header Fields Too Large");
            }
            Err(_) => return refuse(client, "400 Bad Request"),
        };
        let (path, query) = head.path.split_once('?').unwrap_or((&head.path, ""));
        if path != "/events" {
            return refuse(client, "404 Not Found");
        }
        if head.method != "GET" {
            return refuse(client, "405 Method Not Allowed\r\nAllow: GET");
        }
        // Before the head is sent: what is published from then on must arrive.
        let newest = self.log().newest();
        let Ok(named) = last_event(&head, query) else {
            return refuse(client, "400 Bad Request");
        };
        let mut place = named.unwrap_or(newest);
        client.write_all(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\
              Cache-Control: no-store\r\nConnection: close\r\n\r\n",
        )?;
        loop {
            let text = self.next_text(&mut place);
            client.write_all(text.as_bytes())?;
        }
    }

    /// What to send to a client that has read up to `place`; waits until there is something.
    fn next_text(&self, place: &mut u64) -> String {
        let nothing_new = |log: &mut RingLog| log.after(*place, 1) == Ok(Vec::new());
        let waited = self
            .news
            .wait_timeout_while(self.log(), KEEP_ALIVE, nothing_new);
        let (log, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let Ok(events) = log.after(*place, BATCH) else {
            *place = log.newest();
            let reset = SseEvent {
                event: Some("reset".to_owned()),
                id: Some(place.to_string()),
                ..SseEvent::default()
            };
            return written(&reset);
        };
        // Nobody waits for this thread while it writes.
        drop(log);
        let Some(last) = events.last() else {
            return SseText::comment("");
        };
        *place = last.id;
        let texts = events.into_iter().map(|event| {
            written(&SseEvent {
                id: Some(event.id.to_string()),
                ..SseEvent::of(event.data)
            })
        });
        texts.collect()
    }

    fn log(&self) -> MutexGuard<'_, RingLog> {
        // No thread panics with the log half changed.
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The id that the client names; `Err` if its address names something else.
fn last_event(head: &RequestHead, query: &str) -> Result<Option<u64>, ParseIntError> {
    // A browser that reconnects repeats the address, and adds where it got to since.
    if let Some(id) = head.header("Last-Event-ID") {
        // Refused, it would never come back. What is no number was never given, as little
        // as the largest one.
        return Ok(Some(id.parse().unwrap_or(u64::MAX)));
    }
    let id = query
        .split('&')
        .find_map(|part| part.strip_prefix("after="));
    id.map(str::parse).transpose()
}
// ANCHOR_END: sse_server

fn written(event: &SseEvent) -> String {
    SseText::encode(event).expect("a number has no line break")
}

/// The head of the request, in however many pieces it comes.
fn read_head(client: &mut TcpStream) -> io::Result<Result<RequestHead, HeadError>> {
    let mut read = Vec::new();
    let mut piece = [0; 1024];
    loop {
        match RequestHead::parse(&read).transpose() {
            Some(head) => return Ok(head),
            None => match client.read(&mut piece)? {
                0 => return Err(ErrorKind::UnexpectedEof.into()),
                n_bytes => read.extend_from_slice(&piece[..n_bytes]),
            },
        }
    }
}

/// Answers, and closes the connection when the client has read the answer, or soon after.
fn refuse(mut client: TcpStream, status: &str) -> io::Result<()> {
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    client.write_all(head.as_bytes())?;
    client.shutdown(std::net::Shutdown::Write)?;
    // Closed with bytes unread, the connection would be reset, and the answer lost.
    io::copy(&mut client.take(1 << 20), &mut io::sink())?;
    Ok(())
}
