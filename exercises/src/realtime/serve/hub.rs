//! One source of events behind all four ways, and the bell that wakes who waits for it.
//!
//! It outlives a server: one that is stopped and another that is started on the same hub
//! go on with the same log, and clients see a lost connection and no lost event. In a new
//! process the hub is new as well, and clients are told so.

use std::sync::{Arc, Mutex, PoisonError};

use thiserror::Error;
use tokio::sync::watch;

use super::form::Form;
use super::log::{Batch, Log};
use super::{Cursor, Limits};

/// Why an event cannot be published.
///
/// # Examples
///
/// ```
/// use exercises::realtime::serve::{Hub, Limits, PublishError};
///
/// let hub = Hub::new(1, &Limits { bytes: 10, ..Limits::default() });
/// assert!(matches!(hub.publish("hello"), Err(PublishError::TooLarge { limit: 10, .. })));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PublishError {
    /// One event alone would not fit.
    #[error(
        "an event of {bytes} bytes, encoded, does not fit into a log of {limit}; send a reference to it"
    )]
    TooLarge {
        /// Length of its three forms together.
        bytes: usize,
        /// What the log holds.
        limit: usize,
    },
}

/// Why a client has missed events.
///
/// # Examples
///
/// ```
/// use exercises::realtime::serve::Gap;
///
/// assert_eq!(Gap::Forgotten.reason(), "forgotten");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// It was away for longer than the log remembers.
    Forgotten,
    /// What it has is from another log: the server's memory began anew.
    OtherLog,
}

impl Gap {
    /// As clients are told.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Forgotten => "forgotten",
            Self::OtherLog => "other log",
        }
    }

    pub(super) fn of(reason: &str) -> Option<Self> {
        [Self::Forgotten, Self::OtherLog]
            .into_iter()
            .find(|gap| gap.reason() == reason)
    }
}

/// What the server is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Phase {
    #[default]
    Open,
    /// Clients are sent what is theirs, and then the end.
    Closing,
    /// There is no time left.
    Closed,
}

/// What wakes whoever waits. One value for all of it, so that a client waits for one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Bell {
    pub(super) newest: u64,
    /// Counts the server's ticks, by which clients notice that time has passed. One timer
    /// for all: 10,000 of them would each be set and taken back with every event.
    pub(super) tick: u64,
    pub(super) phase: Phase,
}

/// A source of events. One server at a time may serve it.
///
/// # Examples
///
/// ```
/// use exercises::realtime::serve::{Cursor, Hub, Limits};
///
/// let hub = Hub::new(0x1f3a, &Limits::default());
/// assert_eq!(hub.publish("12 degrees"), Ok(Cursor { log: 0x1f3a, id: 1 }));
/// ```
///
/// # Time complexity
///
/// `publish` is O(length of the text + clients that wait).
#[derive(Debug)]
pub struct Hub {
    log: Mutex<Log>,
    bell: watch::Sender<Bell>,
}

impl Hub {
    /// A hub without events. No other log that its clients may know has this `name`: take
    /// the time, or a random number.
    pub fn new(name: u64, limits: &Limits) -> Arc<Self> {
        Arc::new(Self {
            log: Mutex::new(Log::new(name, limits)),
            bell: watch::Sender::new(Bell::default()),
        })
    }

    /// Adds an event, and wakes the clients that wait for one.
    ///
    /// # Errors
    ///
    /// [`PublishError::TooLarge`] if the event alone is over the log's limit.
    pub fn publish(&self, data: &str) -> Result<Cursor, PublishError> {
        let cursor = self.with(|log| log.append(data))?;
        // Two publishers may ring in the other order; what was newest stays newest.
        self.ring(|bell| bell.newest = bell.newest.max(cursor.id));
        Ok(cursor)
    }

    pub(super) fn ring(&self, change: impl FnOnce(&mut Bell)) {
        self.bell.send_modify(change);
    }

    pub(super) fn listen(&self) -> watch::Receiver<Bell> {
        self.bell.subscribe()
    }

    pub(super) fn resume(&self, after: Option<Cursor>) -> (u64, Option<Gap>) {
        self.with(|log| log.resume(after))
    }

    pub(super) fn next(&self, after: u64, form: Form) -> Option<Batch> {
        self.with(|log| log.next(after, form))
    }

    /// Where a poll goes on that is answered with this batch, if there is more already.
    pub(super) fn more_than(&self, batch: &Batch) -> Option<String> {
        self.with(|log| log.more_than(batch))
            .map(|cursor| cursor.to_string())
    }

    fn with<T>(&self, work: impl FnOnce(&mut Log) -> T) -> T {
        // A log is changed in one piece, so that one whose user has panicked is whole.
        work(&mut self.log.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
