//! Contract of the exercise `long_poll`: requests that wait for an answer.
//!
//! Use it where news are rare and must arrive soon, and nothing but plain requests and
//! answers gets through to the client. It only looks like pushing: each answer needs a
//! request that was there before, so what is published between an answer and the next
//! request has to be kept, and found by the id that the request names.
//!
//! This is the state behind such a server, without sockets and without a clock: the time
//! comes as an argument, measured from any beginning. Everything published is kept here;
//! `event_log` is about keeping less.
//!
//! Source: RFC 6202, § 2, <https://www.rfc-editor.org/rfc/rfc6202>.

use std::time::Duration;

use super::LogEvent;

/// What limits a server of long polls.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::realtime::LongPollLimits;
///
/// let limits = LongPollLimits { patience: Duration::from_secs(30), waiting: 1000, batch: 100 };
/// assert!(limits.patience < Duration::from_secs(60), "where proxies give up");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LongPollLimits {
    /// How long a request waits at most.
    pub patience: Duration,
    /// At most so many clients wait at the same time.
    pub waiting: usize,
    /// At most so many events in an answer; 1 or more.
    pub batch: usize,
}

/// What becomes of a request.
///
/// # Examples
///
/// ```
/// use exercises::realtime::Polled;
///
/// assert_ne!(Polled::Waits, Polled::Busy, "one is answered later, the other is refused now");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Polled {
    /// It is answered at once, with these events.
    News(Vec<LogEvent>),
    /// It waits: a later call says how it is answered.
    Waits,
    /// Too many wait already: answered at once, with 503.
    Busy,
}

/// Requests that wait.
///
/// | call | does |
/// |---|---|
/// | `poll`, and there are events behind `last` | answers with the oldest of them, at most `batch` |
/// | `poll`, and there are none | the client waits until `now + patience`; a wait that it had already is forgotten, with its place in the row |
/// | `poll` of one more than may wait | [`Polled::Busy`]; a client that waits already is no further one |
/// | `poll` with a `last` above the newest id | as with 0: the id is from another life of the server |
/// | `publish` | ids are 1, 2, 3 …; all who wait are answered with the event, and wait no more; those who have waited longest come first |
/// | `expire` | all whose time is up, at `now` or before, are answered with nothing, and wait no more; those who have waited longest come first |
/// | `leave` | the client waits no more, if it did |
/// | `next_deadline` | when `expire` has something to do next; `None` if nobody waits |
///
/// Time never goes back from one call to the next.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::realtime::{LongPoll, LongPollLimits, Polled, WaitingRoom};
///
/// fn tour<T: LongPoll>() {
///     let at = Duration::from_secs;
///     let mut polls = T::new(LongPollLimits { patience: at(30), waiting: 10, batch: 10 });
///     assert_eq!(polls.poll(7, 0, at(0)), Polled::Waits);
///     assert_eq!(polls.next_deadline(), Some(at(30)));
///     let answered = polls.publish("12 degrees");
///     assert_eq!((answered[0].0, answered[0].1.id), (7, 1));
///     // While the client has no request here, another event comes: it is not lost.
///     assert_eq!(polls.publish("13 degrees"), []);
///     let Polled::News(events) = polls.poll(7, 1, at(1)) else { panic!("there is one") };
///     assert_eq!(events[0].data, "13 degrees");
///     assert_eq!(polls.poll(7, 2, at(2)), Polled::Waits);
///     assert_eq!(polls.expire(at(32)), [7]);
/// }
///
/// tour::<WaitingRoom>();
/// ```
pub trait LongPoll {
    /// Nothing is published, and nobody waits.
    fn new(limits: LongPollLimits) -> Self;

    /// A request of `client`, whose newest event is `last`; 0 if it has none.
    fn poll(&mut self, client: u64, last: u64, now: Duration) -> Polled;

    /// Publishes an event, and answers who is sent it now.
    fn publish(&mut self, data: &str) -> Vec<(u64, LogEvent)>;

    /// The clients whose time is up; they are answered 204, and will ask again.
    fn expire(&mut self, now: Duration) -> Vec<u64>;

    /// The client has closed its connection.
    fn leave(&mut self, client: u64);

    /// When to call `expire` next.
    fn next_deadline(&self) -> Option<Duration>;
}
