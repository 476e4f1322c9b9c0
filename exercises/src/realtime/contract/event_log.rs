//! Contract of the exercise `event_log`: the last events, for clients that come back.
//!
//! A client that lost its connection names the last event that it has. A server that
//! keeps the events since then can go on without a loss and without sending one twice.
//! Memory is finite, so a log forgets; what matters is that it says so, and does not go
//! on as if nothing had been there. It is no store: it lives in memory, and its ids begin
//! anew with the process.

use std::num::NonZeroUsize;

use thiserror::Error;

/// How much a log keeps.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::realtime::LogLimits;
///
/// let limits = LogLimits { events: NonZeroUsize::MIN, bytes: 1 << 20 };
/// assert_eq!(limits.events.get(), 1);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogLimits {
    /// At most so many events.
    pub events: NonZeroUsize,
    /// At most so many bytes of their texts together.
    pub bytes: usize,
}

/// An event in a log.
///
/// # Examples
///
/// ```
/// use exercises::realtime::LogEvent;
///
/// let event = LogEvent { id: 1, data: "12 degrees".into() };
/// assert_eq!(event.id, 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEvent {
    /// 1 for the first event, and one more for each that follows.
    pub id: u64,
    /// Its text.
    pub data: String,
}

/// Why a log refuses a request.
///
/// # Examples
///
/// ```
/// use exercises::realtime::LogError;
///
/// assert_eq!(
///     LogError::Forgotten { oldest: 8 }.to_string(),
///     "events before 8 are forgotten; send the client the whole state, and go on from there"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LogError {
    /// One event alone would not fit.
    #[error("an event of {bytes} bytes does not fit into a log of {limit}; send a reference to it")]
    TooLarge {
        /// Length of the text.
        bytes: usize,
        /// What the log holds.
        limit: usize,
    },
    /// Some of the events that were asked for are gone.
    #[error(
        "events before {oldest} are forgotten; send the client the whole state, and go on from there"
    )]
    Forgotten {
        /// Id of the oldest event that is kept.
        oldest: u64,
    },
    /// The client names an event that this log never had: it is from before a restart.
    #[error("the newest event is {newest}; the client's id is from another log")]
    Ahead {
        /// Id of the newest event; 0 if there was none.
        newest: u64,
    },
}

/// A log of events with bounded memory.
///
/// | request | answer |
/// |---|---|
/// | `append` | the event's id; the oldest events are forgotten until both limits hold |
/// | `append` of more bytes than the limit | [`LogError::TooLarge`]; nothing is forgotten, and no id is used |
/// | `after(id, n)` | the events behind `id`, oldest first, at most `n` of them |
/// | `after(0, n)` | the same for a client that has none: from the very first |
/// | `after(newest, n)` | no event: there is nothing new |
/// | `after`, and one of the events behind `id` is forgotten | [`LogError::Forgotten`], whatever `n` is |
/// | `after` of an id above the newest | [`LogError::Ahead`] |
/// | `bytes` | the bytes of all texts that are kept |
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::realtime::{EventLog, LogError, LogLimits, RingLog};
///
/// fn tour<T: EventLog>() -> Result<(), LogError> {
///     let limits = LogLimits { events: NonZeroUsize::new(2).expect("not 0"), bytes: 100 };
///     let mut log = T::new(limits);
///     for text in ["one", "two", "three"] {
///         log.append(text)?;
///     }
///     assert_eq!(log.bytes(), 8, "`two` and `three`");
///     assert_eq!(log.after(2, 10)?[0].data, "three");
///     assert_eq!(log.after(1, 10)?.len(), 2, "a client that has the first lost nothing");
///     assert_eq!(log.after(0, 10), Err(LogError::Forgotten { oldest: 2 }));
///     Ok(())
/// }
///
/// tour::<RingLog>()?;
/// # Ok::<(), LogError>(())
/// ```
pub trait EventLog: Sized {
    /// A log without events.
    fn new(limits: LogLimits) -> Self;

    /// Adds an event, and answers its id.
    ///
    /// # Errors
    ///
    /// [`LogError::TooLarge`] if the text alone is over the limit.
    fn append(&mut self, data: &str) -> Result<u64, LogError>;

    /// What a client that has the event `id` has missed.
    ///
    /// # Errors
    ///
    /// [`LogError::Forgotten`] or [`LogError::Ahead`], if the answer would not be just that.
    fn after(&self, id: u64, at_most: usize) -> Result<Vec<LogEvent>, LogError>;

    /// The bytes of all texts that are kept.
    fn bytes(&self) -> usize;
}
