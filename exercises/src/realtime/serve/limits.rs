//! How much a server gives to its clients: each bound is something that a client could
//! otherwise take without end.

use std::num::NonZeroUsize;
use std::time::Duration;

use crate::realtime::serve::form::MAX_HEADER_BYTES;

/// What a server bounds. All are per client but for `clients` and the log's two.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::realtime::serve::Limits;
///
/// let patient = Limits { wait: Duration::from_secs(50), ..Limits::default() };
/// assert_eq!(patient.clients, Limits::default().clients);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Connections at the same time; more are answered 503.
    pub clients: usize,
    /// What `Retry-After` of that answer says, and how long a stream asks its clients to
    /// wait before they come back.
    pub retry: Duration,
    /// Events that the log keeps for those who come back.
    pub events: NonZeroUsize,
    /// Bytes that it keeps of them, encoded.
    pub bytes: usize,
    /// Events that a client on a stream may be behind before it is dropped.
    pub behind: u64,
    /// Bytes that are joined into one write, unless one event has more.
    pub batch_bytes: usize,
    /// Bytes that a request's head may have; more are answered 431.
    pub head_bytes: usize,
    /// Time that it may take from its first byte to its last; a slower one is answered 408.
    pub head: Duration,
    /// Time that a connection may wait for its next request.
    pub idle: Duration,
    /// Time that a long poll is held. Below the 30 or 60 s after which middleboxes on the
    /// way commonly give up on an answer (RFC 6202, § 5.5).
    pub wait: Duration,
    /// A stream that has nothing to say says so after one to two of these. It is also what a
    /// client that takes in nothing at all is given before it is dropped.
    pub keep_alive: Duration,
    /// What the system may buffer for a client that does not read; `None` leaves it to the
    /// system, which goes up to megabytes.
    pub send_buffer_bytes: Option<u32>,
    /// Time that clients have to take what is theirs when the server closes.
    pub grace: Duration,
    /// What a request's `Origin` may say. A browser names there the site whose script
    /// asks, and WebSockets are bound by no same-origin policy. Requests without one, which
    /// are not from a browser's script, pass.
    pub origins: Vec<String>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            clients: 10_000,
            retry: Duration::from_secs(3),
            events: NonZeroUsize::new(10_000).expect("not 0"),
            bytes: 16 << 20,
            behind: 5_000,
            batch_bytes: 64 << 10,
            head_bytes: 8 << 10,
            head: Duration::from_secs(10),
            idle: Duration::from_secs(60),
            wait: Duration::from_secs(25),
            keep_alive: Duration::from_secs(15),
            send_buffer_bytes: None,
            grace: Duration::from_secs(10),
            origins: Vec::new(),
        }
    }
}

impl Limits {
    /// Bytes that are read at once from a client.
    pub(super) const READ_BYTES: usize = 1024;

    /// Headers that a request may have: as many as fit, at four bytes each at least.
    pub(super) const HEADERS: usize = 64;

    /// A frame that only says something about the connection has at most this (RFC 6455, § 5.5).
    pub(super) const CONTROL_BYTES: usize = 125 + MAX_HEADER_BYTES;
}
