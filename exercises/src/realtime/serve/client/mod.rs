//! The clients of the four ways, behind one interface.
//!
//! A feed is asked for the next thing and gets it; connections that end, pauses before the
//! next try and the place to go on from are its own matter, as they are the browser's in
//! `EventSource`. For WebSockets a page has to do this by hand.
//!
//! It trusts its server: an answer may be of any length.

mod chunked;
mod counted;
mod http;
mod news;
mod polls;
mod streams;

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};

use super::Cursor;
use counted::{Counted, Meter};
use streams::Stream;

pub use counted::Traffic;
pub use news::News;

/// A way for news to reach a client.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::realtime::serve::Way;
///
/// let way = Way::Poll { every: Duration::from_millis(500) };
/// assert_ne!(way, Way::Wait);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Ask again and again.
    Poll {
        /// Time from one question to the next.
        every: Duration,
    },
    /// Ask, and wait for the answer.
    Wait,
    /// Server-sent events.
    Events,
    /// A WebSocket.
    Socket,
}

/// Why a feed ends.
///
/// # Examples
///
/// ```
/// use exercises::realtime::serve::FeedError;
///
/// let error = FeedError::Refused { status: 404 };
/// assert_eq!(error.to_string(), "the server answers 404; trying again would change nothing");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FeedError {
    /// The server does not serve this.
    #[error("the server answers {status}; trying again would change nothing")]
    Refused {
        /// Of the answer.
        status: u16,
    },
    /// There is no server, or it ends every connection before anything has come.
    #[error("no answer in {tries} tries; is the server there?")]
    Unreachable {
        /// How often it was tried in a row.
        tries: u32,
    },
}

/// The connection is of no use any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Lost;

/// How an attempt to learn something failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failure {
    Lost,
    Full { retry: Option<Duration> },
    Refused { status: u16 },
}

impl From<Lost> for Failure {
    fn from(_: Lost) -> Self {
        Self::Lost
    }
}

/// How often a feed tries in a row before it says that nobody is there.
const TRIES: u32 = 20;

/// Before the server has said how long to wait; browsers take some seconds, and here it
/// matters less whether a server on this machine is asked in vain.
const FIRST_RETRY: Duration = Duration::from_millis(100);

/// News from a server, in one of the four ways. For an example see [`Server`](super::Server).
///
/// # Examples
///
/// ```
/// use exercises::realtime::serve::{Feed, Way};
///
/// let feed = Feed::new(([127, 0, 0, 1], 8080).into(), Way::Events);
/// assert_eq!(feed.at(), None, "it has nothing yet");
/// ```
#[derive(Debug)]
pub struct Feed {
    address: SocketAddr,
    way: Way,
    at: Option<Cursor>,
    ready: VecDeque<News>,
    /// Of polls, between two of them.
    idle: Option<Counted>,
    stream: Option<Stream>,
    next_poll: Instant,
    retry: Duration,
    meter: Arc<Meter>,
}

impl Feed {
    /// A feed from the oldest event that the server keeps. It connects when it is asked.
    pub fn new(address: SocketAddr, way: Way) -> Self {
        Self::resume(address, way, None)
    }

    /// A feed of what follows `at`.
    pub fn resume(address: SocketAddr, way: Way, at: Option<Cursor>) -> Self {
        Self {
            address,
            way,
            at,
            ready: VecDeque::new(),
            idle: None,
            stream: None,
            next_poll: Instant::now(),
            retry: FIRST_RETRY,
            meter: Arc::default(),
        }
    }

    /// Puts the first poll off. Clients that all begin at the same moment would all ask at the
    /// same moments ever after.
    pub fn begin_in(&mut self, pause: Duration) {
        self.next_poll = Instant::now() + pause;
    }

    /// The place of the last event that it has given out.
    pub fn at(&self) -> Option<Cursor> {
        self.at
    }

    /// What passed so far.
    pub fn traffic(&self) -> Traffic {
        self.meter.read()
    }

    /// The same, from wherever it is called, while the feed is somebody else's.
    pub fn meter(&self) -> impl Fn() -> Traffic + Send + 'static {
        let meter = Arc::clone(&self.meter);
        move || meter.read()
    }

    /// The next thing that there is to know. Waiting for it can be given up without a loss.
    ///
    /// # Errors
    ///
    /// When the server refuses, or cannot be reached.
    pub async fn next(&mut self) -> Result<News, FeedError> {
        let mut tries = 0;
        loop {
            if let Some(news) = self.ready.pop_front() {
                if let News::Event { at, .. } = news {
                    self.at = Some(at);
                }
                return Ok(news);
            }
            let failure = match self.fetch().await {
                Ok(()) => {
                    tries = 0;
                    continue;
                }
                Err(failure) => failure,
            };
            (self.idle, self.stream) = (None, None);
            let pause = match failure {
                Failure::Refused { status } => return Err(FeedError::Refused { status }),
                Failure::Full { retry } => retry.unwrap_or(self.retry),
                Failure::Lost => self.retry,
            };
            tries += 1;
            if tries == TRIES {
                return Err(FeedError::Unreachable { tries });
            }
            sleep(pause).await;
        }
    }

    /// Connects, if the way is a stream: its events are under way from then on.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next), at the first failure.
    pub async fn connect(&mut self) -> Result<(), FeedError> {
        let opened = match self.way {
            Way::Events | Way::Socket => self.open().await,
            Way::Poll { .. } | Way::Wait => self.reconnect().await,
        };
        opened.map_err(|failure| match failure {
            Failure::Refused { status } => FeedError::Refused { status },
            Failure::Full { .. } => FeedError::Refused { status: 503 },
            Failure::Lost => FeedError::Unreachable { tries: 1 },
        })
    }

    async fn fetch(&mut self) -> Result<(), Failure> {
        match self.way {
            Way::Poll { every } => self.poll(every).await,
            Way::Wait => self.ask("/wait").await.map(drop),
            Way::Events | Way::Socket => {
                if self.stream.is_none() {
                    self.open().await?;
                }
                Ok(self.receive().await?)
            }
        }
    }

    async fn line(&self) -> Result<Counted, Lost> {
        let stream = TcpStream::connect(self.address).await.map_err(|_| Lost)?;
        stream.set_nodelay(true).map_err(|_| Lost)?;
        let meter = Arc::clone(&self.meter);
        Ok(Counted { stream, meter })
    }
}
