//! What the first request to a server costs, in round trips.
//!
//! Counted until the first byte of the answer has arrived, with a server that answers at
//! once, no packet lost, and no connection of an earlier visit to resume.

use std::time::Duration;

/// What a request is carried by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// HTTP/1.1 on TCP, without encryption.
    Plain,
    /// HTTP/1.1 or HTTP/2 on TLS 1.2 (RFC 5246) on TCP.
    Tls12,
    /// HTTP/1.1 or HTTP/2 on TLS 1.3 (RFC 8446) on TCP.
    Tls13,
    /// HTTP/3 on QUIC (RFC 9001), which shakes hands for both layers at once.
    Quic,
}

impl Transport {
    /// Round trips between client and server before a request may be sent.
    ///
    /// ```
    /// use exercises::realtime::model::Transport;
    ///
    /// assert_eq!(Transport::Tls13.handshakes(), 2, "one for TCP, one for TLS");
    /// ```
    pub fn handshakes(self) -> u32 {
        match self {
            Transport::Plain | Transport::Quic => 1,
            Transport::Tls13 => 2,
            Transport::Tls12 => 3,
        }
    }
}

/// The way of a request to a server that the client has not talked to.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::realtime::model::{FirstRequest, Transport};
///
/// let first = FirstRequest {
///     look_up: Duration::from_millis(20),
///     round_trip: Duration::from_millis(100),
///     transport: Transport::Tls13,
/// };
/// assert_eq!(first.time(), Duration::from_millis(320));
/// assert_eq!(first.time_of_next(), Duration::from_millis(100));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstRequest {
    /// Asking the resolver for the server's address.
    pub look_up: Duration,
    /// To the server and back.
    pub round_trip: Duration,
    /// What carries the request.
    pub transport: Transport,
}

impl FirstRequest {
    /// Until the answer begins to arrive.
    pub fn time(&self) -> Duration {
        self.look_up + self.round_trip * (self.transport.handshakes() + 1)
    }

    /// The same for the next request, on the connection that is open already.
    pub fn time_of_next(&self) -> Duration {
        self.round_trip
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::realtime::{Link, RequestCost, RoundTrips, Tls};

    #[test]
    fn the_calculator_of_the_exercise_agrees_where_it_knows_the_transport() {
        let (look_up, round_trip) = (Duration::from_millis(20), Duration::from_millis(100));
        for (transport, tls) in [
            (Transport::Plain, Tls::None),
            (Transport::Tls12, Tls::V12),
            (Transport::Tls13, Tls::V13),
        ] {
            let first = FirstRequest {
                look_up,
                round_trip,
                transport,
            };
            let link = |is_open| Link {
                round_trip,
                resolver: Some(look_up),
                tls,
                is_open,
            };
            let at_once = Duration::ZERO;
            assert_eq!(RoundTrips::first_byte(&link(false), at_once), first.time());
            assert_eq!(
                RoundTrips::first_byte(&link(true), at_once),
                first.time_of_next()
            );
        }
    }

    #[test]
    fn each_layer_that_shakes_hands_by_itself_costs_a_round_trip_or_two() {
        let time = |transport| {
            FirstRequest {
                look_up: Duration::ZERO,
                round_trip: Duration::from_millis(1),
                transport,
            }
            .time()
            .as_millis()
        };
        let all = [
            Transport::Plain,
            Transport::Quic,
            Transport::Tls13,
            Transport::Tls12,
        ];
        assert_eq!(all.map(time), [2, 2, 3, 4]);
    }
}
