//! Contract of the exercise `request_cost`: what a request costs, and what asking again
//! and again costs.
//!
//! Most of a small request is waiting: for the name, for the connection, for the keys, and
//! only then for the answer. A calculator shows what keeping a connection saves, and why
//! polling is dear. It leaves out bandwidth, loss, and slow start, which matter for large
//! answers.
//!
//! Sources: RFC 9293 (TCP), RFC 5246 and RFC 8446 (TLS 1.2 and 1.3),
//! <https://www.rfc-editor.org/rfc/rfc8446#section-2>.

use std::time::Duration;

/// Encryption of a connection.
///
/// # Examples
///
/// ```
/// use exercises::realtime::Tls;
///
/// assert_ne!(Tls::V12, Tls::V13, "they take two round trips, and one");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// Plain TCP.
    None,
    /// TLS 1.2: two round trips before the first request.
    V12,
    /// TLS 1.3: one.
    V13,
}

/// What a request finds.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::realtime::{Link, Tls};
///
/// let far = Link {
///     round_trip: Duration::from_millis(80),
///     resolver: Some(Duration::from_millis(20)),
///     tls: Tls::V13,
///     is_open: false,
/// };
/// assert!(!far.is_open);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// To the server and back.
    pub round_trip: Duration,
    /// How long the resolver takes for the name; `None` if the address is known.
    pub resolver: Option<Duration>,
    /// Encryption.
    pub tls: Tls,
    /// Whether a connection from an earlier request is open.
    pub is_open: bool,
}

/// Sizes on the wire, with all headers.
///
/// # Examples
///
/// ```
/// use exercises::realtime::Sizes;
///
/// let browser = Sizes { request_bytes: 500, empty_bytes: 150, full_bytes: 250 };
/// assert!(browser.empty_bytes > 0, "even an empty answer has a head");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Of a request.
    pub request_bytes: u64,
    /// Of an answer that says that there is nothing new.
    pub empty_bytes: u64,
    /// Of an answer with news.
    pub full_bytes: u64,
}

/// A calculator.
///
/// | question | answer |
/// |---|---|
/// | `first_byte`, connection open | one round trip, and the server's time |
/// | `first_byte`, not open | before that: the resolver's time if it is asked, one round trip for TCP, and two for TLS 1.2 or one for TLS 1.3 |
/// | `polls` | of one client that asks at once, and then each time that `interval` has passed, up to and with the end of `session` |
/// | `polls`, interval 0 | `None`: it would never end |
/// | `traffic` | the bytes of all requests and answers, both ways; not more answers have news than there are |
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::realtime::{Link, RequestCost, RoundTrips, Sizes, Tls};
///
/// fn tour<T: RequestCost>() {
///     let ms = Duration::from_millis;
///     let first = Link { round_trip: ms(80), resolver: Some(ms(20)), tls: Tls::V13, is_open: false };
///     assert_eq!(T::first_byte(&first, ms(5)), ms(20 + 80 + 80 + 80 + 5));
///     assert_eq!(T::first_byte(&Link { is_open: true, ..first }, ms(5)), ms(85));
///     // At 0 s, 0.5 s and 1 s.
///     assert_eq!(T::polls(ms(500), ms(1_000)), Some(3));
///     let sizes = Sizes { request_bytes: 500, empty_bytes: 150, full_bytes: 250 };
///     assert_eq!(T::traffic(3, 1, &sizes), 3 * 500 + 2 * 150 + 250);
/// }
///
/// tour::<RoundTrips>();
/// ```
pub trait RequestCost {
    /// From the wish for an answer to its first byte; the server thinks for `server`.
    fn first_byte(link: &Link, server: Duration) -> Duration;

    /// How many requests a polling client sends in a session.
    fn polls(interval: Duration, session: Duration) -> Option<u64>;

    /// Bytes of so many requests and their answers, of which `news` say something new.
    fn traffic(polls: u64, news: u64, sizes: &Sizes) -> u64;
}
