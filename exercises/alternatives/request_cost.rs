//! Another solution of *What a request costs*: lists of waits, added up.
//!
//! The reference counts round trips and multiplies. Here each wait is an entry of a list,
//! and polls are found by halving a range instead of by division.

use std::time::Duration;

use exercises::realtime::{Link, RequestCost, Sizes, Tls, checks};

struct Mine;

impl RequestCost for Mine {
    fn first_byte(link: &Link, server: Duration) -> Duration {
        let request = [link.round_trip, server];
        let handshakes: &[Duration] = match (link.is_open, link.tls) {
            (true, _) => &[],
            (false, Tls::None) => &[link.round_trip],
            (false, Tls::V13) => &[link.round_trip; 2],
            (false, Tls::V12) => &[link.round_trip; 3],
        };
        let name = link.resolver.filter(|_| !link.is_open);
        request.iter().chain(handshakes).chain(&name).sum()
    }

    fn polls(interval: Duration, session: Duration) -> Option<u64> {
        let (interval, session) = (interval.as_nanos(), session.as_nanos());
        if interval == 0 {
            return None;
        }
        // A product that is too large for the type is later than any session.
        let is_in_time = |poll: u128| poll.checked_mul(interval).is_some_and(|at| at <= session);
        // The last poll that is in time is between these two.
        let (mut in_time, mut late) = (0, u128::from(u64::MAX));
        if is_in_time(late) {
            return None;
        }
        while late - in_time > 1 {
            let middle = in_time.midpoint(late);
            match is_in_time(middle) {
                true => in_time = middle,
                false => late = middle,
            }
        }
        u64::try_from(late).ok()
    }

    fn traffic(polls: u64, news: u64, sizes: &Sizes) -> u64 {
        let full = if news < polls { news } else { polls };
        let with_news = full * (sizes.request_bytes + sizes.full_bytes);
        with_news + (polls - full) * (sizes.request_bytes + sizes.empty_bytes)
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("request_cost", checks::request_cost::all::<Mine>)
}
