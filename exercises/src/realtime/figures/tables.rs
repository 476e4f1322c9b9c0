//! The chapter's tables: the numbers behind its curves.

use std::time::Duration;

use super::Comparison;
use super::comparison::answered_at_once;
use super::numbers::{bits, grouped, per_cent, rounded, seconds};
use crate::figure::table;
use crate::realtime::model::{Cost, FirstRequest, Scene, Sizes, Technique, Transport};

/// Names of the techniques, in the order of [`Comparison::techniques`].
const NAMES: [&str; 4] = ["polling", "long polling", "server-sent events", "WebSocket"];

/// Events a minute at which the curves are tabled.
const RATES: [f64; 6] = [0.1, 1.0, 10.0, 100.0, 1_000.0, 10_000.0];

/// The pieces that are tables, by name.
pub(super) fn pieces(comparison: &Comparison) -> Vec<(&'static str, String)> {
    vec![
        ("first_request_table", first_request()),
        ("sizes_table", sizes(&comparison.sizes)),
        ("requests_table", requests(comparison)),
        ("latency_table", latency(comparison)),
        ("bytes_table", bytes(comparison)),
        ("degeneration_table", degeneration(comparison)),
    ]
}

/// The techniques for many clients who wait for the same news.
pub(super) fn story(costs: &[Cost; 4], n_clients: f64) -> String {
    let rows = NAMES.iter().zip(costs).map(|(name, cost)| {
        [
            (*name).to_owned(),
            rounded(n_clients * cost.requests_per_sec),
            bits(n_clients * cost.bytes_per_sec),
            rounded(n_clients * cost.held),
            seconds(cost.latency.mean()),
            seconds(cost.latency.quantile(0.99)),
        ]
    });
    let head = [
        "",
        "requests a second",
        "traffic",
        "requests or streams held",
        "delay, mean",
        "delay, p99",
    ];
    table(&head, rows)
}

fn first_request() -> String {
    let transports = [
        ("no encryption, TCP", Transport::Plain),
        ("TLS 1.2, TCP", Transport::Tls12),
        ("TLS 1.3, TCP", Transport::Tls13),
        ("HTTP/3, QUIC", Transport::Quic),
    ];
    let rows = transports.map(|(name, transport)| {
        let time = |ms| {
            let first = FirstRequest {
                look_up: Duration::from_millis(20),
                round_trip: Duration::from_millis(ms),
                transport,
            };
            format!("{} ms", grouped(first.time().as_millis() as u64))
        };
        [
            name.to_owned(),
            (transport.handshakes() + 1).to_string(),
            time(20),
            time(100),
            time(300),
        ]
    });
    let head = [
        "carried by",
        "round trips",
        "of 20 ms each",
        "of 100 ms",
        "of 300 ms",
    ];
    table(&head, rows)
}

fn sizes(sizes: &Sizes) -> String {
    let rows = [
        ("a poll, answered with 204", sizes.poll + sizes.no_news, 0.0),
        (
            "a poll, answered with one event",
            sizes.poll + sizes.news_head + sizes.event,
            sizes.event,
        ),
        (
            "an event on an open stream (SSE)",
            sizes.sse_event,
            sizes.event,
        ),
        ("an event on an open WebSocket", sizes.ws_event, sizes.event),
        ("a comment on a stream", sizes.sse_comment, 0.0),
        ("ping and pong", sizes.ws_ping_pong, 0.0),
        ("a pong that nobody asked for", sizes.ws_pong, 0.0),
    ];
    let rows = rows
        .map(|(name, bytes, news)| [name.to_owned(), grouped(bytes as u64), grouped(news as u64)]);
    table(&["", "bytes", "of them news"], rows)
}

/// A row for each rate, a column for each technique.
fn by_rate(cell: impl Fn(f64) -> [String; 4]) -> String {
    let rows = RATES.map(|rate| {
        let mut row = vec![super::plot::plain(rate)];
        row.extend(cell(rate));
        row
    });
    let mut head = vec!["events a minute"];
    head.extend(NAMES);
    table(&head, rows)
}

fn requests(comparison: &Comparison) -> String {
    by_rate(|rate| {
        comparison
            .costs(rate)
            .map(|cost| significant(60.0 * cost.requests_per_sec))
    })
}

fn bytes(comparison: &Comparison) -> String {
    by_rate(|rate| {
        let scene = comparison.scene(rate);
        comparison
            .costs(rate)
            .map(|cost| rounded(cost.bytes_per_event(&scene)))
    })
}

fn latency(comparison: &Comparison) -> String {
    let scene: Scene = comparison.scene(1.0);
    let mut rows: Vec<[String; 3]> = [0.5, 1.0, 5.0, 10.0, 60.0]
        .map(|secs| {
            let interval = Duration::from_secs_f64(secs);
            let latency = Technique::Polling { interval }.cost(&scene).latency;
            [
                format!("polling every {secs} s"),
                seconds(latency.mean()),
                seconds(latency.quantile(0.99)),
            ]
        })
        .to_vec();
    for (name, cost) in NAMES.iter().zip(comparison.costs(1.0)).skip(1) {
        rows.push([
            (*name).to_owned(),
            seconds(cost.latency.mean()),
            seconds(cost.latency.quantile(0.99)),
        ]);
    }
    table(&["one event a minute", "delay, mean", "delay, p99"], rows)
}

fn degeneration(comparison: &Comparison) -> String {
    let round_trip = comparison.round_trip.as_secs_f64();
    let rows = [0.01, 0.1, 0.5, 1.0, 3.0, 10.0].map(|product| {
        let rate = product / round_trip;
        let requests = comparison.like_polling(product) / round_trip;
        [
            product.to_string(),
            significant(rate),
            per_cent(answered_at_once(product)),
            per_cent(comparison.like_polling(product)),
            format!("{:.2}", rate / requests),
        ]
    });
    let head = [
        "events in a round trip",
        "events a second at 100 ms",
        "answered at once",
        "requests, of polling once a round trip",
        "events an answer",
    ];
    table(&head, rows)
}

/// Three digits that count.
pub(super) fn significant(number: f64) -> String {
    if number >= 100.0 {
        return rounded(number);
    }
    let digits = (2 - number.log10().floor() as i32).max(0) as usize;
    let text = format!("{number:.digits$}");
    if text.contains('.') {
        return text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_are_kept_wherever_the_point_is() {
        let written = [12.0, 600.0, 0.016_651, 9.995, 5_999.0].map(significant);
        assert_eq!(written, ["12", "600", "0.0167", "9.99", "6,000"]);
    }
}
