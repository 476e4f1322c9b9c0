//! What requests cost, in round trips and bytes.
//!
//! In whole nanoseconds: with floating point, the last poll of a long session would come
//! and go by rounding.

use std::time::Duration;

use super::{Link, RequestCost, Sizes, Tls};

/// The reference for [`RequestCost`].
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::realtime::{RequestCost, RoundTrips};
///
/// let hour = Duration::from_secs(3600);
/// assert_eq!(RoundTrips::polls(Duration::from_millis(500), hour), Some(7201));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundTrips;

// ANCHOR: request_cost
impl RequestCost for RoundTrips {
    fn first_byte(link: &Link, server: Duration) -> Duration {
        if link.is_open {
            return link.round_trip + server;
        }
        let n_tls = match link.tls {
            Tls::None => 0,
            Tls::V13 => 1,
            Tls::V12 => 2,
        };
        // One for TCP, and one for the request itself.
        link.resolver.unwrap_or_default() + link.round_trip * (1 + n_tls + 1) + server
    }

    fn polls(interval: Duration, session: Duration) -> Option<u64> {
        let n_intervals = session.as_nanos().checked_div(interval.as_nanos())?;
        u64::try_from(n_intervals + 1).ok()
    }

    fn traffic(polls: u64, news: u64, sizes: &Sizes) -> u64 {
        let news = news.min(polls);
        polls * sizes.request_bytes + news * sizes.full_bytes + (polls - news) * sizes.empty_bytes
    }
}
// ANCHOR_END: request_cost

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_clients_that_poll_twice_a_second_ask_two_million_times_a_second() {
        let (interval, hour) = (Duration::from_millis(500), Duration::from_secs(3600));
        let polls = RoundTrips::polls(interval, hour).expect("it ends");
        assert_eq!((polls - 1) * 1_000_000 / 3600, 2_000_000);
    }
}
