//! Wrong solutions of the exercise `request_cost`.

use std::marker::PhantomData;
use std::time::Duration;

use crate::catalog::Wrong;
use crate::realtime::{Link, RequestCost, RoundTrips, Sizes, Tls, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::realtime) const ALL: [Wrong; 10] = [
    of::<HalfWay>(
        "HalfWay",
        "It counts the way there and not the way back: a round trip is both.",
        "open",
    ),
    of::<AlwaysResolves>(
        "AlwaysResolves",
        "An open connection needs no name, and pays for one.",
        "open",
    ),
    of::<ForgetsTcp>(
        "ForgetsTcp",
        "The round trip in which TCP sets up the connection is missing.",
        "set-up",
    ),
    of::<OneTripForTls>(
        "OneTripForTls",
        "TLS 1.2 takes two round trips; only 1.3 takes one.",
        "set-up",
    ),
    of::<ResolverIsFree>(
        "ResolverIsFree",
        "The time for the name is missing.",
        "set-up",
    ),
    of::<NotAtOnce>(
        "NotAtOnce",
        "It counts the intervals; the first poll comes before the first of them.",
        "polls",
    ),
    of::<RoundsUp>(
        "RoundsUp",
        "It rounds up instead of adding the first poll, and misses the one at the very end.",
        "polls",
    ),
    of::<Floats>(
        "Floats",
        "It divides floating-point seconds, and a quotient that should be whole comes out below.",
        "polls",
    ),
    of::<EveryAnswerIsFull>(
        "EveryAnswerIsFull",
        "An answer without news is counted as one with.",
        "traffic",
    ),
    of::<EmptyIsFree>(
        "EmptyIsFree",
        "An answer without news costs nothing in it; its head has bytes, too.",
        "traffic",
    ),
];

const fn of<F: Flaw>(
    name: &'static str,
    diagnosis: &'static str,
    rejected_by: &'static str,
) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::request_cost::all::<Flawed<F>>,
    }
}

/// What a wrong calculator does otherwise; every default is right.
trait Flaw {
    fn first_byte(link: &Link, server: Duration) -> Duration {
        RoundTrips::first_byte(link, server)
    }

    fn polls(interval: Duration, session: Duration) -> Option<u64> {
        RoundTrips::polls(interval, session)
    }

    fn traffic(polls: u64, news: u64, sizes: &Sizes) -> u64 {
        RoundTrips::traffic(polls, news, sizes)
    }
}

/// A calculator with this flaw.
struct Flawed<F>(PhantomData<F>);

impl<F: Flaw> RequestCost for Flawed<F> {
    fn first_byte(link: &Link, server: Duration) -> Duration {
        F::first_byte(link, server)
    }

    fn polls(interval: Duration, session: Duration) -> Option<u64> {
        F::polls(interval, session)
    }

    fn traffic(polls: u64, news: u64, sizes: &Sizes) -> u64 {
        F::traffic(polls, news, sizes)
    }
}

struct HalfWay;
impl Flaw for HalfWay {
    fn first_byte(link: &Link, server: Duration) -> Duration {
        RoundTrips::first_byte(link, server) - link.round_trip / 2
    }
}

struct AlwaysResolves;
impl Flaw for AlwaysResolves {
    fn first_byte(link: &Link, server: Duration) -> Duration {
        let resolver = link.resolver.filter(|_| link.is_open);
        RoundTrips::first_byte(link, server) + resolver.unwrap_or_default()
    }
}

struct ForgetsTcp;
impl Flaw for ForgetsTcp {
    fn first_byte(link: &Link, server: Duration) -> Duration {
        let right = RoundTrips::first_byte(link, server);
        if link.is_open {
            right
        } else {
            right - link.round_trip
        }
    }
}

struct OneTripForTls;
impl Flaw for OneTripForTls {
    fn first_byte(link: &Link, server: Duration) -> Duration {
        let tls = if link.tls == Tls::V12 {
            Tls::V13
        } else {
            link.tls
        };
        RoundTrips::first_byte(&Link { tls, ..*link }, server)
    }
}

struct ResolverIsFree;
impl Flaw for ResolverIsFree {
    fn first_byte(link: &Link, server: Duration) -> Duration {
        RoundTrips::first_byte(
            &Link {
                resolver: None,
                ..*link
            },
            server,
        )
    }
}

struct NotAtOnce;
impl Flaw for NotAtOnce {
    fn polls(interval: Duration, session: Duration) -> Option<u64> {
        Some(RoundTrips::polls(interval, session)? - 1)
    }
}

struct RoundsUp;
impl Flaw for RoundsUp {
    fn polls(interval: Duration, session: Duration) -> Option<u64> {
        let (interval, session) = (interval.as_nanos(), session.as_nanos());
        (interval > 0).then(|| u64::try_from(session.div_ceil(interval)).ok())?
    }
}

struct Floats;
impl Flaw for Floats {
    fn polls(interval: Duration, session: Duration) -> Option<u64> {
        let n_intervals = session.as_secs_f64() / interval.as_secs_f64();
        (!interval.is_zero()).then_some(n_intervals.floor() as u64 + 1)
    }
}

struct EveryAnswerIsFull;
impl Flaw for EveryAnswerIsFull {
    fn traffic(polls: u64, _: u64, sizes: &Sizes) -> u64 {
        polls * (sizes.request_bytes + sizes.full_bytes)
    }
}

struct EmptyIsFree;
impl Flaw for EmptyIsFree {
    fn traffic(polls: u64, news: u64, sizes: &Sizes) -> u64 {
        polls * sizes.request_bytes + news.min(polls) * sizes.full_bytes
    }
}
