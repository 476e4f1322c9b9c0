//! The four techniques beside each other, as curves.

use std::time::Duration;

use plotters::style::text_anchor::HPos;

use super::plot::{Axis, Curve, Line, Plot};
use crate::figure::{Figure, Ink};
use crate::realtime::model::{Cost, Scene, Sizes, Stream, Technique, simulate};

const PER_MINUTE: f64 = 60.0;
/// Requests behind each dot: its scatter is then smaller than the dot.
const DOT_REQUESTS: u64 = 2_000;

/// What is compared, and over which network.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::realtime::figures::Comparison;
///
/// let slow = Comparison { round_trip: Duration::from_millis(300), ..Comparison::default() };
/// assert!(slow.requests().description().contains("long polling 200"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// From one poll to the next.
    pub interval: Duration,
    /// How long a server holds a long poll.
    pub timeout: Duration,
    /// From the client to the server and back.
    pub round_trip: Duration,
    /// What becomes of connections that stay open.
    pub stream: Stream,
    /// How long the messages are.
    pub sizes: Sizes,
}

impl Default for Comparison {
    /// That of the chapter: polls 5 s apart, long polls of 30 s, 100 ms to the server and
    /// back, streams that are cut once an hour and are back after 3 s and three round trips.
    fn default() -> Self {
        Self {
            interval: Duration::from_secs(5),
            timeout: Duration::from_secs(30),
            round_trip: Duration::from_millis(100),
            stream: Stream {
                lifetime: Duration::from_secs(3_600),
                outage: Duration::from_millis(3_300),
                keep_alive: Duration::from_secs(15),
            },
            sizes: Sizes::default(),
        }
    }
}

impl Comparison {
    pub(super) fn scene(&self, events_per_min: f64) -> Scene {
        Scene {
            events_per_sec: events_per_min / PER_MINUTE,
            round_trip: self.round_trip,
            sizes: self.sizes,
        }
    }

    /// Polling, long polling, server-sent events, WebSocket.
    pub(super) fn techniques(&self) -> [Technique; 4] {
        let (interval, timeout) = (self.interval, self.timeout);
        [
            Technique::Polling { interval },
            Technique::LongPolling { timeout },
            Technique::ServerSentEvents(self.stream),
            Technique::WebSocket(self.stream),
        ]
    }

    /// Their costs, in the same order, at a rate of news.
    pub(super) fn costs(&self, events_per_min: f64) -> [Cost; 4] {
        let scene = self.scene(events_per_min);
        self.techniques().map(|technique| technique.cost(&scene))
    }

    /// Requests a minute against events a minute.
    ///
    /// # Time complexity
    ///
    /// O(points + simulated requests), as of the other curves.
    pub fn requests(&self) -> Figure {
        let curve = |number: usize| {
            rates(-1, 4)
                .map(|rate| (rate, self.costs(rate)[number].requests_per_sec * PER_MINUTE))
                .collect()
        };
        let dots = |number: usize| {
            let technique = self.techniques()[number];
            [0.1, 1.0, 10.0, 100.0, 1_000.0, 10_000.0]
                .map(|rate| {
                    let seen = simulate(&technique, &self.scene(rate), DOT_REQUESTS, 18);
                    (rate, seen.requests_per_sec() * PER_MINUTE)
                })
                .to_vec()
        };
        let at = |rate: f64| {
            self.costs(rate)
                .map(|cost| cost.requests_per_sec * PER_MINUTE)
        };
        let (low, high) = (at(0.1), at(10_000.0));
        Plot {
            title: "Requests against events",
            description: format!(
                "Requests a minute of one client against events a minute, both on logarithmic \
                 scales. Polling is a flat line at {}. Long polling goes from {:.1} at one \
                 event in ten minutes up to a ceiling, with 10,000 events long polling {:.0}. \
                 Server-sent events and WebSockets are one flat line at {:.3}. Dots from a \
                 simulation lie on the lines of polling and long polling.",
                low[0], low[1], high[1], low[2]
            ),
            x: Axis::log("events a minute (log scale)", -1, 4),
            y: Axis::log("requests a minute (log scale)", -2, 4),
            curves: vec![
                named(
                    "polling",
                    (0.13, low[0] * 2.2),
                    Ink::Vermillion,
                    Line::Dashed,
                )
                .with(curve(0), dots(0)),
                named(
                    "long polling",
                    (70.0, high[1] * 2.2),
                    Ink::Blue,
                    Line::Solid,
                )
                .with(curve(1), dots(1)),
                named(
                    "SSE, WebSocket",
                    (0.13, low[2] * 2.2),
                    Ink::Green,
                    Line::Dotted,
                )
                .with(curve(2), Vec::new()),
            ],
        }
        .draw()
    }

    /// Mean and p99 of the delay against the poll interval.
    pub fn latency(&self) -> Figure {
        let polled = |secs: f64| {
            let interval = Duration::from_secs_f64(secs);
            Technique::Polling { interval }
                .cost(&self.scene(1.0))
                .latency
        };
        let intervals = || (0..=90).map(|step| 10_f64.powf(-1.0 + f64::from(step) / 30.0));
        let mean = intervals().map(|secs| (secs, polled(secs).mean().as_secs_f64()));
        let p99 = intervals().map(|secs| (secs, polled(secs).quantile(0.99).as_secs_f64()));
        let flat = |secs: f64| vec![(0.1, secs), (100.0, secs)];
        let long = self.costs(1.0)[1].latency;
        let push = self.costs(1.0)[2].latency;
        Plot {
            title: "Delay against the poll interval",
            description: format!(
                "How late the news is, in seconds, against the interval between polls, both \
                 on logarithmic scales, with one event a minute. Polling rises in proportion: \
                 polls 1 second apart give a mean of {:.2} and a p99 of {:.2} seconds, polls \
                 10 seconds apart {:.2} and {:.2}. Long polling and streams do not depend on \
                 it and are one line near {:.2} seconds.",
                polled(1.0).mean().as_secs_f64(),
                polled(1.0).quantile(0.99).as_secs_f64(),
                polled(10.0).mean().as_secs_f64(),
                polled(10.0).quantile(0.99).as_secs_f64(),
                long.mean().as_secs_f64(),
            ),
            x: Axis::log("seconds between polls (log scale)", -1, 2),
            y: Axis::log("delay in seconds (log scale)", -2, 2),
            curves: vec![
                named("polling, p99", (7.0, 14.0), Ink::Vermillion, Line::Dashed)
                    .on_the_left()
                    .with(p99.collect(), Vec::new()),
                named("polling, mean", (7.0, 1.9), Ink::Vermillion, Line::Solid)
                    .with(mean.collect(), Vec::new()),
                named(
                    "long polling, SSE, WebSocket",
                    (3.0, 0.026),
                    Ink::Blue,
                    Line::Dotted,
                )
                .with(flat(push.mean().as_secs_f64()), Vec::new()),
            ],
        }
        .draw()
    }

    /// Bytes for each event against events a minute.
    pub fn bytes(&self) -> Figure {
        let of = |rate: f64| {
            let scene = self.scene(rate);
            self.costs(rate).map(|cost| cost.bytes_per_event(&scene))
        };
        let curve = |number: usize| rates(-1, 4).map(|rate| (rate, of(rate)[number])).collect();
        let (low, one, high) = (of(0.1), of(1.0), of(10_000.0));
        let list = |costs: [f64; 4]| {
            let words = ["polling", "long polling", "SSE", "WebSocket"];
            let pairs: Vec<String> = words
                .iter()
                .zip(costs)
                .map(|(word, bytes)| format!("{word} {}", super::numbers::rounded(bytes)))
                .collect();
            pairs.join(", ")
        };
        Plot {
            title: "Bytes for each event",
            description: format!(
                "Bytes sent for each event that is delivered, against events a minute, both on \
                 logarithmic scales. All curves fall and level out. At one event in ten \
                 minutes: {}. At one a minute: {}. At 10,000 a minute: {}.",
                list(low),
                list(one),
                list(high)
            ),
            x: Axis::log("events a minute (log scale)", -1, 4),
            y: Axis::log("bytes for each event (log scale)", 1, 6),
            curves: vec![
                named(
                    "polling",
                    (0.5, low[0] * 0.7),
                    Ink::Vermillion,
                    Line::Dashed,
                )
                .with(curve(0), Vec::new()),
                named("long polling", (22.0, 1_700.0), Ink::Blue, Line::Solid)
                    .with(curve(1), Vec::new()),
                named(
                    "SSE (solid), WebSocket (dotted)",
                    (0.13, 50.0),
                    Ink::Green,
                    Line::Solid,
                )
                .with(curve(2), Vec::new()),
                named("", (1.0, 100.0), Ink::Purple, Line::Dotted).with(curve(3), Vec::new()),
            ],
        }
        .draw()
    }

    /// Where long polling turns into polling, against the events in a round trip.
    pub fn degeneration(&self) -> Figure {
        let products = || (0..=120).map(|step| 10_f64.powf(-2.0 + f64::from(step) / 30.0));
        let at_once = products().map(|product| (product, answered_at_once(product)));
        let like_polling = products().map(|product| (product, self.like_polling(product)));
        let dots = [0.01, 0.1, 1.0, 10.0, 100.0].map(|product| {
            let scene = self.scene(product / self.round_trip.as_secs_f64() * PER_MINUTE);
            let seen = simulate(&self.techniques()[1], &scene, DOT_REQUESTS, 18);
            let round_trip = self.round_trip.as_secs_f64();
            (product, seen.requests_per_sec() * round_trip)
        });
        Plot {
            title: "Where long polling becomes polling",
            description: format!(
                "Two rising curves, against the mean number of events in one round trip, from \
                 0.01 to 100 on a logarithmic scale. The part of long polls that are answered \
                 at once: {:.0}% at 0.1, {:.0}% at 1, {:.0}% at 3. The requests, compared with \
                 polling once a round trip: {:.0}% at 0.1, {:.0}% at 1, {:.0}% at 3. Dots from \
                 a simulation lie on the second curve.",
                100.0 * answered_at_once(0.1),
                100.0 * answered_at_once(1.0),
                100.0 * answered_at_once(3.0),
                100.0 * self.like_polling(0.1),
                100.0 * self.like_polling(1.0),
                100.0 * self.like_polling(3.0),
            ),
            x: Axis::log("events in a round trip (log scale)", -2, 2),
            y: Axis::per_cent("part"),
            curves: vec![
                named("requests / polls", (0.42, 0.56), Ink::Blue, Line::Solid)
                    .on_the_left()
                    .with(like_polling.collect(), dots.to_vec()),
                named(
                    "answered at once",
                    (0.95, 0.45),
                    Ink::Vermillion,
                    Line::Dashed,
                )
                .with(at_once.collect(), Vec::new()),
            ],
        }
        .draw()
    }

    /// Requests of long polling, as a part of those of polling once a round trip, with so
    /// many events in a round trip.
    pub(super) fn like_polling(&self, events_in_round_trip: f64) -> f64 {
        let round_trip = self.round_trip.as_secs_f64();
        let scene = self.scene(events_in_round_trip / round_trip * PER_MINUTE);
        self.techniques()[1].cost(&scene).requests_per_sec * round_trip
    }
}

/// Part of the long polls that find news waiting for them.
pub(super) fn answered_at_once(events_in_round_trip: f64) -> f64 {
    -(-events_in_round_trip).exp_m1()
}

/// Rates between two orders of magnitude, close enough for a smooth line.
fn rates(from: i32, to: i32) -> impl Iterator<Item = f64> {
    (from * 20..=to * 20).map(|step| 10_f64.powf(f64::from(step) / 20.0))
}

/// A curve that is still to get its points.
fn named(name: &'static str, name_at: (f64, f64), ink: Ink, line: Line) -> Curve {
    Curve {
        name,
        name_at,
        side: HPos::Left,
        ink,
        line,
        points: Vec::new(),
        dots: Vec::new(),
    }
}

impl Curve {
    fn on_the_left(mut self) -> Self {
        self.side = HPos::Right;
        self
    }

    fn with(mut self, points: Vec<(f64, f64)>, dots: Vec<(f64, f64)>) -> Self {
        self.points = points;
        self.dots = dots;
        self
    }
}
