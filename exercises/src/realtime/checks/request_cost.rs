//! Checks of the exercise `request_cost`.

use std::time::Duration;

use super::code;
use super::draw::Draw;
use crate::grade::{Check, Counterexample, Seed, Verdict};
use crate::realtime::{Link, RequestCost, Sizes, Tls};

/// The checks of a solution of [`RequestCost`].
///
/// # Examples
///
/// ```
/// use exercises::realtime::{RoundTrips, checks};
///
/// for check in checks::request_cost::all::<RoundTrips>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: RequestCost>() -> Vec<Check> {
    vec![
        Check::new(
            "open",
            "On an open connection the first byte takes one round trip and the server's time.",
            |seed| open(T::first_byte, seed),
        )
        .hints([
            "What has been done already if the connection is open?",
            "Name, TCP and TLS. What is left is the request's way there and the answer's way back.",
            "`if link.is_open { return link.round_trip + server; }`",
        ]),
        Check::new(
            "set-up",
            "A new connection adds the resolver, a round trip for TCP, and two or one for TLS 1.2 or 1.3.",
            |seed| set_up(T::first_byte, seed),
        )
        .points(2)
        .hints([
            "Count the round trips before the request is sent.",
            "TCP 1, TLS 1.2 another 2, TLS 1.3 another 1. The request itself is one more.",
            "`link.resolver.unwrap_or_default() + link.round_trip * (1 + n_tls + 1) + server`",
        ]),
        Check::new(
            "polls",
            "A client polls at once, and then whenever the interval has passed, the session's end included.",
            |seed| polls(T::polls, seed),
        )
        .points(2)
        .hints([
            "Polls every 2 s in a session of 4 s: when do they happen?",
            "At 0, 2 and 4: one more than intervals fit. In whole nanoseconds, because 0.1 has no exact `f64`.",
            "`session.as_nanos().checked_div(interval.as_nanos())? + 1`",
        ]),
        Check::new(
            "traffic",
            "Every poll has a request and one answer, full or empty.",
            |seed| traffic(T::traffic, seed),
        )
        .hints([
            "How many answers are empty?",
            "As many as there are polls without news. There cannot be more answers with news than polls.",
            "`let news = news.min(polls);` and then `(polls - news) * sizes.empty_bytes`",
        ]),
    ]
}

fn compare(input: String, expected: String, actual: String) -> Verdict {
    match actual == expected {
        true => Ok(()),
        false => Err(Counterexample::new(input, expected, actual)),
    }
}

type FirstByte = fn(&Link, Duration) -> Duration;

fn first_byte_is(solution: FirstByte, link: Link, server: Duration) -> Verdict {
    let mut waits = vec![link.round_trip, server];
    if !link.is_open {
        waits.extend(link.resolver);
        waits.push(link.round_trip);
        let n_tls = [Tls::None, Tls::V13, Tls::V12];
        let n_tls = n_tls.iter().position(|tls| *tls == link.tls).unwrap_or(0);
        waits.extend(vec![link.round_trip; n_tls]);
    }
    compare(
        format!(
            "Mine::first_byte(&{}, {})",
            code::link(&link),
            code::duration(server)
        ),
        format!("{:?}", waits.iter().sum::<Duration>()),
        format!("{:?}", solution(&link, server)),
    )
}

/// Each link, with this or no name to resolve.
fn links(draw: &mut Draw, is_open: bool) -> Vec<Link> {
    let mut links = Vec::new();
    for tls in [Tls::None, Tls::V12, Tls::V13] {
        for resolver in [
            None,
            Some(Duration::from_micros(1 + draw.below(50_000) as u64)),
        ] {
            links.push(Link {
                round_trip: Duration::from_micros(1 + draw.below(300_000) as u64),
                resolver,
                tls,
                is_open,
            });
        }
    }
    links
}

fn open(solution: FirstByte, seed: Seed) -> Verdict {
    let mut draw = Draw::new(seed);
    let server = Duration::from_micros(draw.below(9_000) as u64);
    links(&mut draw, true)
        .into_iter()
        .try_for_each(|link| first_byte_is(solution, link, server))
}

fn set_up(solution: FirstByte, seed: Seed) -> Verdict {
    let mut draw = Draw::new(seed);
    let server = Duration::from_micros(draw.below(9_000) as u64);
    links(&mut draw, false)
        .into_iter()
        .try_for_each(|link| first_byte_is(solution, link, server))
}

fn polls(solution: fn(Duration, Duration) -> Option<u64>, seed: Seed) -> Verdict {
    let mut draw = Draw::new(seed);
    let nanos = Duration::from_nanos;
    let mut cases = vec![
        (nanos(2), nanos(4)),
        (nanos(2), nanos(5)),
        (nanos(3), nanos(2)),
        (nanos(1), nanos(0)),
        (Duration::from_millis(100), Duration::from_secs(3600)),
        (Duration::from_millis(300), Duration::from_millis(900)),
        (Duration::from_secs(1), Duration::MAX),
        (nanos(0), nanos(5)),
        (nanos(0), nanos(0)),
        (nanos(1), Duration::MAX),
    ];
    for _ in 0..50 {
        let interval = 1 + draw.below(50) as u64;
        cases.push((nanos(interval), nanos(draw.below(200) as u64)));
    }
    cases.into_iter().try_for_each(|(interval, session)| {
        let expected = match interval.as_nanos() {
            0 => None,
            interval => u64::try_from(session.as_nanos() / interval + 1).ok(),
        };
        compare(
            format!(
                "Mine::polls({}, {})",
                code::duration(interval),
                code::duration(session)
            ),
            format!("{expected:?}"),
            format!("{:?}", solution(interval, session)),
        )
    })
}

fn traffic(solution: fn(u64, u64, &Sizes) -> u64, seed: Seed) -> Verdict {
    let mut draw = Draw::new(seed);
    for polls in (0..5).chain([1000, 7201]) {
        for news in [0, 1, 2, 10] {
            let mut size = || 1 + draw.below(999) as u64;
            let sizes = Sizes {
                request_bytes: size(),
                empty_bytes: size(),
                full_bytes: size(),
            };
            let answer = |poll| match poll < news {
                true => sizes.full_bytes,
                false => sizes.empty_bytes,
            };
            let bytes = (0..polls).map(|poll| sizes.request_bytes + answer(poll));
            compare(
                format!("Mine::traffic({polls}, {news}, &{sizes:?})"),
                bytes.sum::<u64>().to_string(),
                solution(polls, news, &sizes).to_string(),
            )?;
        }
    }
    Ok(())
}
