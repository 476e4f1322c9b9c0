//! A client on a real connection, which says what it did and what happened.
//!
//! It never waits longer than [`PATIENCE`] for a server that says nothing. A server on the
//! same machine answers within a millisecond; a busy machine may take a hundred times as
//! long.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::rc::Rc;
use std::time::Duration;

use super::model;
use crate::realtime::Message;

/// How long a server may say nothing when it should speak.
pub(super) const PATIENCE: Duration = Duration::from_secs(3);

/// What was done so far, in words, for the report.
pub(super) type Story = Rc<RefCell<Vec<String>>>;

/// A client of a server.
pub(super) struct Client {
    name: &'static str,
    connection: TcpStream,
    story: Story,
    /// What has come and is not understood yet.
    unread: Vec<u8>,
    messages: VecDeque<Message>,
}

/// What a client meets instead of what it expects, in words for the report.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The server sends nothing for as long as [`PATIENCE`].
    Silence(String),
    /// The server has closed the connection, or it broke.
    Gone(String),
    /// What comes is something else.
    Wrong(String),
}

/// The head of an answer.
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
}

impl Client {
    pub(super) fn new(name: &'static str, connection: TcpStream, story: Story) -> io::Result<Self> {
        connection.set_nodelay(true)?;
        connection.set_read_timeout(Some(PATIENCE))?;
        connection.set_write_timeout(Some(PATIENCE))?;
        story.borrow_mut().push(format!("{name} connects"));
        Ok(Self {
            name,
            connection,
            story,
            unread: Vec::new(),
            messages: VecDeque::new(),
        })
    }

    fn tell(&self, what: impl std::fmt::Display) {
        self.story
            .borrow_mut()
            .push(format!("{} {what}", self.name));
    }

    /// Sends these bytes; a server that has closed the connection is no error here.
    pub(super) fn send(&mut self, bytes: &[u8]) {
        self.tell(format_args!("sends \"{}\"", shortened(bytes)));
        let _ = self.connection.write_all(bytes);
    }

    /// Sends these bytes one by one.
    pub(super) fn send_byte_by_byte(&mut self, bytes: &[u8]) {
        self.tell(format_args!("sends byte by byte \"{}\"", shortened(bytes)));
        for byte in bytes {
            let _ = self.connection.write_all(&[*byte]);
        }
    }

    /// Asks for the stream at this address, with these headers.
    pub(super) fn ask(&mut self, address: &str, headers: &str) {
        let head = format!("GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n");
        self.send(head.as_bytes());
    }

    /// More bytes, or what happened instead.
    fn more(&mut self) -> Result<(), Trouble> {
        let mut some = [0; 16 << 10];
        match self.connection.read(&mut some) {
            Ok(0) => Err(Trouble::Gone(format!(
                "the server closed {}'s connection",
                self.name
            ))),
            Ok(n_bytes) => {
                self.unread.extend_from_slice(&some[..n_bytes]);
                Ok(())
            }
            Err(error) if [ErrorKind::WouldBlock, ErrorKind::TimedOut].contains(&error.kind()) => {
                let so_far = match self.unread.is_empty() {
                    true => String::new(),
                    false => format!(", after an incomplete \"{}\"", shortened(&self.unread)),
                };
                Err(Trouble::Silence(format!(
                    "the server sent no byte to {} within {} s{so_far}",
                    self.name,
                    PATIENCE.as_secs()
                )))
            }
            Err(error) => Err(Trouble::Gone(format!(
                "{}'s connection broke: {error}",
                self.name
            ))),
        }
    }

    /// The head of the answer.
    pub(super) fn response(&mut self) -> Result<Response, Trouble> {
        loop {
            let end = self.unread.windows(4).position(|four| four == b"\r\n\r\n");
            if let Some(end) = end {
                let head = String::from_utf8_lossy(&self.unread[..end]).into_owned();
                self.unread.drain(..end + 4);
                self.tell("reads the head of the answer");
                return Response::of(&head).map_err(Trouble::Wrong);
            }
            if self.unread.len() > 64 << 10 {
                return Err(Trouble::Wrong(format!(
                    "the server sent {} more than 64 KiB without the end of a head",
                    self.name
                )));
            }
            self.more()?;
        }
    }

    /// The next event of the stream.
    pub(super) fn message(&mut self) -> Result<Message, Trouble> {
        loop {
            if let Some(message) = self.messages.pop_front() {
                self.tell(format_args!("reads event {}", shown(&message)));
                return Ok(message);
            }
            // Only what ends an event can be taken off without losing a part of the next.
            if [&b"\n\n"[..], b"\r\r", b"\r\n\r\n"]
                .iter()
                .any(|end| self.unread.ends_with(end))
            {
                self.messages = model::read(&std::mem::take(&mut self.unread))
                    .messages
                    .into();
            }
            if self.unread.len() > 8 << 20 {
                return Err(Trouble::Wrong(format!(
                    "the server sent {} more than 8 MiB without the end of an event",
                    self.name
                )));
            }
            if self.messages.is_empty() {
                self.more()?;
            }
        }
    }

    /// Reads to the end of the connection.
    pub(super) fn end(&mut self) -> Result<(), Trouble> {
        for _ in 0..1000 {
            match self.more() {
                Ok(()) => {}
                // Closed, or reset because the server did not read everything.
                Err(Trouble::Gone(_)) => return Ok(()),
                Err(trouble) => return Err(trouble),
            }
        }
        Err(Trouble::Wrong(format!(
            "the server goes on and on sending to {}",
            self.name
        )))
    }

    /// Goes without a word.
    pub(super) fn vanish(self) {
        self.tell("closes the connection");
    }

    /// Still there, and reads nothing more.
    pub(super) fn stall(&self) {
        self.tell("reads nothing from now on");
    }
}

impl Response {
    fn of(head: &str) -> Result<Self, String> {
        let mut lines = head.split("\r\n");
        let first = lines.next().unwrap_or_default();
        let status = first
            .strip_prefix("HTTP/1.1 ")
            .and_then(|rest| rest.get(..3))
            .and_then(|status| status.parse().ok())
            .ok_or_else(|| format!("the answer begins with {first:?}"))?;
        let header = |line: &str| {
            let (name, value) = line
                .split_once(':')
                .ok_or_else(|| format!("a header is {line:?}"))?;
            Ok((name.to_lowercase(), value.trim().to_owned()))
        };
        Ok(Self {
            status,
            headers: lines.map(header).collect::<Result<_, String>>()?,
        })
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// The entries of a list, which may be spread over several headers of the name.
    pub(super) fn list(&self, name: &str) -> Vec<&str> {
        let entries = self.all(name).flat_map(|value| value.split(','));
        entries.map(str::trim).collect()
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let found = self.headers.iter().filter(move |(found, _)| found == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// An event in a few words.
pub(super) fn shown(message: &Message) -> String {
    let kind = match message.event.as_str() {
        "message" => String::new(),
        other => format!(" of type {other:?}"),
    };
    format!(
        "{}{kind} {:?}",
        match message.last_event_id.as_str() {
            "" => "without an id",
            id => id,
        },
        cut(&message.data)
    )
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}… {} bytes", &text[..end], text.len()),
        None => text.to_owned(),
    }
}

fn shortened(bytes: &[u8]) -> String {
    match bytes.len() {
        0..=100 => bytes.escape_ascii().to_string(),
        n_bytes => format!("{}… {n_bytes} bytes", bytes[..40].escape_ascii()),
    }
}
