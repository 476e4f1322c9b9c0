//! A server of a learner's at work, with clients around it.

use std::io;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, JoinHandle};

use super::client::{Client, PATIENCE, Story, shown};
use crate::grade::{Counterexample, Dialler, Loopback};
use crate::realtime::{LogError, LogLimits, Message, SseServer};

/// A server without its type, so that the checks are compiled once.
pub(super) trait Served: Send + Sync {
    fn publish(&self, data: &str) -> Result<u64, LogError>;
}

impl<T: SseServer> Served for T {
    fn publish(&self, data: &str) -> Result<u64, LogError> {
        SseServer::publish(self, data)
    }
}

/// A server, the way to it, and what has happened.
pub(super) struct Stage {
    server: Arc<dyn Served>,
    serving: JoinHandle<io::Result<()>>,
    dialler: Dialler,
    story: Story,
}

/// Makes a stage with a server that keeps so much.
pub(super) type Build = fn(LogLimits) -> Result<Stage, Counterexample>;

pub(super) fn limits(events: usize, bytes: usize) -> LogLimits {
    LogLimits {
        events: NonZeroUsize::new(events).expect("a log keeps an event"),
        bytes,
    }
}

impl Stage {
    pub(super) fn of<T: SseServer>(limits: LogLimits) -> Result<Self, Counterexample> {
        let story = Story::default();
        let LogLimits { events, bytes } = limits;
        story
            .borrow_mut()
            .push(format!("a server keeps {events} events and {bytes} bytes"));
        // On this thread, so that an unwritten `new` is seen to be one.
        let server = Arc::new(T::new(limits));
        let no_network = |error: io::Error| {
            Counterexample::new(
                "a socket on 127.0.0.1",
                "the system gives one",
                error.to_string(),
            )
        };
        let Loopback { listener, dialler } = Loopback::take().map_err(no_network)?;
        let served = Arc::clone(&server);
        Ok(Self {
            server,
            serving: thread::spawn(move || served.serve(listener)),
            dialler,
            story,
        })
    }

    /// What was done so far.
    pub(super) fn so_far(&self) -> String {
        self.story.borrow().join("\n")
    }

    /// What should have happened, and what did.
    pub(super) fn fail(
        &self,
        expected: impl Into<String>,
        actual: impl Into<String>,
    ) -> Counterexample {
        let mut actual = actual.into();
        if self.serving.is_finished() {
            actual += "; `serve` has ended";
        }
        Counterexample::new(self.so_far(), expected, actual)
    }

    /// A new client.
    pub(super) fn client(&self, name: &'static str) -> Result<Client, Counterexample> {
        self.dialler
            .dial()
            .and_then(|connection| Client::new(name, connection, Story::clone(&self.story)))
            .map_err(|error| self.fail(format!("{name} can connect"), error.to_string()))
    }

    /// A new client that has asked for the stream, with these headers, and read the head.
    pub(super) fn listener(
        &self,
        name: &'static str,
        headers: &str,
    ) -> Result<Client, Counterexample> {
        let mut client = self.client(name)?;
        client.ask(headers);
        self.is_stream(&mut client)?;
        Ok(client)
    }

    /// The head of a stream is next.
    pub(super) fn is_stream(&self, client: &mut Client) -> Result<(), Counterexample> {
        let expected = "200 with `Content-Type: text/event-stream`, and neither `Content-Length` nor `Transfer-Encoding`";
        let response = client
            .response()
            .map_err(|what| self.fail(expected, what))?;
        let kind = response.header("content-type").unwrap_or("nothing");
        let framed = ["content-length", "transfer-encoding"];
        let framed = framed
            .into_iter()
            .find(|name| response.header(name).is_some());
        let actual = match (response.status, framed) {
            (200, None) if kind.split(';').next() == Some("text/event-stream") => return Ok(()),
            (200, Some(name)) => format!("200 with `{name}`"),
            (200, None) => format!("200 with the content type {kind}"),
            (status, _) => format!("the status {status}"),
        };
        Err(self.fail(expected, actual))
    }

    /// Publishes on a thread of its own, because it may never return.
    pub(super) fn publish(&self, data: &str, id: u64) -> Result<(), Counterexample> {
        let shortened: String = data.chars().take(20).collect();
        let dots = if data.len() > 20 { "…" } else { "" };
        self.story
            .borrow_mut()
            .push(format!("the server publishes \"{shortened}{dots}\""));
        let (answer, answered) = mpsc::channel();
        let (server, data) = (Arc::clone(&self.server), data.to_owned());
        thread::spawn(move || {
            // Nobody listens any more if the time was up.
            let _ = answer.send(server.publish(&data));
        });
        let actual = match answered.recv_timeout(PATIENCE) {
            Ok(Ok(given)) if given == id => return Ok(()),
            Ok(answer) => format!("`publish` answers {answer:?}"),
            Err(RecvTimeoutError::Timeout) => {
                format!("`publish` did not return within {} s", PATIENCE.as_secs())
            }
            Err(RecvTimeoutError::Disconnected) => {
                "`publish` panicked; the output has the message".to_owned()
            }
        };
        Err(self.fail(format!("`publish` answers Ok({id})"), actual))
    }

    /// The next event that the client reads is this one.
    pub(super) fn reads(
        &self,
        client: &mut Client,
        id: u64,
        data: &str,
    ) -> Result<(), Counterexample> {
        let expected = Message {
            event: "message".to_owned(),
            data: data.to_owned(),
            last_event_id: id.to_string(),
        };
        let words = format!("the next event is {}", shown(&expected));
        match client.message() {
            Ok(message) if message == expected => Ok(()),
            Ok(message) => Err(self.fail(words, format!("it is {}", shown(&message)))),
            Err(what) => Err(self.fail(words, what)),
        }
    }

    /// The next event that the client reads is a reset to this id.
    pub(super) fn reads_reset(&self, client: &mut Client, id: u64) -> Result<(), Counterexample> {
        let words = format!("the next event is {id} of type \"reset\"");
        match client.message() {
            Ok(message) if message.event == "reset" && message.last_event_id == id.to_string() => {
                Ok(())
            }
            Ok(message) => Err(self.fail(words, format!("it is {}", shown(&message)))),
            Err(what) => Err(self.fail(words, what)),
        }
    }

    /// The client is refused with this status, and its connection is closed.
    pub(super) fn is_refused(
        &self,
        client: &mut Client,
        status: u16,
    ) -> Result<(), Counterexample> {
        let expected = format!("status {status}, and the connection is closed");
        let response = client
            .response()
            .map_err(|what| self.fail(&expected, what))?;
        if response.status != status {
            return Err(self.fail(&expected, format!("the status {}", response.status)));
        }
        client.end().map_err(|what| self.fail(&expected, what))
    }
}
