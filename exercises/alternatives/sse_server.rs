//! Another solution of *Event server*: a bounded queue for each client.
//!
//! The reference has one log, and each thread its place in it. Here `publish` puts the
//! text of an event, made once, into the queue of every client, and cuts off those whose
//! queue is full. The log is asked only when a client comes.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

use exercises::realtime::{HeadError, LogError, LogLimits, RequestHead, SseServer, checks};

/// A client that is so many events behind is cut off.
const QUEUE: usize = 128;

struct Mine {
    limits: LogLimits,
    shared: Mutex<Shared>,
}

#[derive(Default)]
struct Shared {
    newest: u64,
    n_bytes: usize,
    /// Length of the text, and the event as it is sent.
    kept: VecDeque<(usize, Arc<str>)>,
    clients: Vec<SyncSender<Arc<str>>>,
}

impl Shared {
    /// What a client is sent first, and where it gets the rest.
    fn join(&mut self, last: Option<&str>) -> (Vec<Arc<str>>, Receiver<Arc<str>>) {
        let (queue, events) = sync_channel(QUEUE);
        self.clients.push(queue);
        let Some(last) = last else {
            return (Vec::new(), events);
        };
        let n_missed = last.parse().ok().and_then(|id: u64| self.newest.checked_sub(id));
        let first = match n_missed {
            Some(n) if n <= self.kept.len() as u64 => {
                let known = self.kept.len() - n as usize;
                let missed = self.kept.iter().skip(known);
                missed.map(|(_, text)| Arc::clone(text)).collect()
            }
            _ => vec![format!("id: {}\nevent: reset\ndata\n\n", self.newest).into()],
        };
        (first, events)
    }
}

impl SseServer for Mine {
    fn new(limits: LogLimits) -> Self {
        Self {
            limits,
            shared: Mutex::default(),
        }
    }

    fn publish(&self, data: &str) -> Result<u64, LogError> {
        let (bytes, limit) = (data.len(), self.limits.bytes);
        if bytes > limit {
            return Err(LogError::TooLarge { bytes, limit });
        }
        let mut shared = self.shared.lock().expect("nobody panics with it");
        shared.newest += 1;
        let data = data.replace("\r\n", "\n").replace('\r', "\n");
        let lines = data.replace('\n', "\ndata: ");
        let text: Arc<str> = format!("data: {lines}\nid: {}\n\n", shared.newest).into();
        shared.kept.push_back((bytes, Arc::clone(&text)));
        shared.n_bytes += bytes;
        while shared.n_bytes > limit || shared.kept.len() > self.limits.events.get() {
            let oldest = shared.kept.pop_front();
            shared.n_bytes -= oldest.map_or(0, |(bytes, _)| bytes);
        }
        shared
            .clients
            .retain(|client| client.try_send(Arc::clone(&text)).is_ok());
        Ok(shared.newest)
    }

    fn serve(self: Arc<Self>, listener: TcpListener) -> io::Result<()> {
        for connection in listener.incoming() {
            let (server, connection) = (Arc::clone(&self), connection?);
            thread::spawn(move || server.attend(connection));
        }
        Ok(())
    }
}

impl Mine {
    fn attend(&self, mut client: TcpStream) -> io::Result<()> {
        let head = match head_of(&mut client)? {
            Ok(head) => head,
            Err(HeadError::TooLong) => return refuse(&mut client, 431),
            Err(_) => return refuse(&mut client, 400),
        };
        let mut address = head.path.split(['?', '&']);
        match (address.next(), head.method.as_str()) {
            (Some("/events"), "GET") => {}
            (Some("/events"), _) => return refuse(&mut client, 405),
            _ => return refuse(&mut client, 404),
        }
        let after = address.find_map(|part| part.strip_prefix("after="));
        if after.is_some_and(|id| id.parse::<u64>().is_err()) {
            return refuse(&mut client, 400);
        }
        let last = head.header("last-event-id").or(after);
        let joined = |mut shared: std::sync::MutexGuard<'_, Shared>| shared.join(last);
        let (first, events) = joined(self.shared.lock().expect("nobody panics with it"));
        client.write_all(b"HTTP/1.1 200 OK\r\nCache-Control: no-store\r\n")?;
        client.write_all(b"Connection: close\r\nContent-Type: text/event-stream\r\n\r\n")?;
        for text in first.into_iter().chain(events) {
            client.write_all(text.as_bytes())?;
        }
        Ok(())
    }
}

fn head_of(client: &mut TcpStream) -> io::Result<Result<RequestHead, HeadError>> {
    let mut bytes = Vec::new();
    loop {
        let mut next = [0];
        client.read_exact(&mut next)?;
        bytes.extend(next);
        match RequestHead::parse(&bytes) {
            Ok(None) => {}
            Ok(Some(head)) => return Ok(Ok(head)),
            Err(error) => return Ok(Err(error)),
        }
    }
}

fn refuse(client: &mut TcpStream, status: u16) -> io::Result<()> {
    // What is allowed may be said of any answer.
    write!(client, "HTTP/1.1 {status} Refused\r\nallow: GET\r\n")?;
    write!(client, "Content-Length: 0\r\nConnection: close\r\n\r\n")?;
    client.shutdown(Shutdown::Write)?;
    io::copy(client, &mut io::sink())?;
    Ok(())
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("sse_server", checks::sse_server::all::<Mine>)
}
