//! A server of a learner's at work, with clients around it.

use std::io;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, JoinHandle};

use super::client::{Client, PATIENCE, Response, Story, Trouble, shown};
use crate::grade::{Counterexample, Dialler, Loopback, Verdict};
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
pub(super) type Build = fn(LogLimits) -> Result<Stage, Failure>;

/// What went otherwise than it should.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) found: Counterexample,
    /// Whether something was waited for that did not come, for as long as [`PATIENCE`].
    pub(super) in_vain: bool,
}

/// What a play on a stage ends with.
pub(super) type Played<T = ()> = Result<T, Failure>;

impl From<Failure> for Counterexample {
    fn from(failure: Failure) -> Self {
        failure.found
    }
}

/// The play as a check.
pub(super) fn verdict(played: Played) -> Verdict {
    played.map_err(Counterexample::from)
}

pub(super) fn limits(events: usize, bytes: usize) -> LogLimits {
    LogLimits {
        events: NonZeroUsize::new(events).expect("a log keeps an event"),
        bytes,
    }
}

impl Stage {
    pub(super) fn of<T: SseServer>(limits: LogLimits) -> Played<Self> {
        let story = Story::default();
        let LogLimits { events, bytes } = limits;
        story
            .borrow_mut()
            .push(format!("a server keeps {events} events and {bytes} bytes"));
        // On this thread, so that an unwritten `new` is seen to be one.
        let server = Arc::new(T::new(limits));
        let no_network = |error: io::Error| Failure {
            found: Counterexample::new(
                "a socket on 127.0.0.1",
                "the system gives one",
                error.to_string(),
            ),
            in_vain: false,
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
    pub(super) fn fail(&self, expected: impl Into<String>, actual: impl Into<String>) -> Failure {
        let mut actual = actual.into();
        if self.serving.is_finished() {
            actual += "; `serve` has ended";
        }
        Failure {
            found: Counterexample::new(self.so_far(), expected, actual),
            in_vain: false,
        }
    }

    /// What should have happened, and what a client met instead.
    pub(super) fn trouble(&self, expected: impl Into<String>, trouble: Trouble) -> Failure {
        let in_vain = matches!(trouble, Trouble::Silence(_));
        let (Trouble::Silence(what) | Trouble::Gone(what) | Trouble::Wrong(what)) = trouble;
        Failure {
            in_vain,
            ..self.fail(expected, what)
        }
    }

    /// A new client.
    pub(super) fn client(&self, name: &'static str) -> Played<Client> {
        self.dialler
            .dial()
            .and_then(|connection| Client::new(name, connection, Story::clone(&self.story)))
            .map_err(|error| self.fail(format!("{name} can connect"), error.to_string()))
    }

    /// A new client that has asked for the stream, with these headers, and read the head.
    pub(super) fn listener(&self, name: &'static str, headers: &str) -> Played<Client> {
        self.listener_at(name, "/events", headers)
    }

    /// The same, at an address of its own.
    pub(super) fn listener_at(
        &self,
        name: &'static str,
        address: &str,
        headers: &str,
    ) -> Played<Client> {
        let mut client = self.client(name)?;
        client.ask(address, headers);
        self.is_stream(&mut client)?;
        Ok(client)
    }

    /// The head of a stream is next.
    pub(super) fn is_stream(&self, client: &mut Client) -> Played {
        let expected = "200 with `Content-Type: text/event-stream`, and neither `Content-Length` nor `Transfer-Encoding`";
        let response = client
            .response()
            .map_err(|trouble| self.trouble(expected, trouble))?;
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

    /// The server takes an event, and gives it this id.
    pub(super) fn publish(&self, data: &str, id: u64) -> Played {
        self.publishes(data, &Ok(id))
    }

    /// The server is handed an event, and answers so.
    ///
    /// On a thread of its own, because `publish` may never return.
    pub(super) fn publishes(&self, data: &str, expected: &Result<u64, LogError>) -> Played {
        let shortened: String = data.chars().take(20).collect();
        let dots = if data.len() > shortened.len() {
            "…"
        } else {
            ""
        };
        self.story
            .borrow_mut()
            .push(format!("the server publishes \"{shortened}{dots}\""));
        let (answer, answered) = mpsc::channel();
        let (server, data) = (Arc::clone(&self.server), data.to_owned());
        thread::spawn(move || {
            // Nobody listens any more if the time was up.
            let _ = answer.send(server.publish(&data));
        });
        let expected_words = format!("`publish` answers {expected:?}");
        let found = |actual: String| self.fail(expected_words, actual);
        match answered.recv_timeout(PATIENCE) {
            Ok(answer) if answer == *expected => Ok(()),
            Ok(answer) => Err(found(format!("`publish` answers {answer:?}"))),
            Err(RecvTimeoutError::Timeout) => Err(Failure {
                in_vain: true,
                ..found(format!(
                    "`publish` did not return within {} s",
                    PATIENCE.as_secs()
                ))
            }),
            Err(RecvTimeoutError::Disconnected) => Err(found(
                "`publish` panicked; the output has the message".to_owned(),
            )),
        }
    }

    /// The next event that the client reads is this one.
    pub(super) fn reads(&self, client: &mut Client, id: u64, data: &str) -> Played {
        let expected = Message {
            event: "message".to_owned(),
            data: data.to_owned(),
            last_event_id: id.to_string(),
        };
        let words = format!("the next event is {}", shown(&expected));
        match client.message() {
            Ok(message) if message == expected => Ok(()),
            Ok(message) => Err(self.fail(words, format!("it is {}", shown(&message)))),
            Err(trouble) => Err(self.trouble(words, trouble)),
        }
    }

    /// The next event that the client reads is a reset to this id.
    pub(super) fn reads_reset(&self, client: &mut Client, id: u64) -> Played {
        let words = format!("the next event is {id} of type \"reset\"");
        match client.message() {
            Ok(message) if message.event == "reset" && message.last_event_id == id.to_string() => {
                Ok(())
            }
            Ok(message) => Err(self.fail(words, format!("it is {}", shown(&message)))),
            Err(trouble) => Err(self.trouble(words, trouble)),
        }
    }

    /// The client is refused with this status, and its connection is closed. Answers the
    /// head.
    pub(super) fn is_refused(&self, client: &mut Client, status: u16) -> Played<Response> {
        let expected = format!("status {status}, and the connection is closed");
        let response = client
            .response()
            .map_err(|trouble| self.trouble(&expected, trouble))?;
        if response.status != status {
            return Err(self.fail(&expected, format!("the status {}", response.status)));
        }
        client
            .end()
            .map_err(|trouble| self.trouble(&expected, trouble))?;
        Ok(response)
    }
}
