//! The formulas, with λ events a second and a round trip of R seconds.
//!
//! **Polling** every T. A request every T, whatever happens; it is empty if nothing came
//! in T, which has probability e^(−λT). An event waits for the next request, anything up
//! to T.
//!
//! **Long polling** with a time limit of H. Between an answer and the next request lies a
//! gap of R, in which events wait. If there was one, the request is answered on arrival,
//! else when the first event comes or H is over, on average after (1 − e^(−λH)) / λ. So a
//! cycle takes C = R + e^(−λR) · (1 − e^(−λH)) / λ, and the requests are 1 / C a second.
//! An event falls into a gap with probability R / C, because Poisson arrivals see time
//! averages (Wolff 1982), and waits for anything up to R there.
//!
//! **Streams** that live for L and are gone for D. A request every L + D; an event falls
//! into an outage with probability D / (L + D). A sign of life follows every silence of K;
//! between two events that is 1 / (e^(λK) − 1) times, on average.

use std::time::Duration;

use super::{Latency, Scene, Stream};

/// What a technique costs for one client; means over a long time.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::realtime::model::{Scene, Sizes, Technique};
///
/// let scene = Scene {
///     events_per_sec: 1.0,
///     round_trip: Duration::from_millis(100),
///     sizes: Sizes::default(),
/// };
/// let cost = Technique::LongPolling { timeout: Duration::from_secs(30) }.cost(&scene);
/// assert!((cost.requests_per_sec - 0.995).abs() < 0.001, "nearly one for each event");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cost {
    /// Requests a second.
    pub requests_per_sec: f64,
    /// Requests a second that are answered without news.
    pub empty_per_sec: f64,
    /// Bytes a second, both ways together.
    pub bytes_per_sec: f64,
    /// Part of the time in which the server holds a request or a stream of the client,
    /// from 0 to 1.
    pub held: f64,
    /// How late the news is.
    pub latency: Latency,
}

impl Cost {
    /// Bytes for each event that is delivered.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use exercises::realtime::model::{Scene, Sizes, Technique};
    /// let scene = Scene {
    ///     events_per_sec: 2.0,
    ///     round_trip: Duration::from_millis(100),
    ///     sizes: Sizes::default(),
    /// };
    /// let cost = Technique::Polling { interval: Duration::from_secs(5) }.cost(&scene);
    /// assert_eq!(cost.bytes_per_event(&scene), cost.bytes_per_sec / 2.0);
    /// ```
    pub fn bytes_per_event(&self, scene: &Scene) -> f64 {
        self.bytes_per_sec / scene.events_per_sec
    }
}

pub(super) fn polling(scene: &Scene, interval: Duration) -> Cost {
    let rate = scene.events_per_sec;
    let interval_secs = interval.as_secs_f64();
    let requests_per_sec = 1.0 / interval_secs;
    let empty_per_sec = requests_per_sec * (-rate * interval_secs).exp();
    Cost {
        requests_per_sec,
        empty_per_sec,
        bytes_per_sec: polled_bytes(scene, requests_per_sec, empty_per_sec),
        held: 0.0,
        latency: Latency {
            least: scene.round_trip / 2,
            chance: 1.0,
            longest_wait: interval,
        },
    }
}

// ANCHOR: long_polling
pub(super) fn long_polling(scene: &Scene, timeout: Duration) -> Cost {
    let rate = scene.events_per_sec;
    let (gap, limit) = (scene.round_trip.as_secs_f64(), timeout.as_secs_f64());
    let nothing_in_gap = (-rate * gap).exp();
    // The mean of a wait that an event ends, at a rate of `rate`, or else the limit.
    // Not `1 − e^x`: at small rates that difference has hardly a digit left.
    let wait = -(-rate * limit).exp_m1() / rate;
    let cycle = gap + nothing_in_gap * wait;
    let requests_per_sec = 1.0 / cycle;
    let empty_per_sec = requests_per_sec * nothing_in_gap * (-rate * limit).exp();
    Cost {
        requests_per_sec,
        empty_per_sec,
        bytes_per_sec: polled_bytes(scene, requests_per_sec, empty_per_sec),
        held: 1.0 - gap / cycle,
        latency: Latency {
            least: scene.round_trip / 2,
            chance: gap / cycle,
            longest_wait: scene.round_trip,
        },
    }
}
// ANCHOR_END: long_polling

/// Bytes a second of a technique whose every answer is a response of its own.
fn polled_bytes(scene: &Scene, requests_per_sec: f64, empty_per_sec: f64) -> f64 {
    let sizes = &scene.sizes;
    let full_per_sec = requests_per_sec - empty_per_sec;
    let commas_per_sec = scene.events_per_sec - full_per_sec;
    requests_per_sec * sizes.poll
        + empty_per_sec * sizes.no_news
        + full_per_sec * sizes.news_head
        + scene.events_per_sec * sizes.event
        + commas_per_sec
}

pub(super) fn stream(scene: &Scene, stream: &Stream, bytes: (f64, f64, f64)) -> Cost {
    let (open, event, sign_of_life) = bytes;
    let (lifetime, outage) = (stream.lifetime.as_secs_f64(), stream.outage.as_secs_f64());
    let requests_per_sec = 1.0 / (lifetime + outage);
    let held = lifetime * requests_per_sec;
    let signs_per_sec = held * signs_per_sec(scene.events_per_sec, stream.keep_alive);
    Cost {
        requests_per_sec,
        empty_per_sec: 0.0,
        bytes_per_sec: requests_per_sec * open
            + scene.events_per_sec * event
            + signs_per_sec * sign_of_life,
        held,
        latency: Latency {
            least: scene.round_trip / 2,
            chance: 1.0 - held,
            longest_wait: stream.outage,
        },
    }
}

/// Signs of life a second, if one is sent whenever nothing was sent for `silence`.
fn signs_per_sec(events_per_sec: f64, silence: Duration) -> f64 {
    events_per_sec / (events_per_sec * silence.as_secs_f64()).exp_m1()
}

#[cfg(test)]
mod tests {
    use super::super::{Sizes, Technique};
    use super::*;

    fn scene(events_per_sec: f64, round_trip_ms: u64) -> Scene {
        Scene {
            events_per_sec,
            round_trip: Duration::from_millis(round_trip_ms),
            sizes: Sizes::default(),
        }
    }

    #[track_caller]
    fn near(found: f64, expected: f64) {
        assert!((found / expected - 1.0).abs() < 1e-3, "{found} {expected}");
    }

    #[test]
    fn a_million_clients_that_poll_twice_a_second_are_two_million_requests() {
        let interval = Duration::from_millis(500);
        let cost = Technique::Polling { interval }.cost(&scene(1.0 / 60.0, 100));
        near(1e6 * cost.requests_per_sec, 2e6);
    }

    #[test]
    fn long_polls_without_news_come_once_in_a_time_limit_and_a_round_trip() {
        let timeout = Duration::from_secs(30);
        let cost = Technique::LongPolling { timeout }.cost(&scene(1e-9, 100));
        near(cost.requests_per_sec, 1.0 / 30.1);
        near(cost.empty_per_sec, cost.requests_per_sec);
    }

    #[test]
    fn long_polls_under_a_flood_of_news_are_polls_a_round_trip_apart() {
        let timeout = Duration::from_secs(30);
        let flood = scene(1_000.0, 100);
        let long = Technique::LongPolling { timeout }.cost(&flood);
        let interval = flood.round_trip;
        let short = Technique::Polling { interval }.cost(&flood);
        near(long.requests_per_sec, short.requests_per_sec);
        near(long.bytes_per_sec, short.bytes_per_sec);
        near(
            long.latency.mean().as_secs_f64(),
            short.latency.mean().as_secs_f64(),
        );
    }

    #[test]
    fn signs_of_life_are_sent_in_silence_and_make_room_for_news() {
        let silence = Duration::from_secs(15);
        near(signs_per_sec(1e-9, silence), 1.0 / 15.0);
        // Events that come without memory, on average two in 15 s; each gap is as long as
        // so many whole silences.
        let gaps = (0..10_000).map(|place| -(1.0 - (f64::from(place) + 0.5) / 1e4).ln() * 7.5);
        let (signs, secs) = gaps.fold((0.0, 0.0), |(signs, secs), gap| {
            (signs + (gap / 15.0).floor(), secs + gap)
        });
        near(signs_per_sec(1.0 / 7.5, silence), signs / secs);
        assert!(signs_per_sec(10.0, silence) < 1e-60);
    }

    #[test]
    fn a_poll_of_many_events_has_commas_between_them() {
        let scene = scene(1_000.0, 100);
        let interval = Duration::from_secs(5);
        let bytes = 5.0 * Technique::Polling { interval }.cost(&scene).bytes_per_sec;
        let sizes = scene.sizes;
        let answer = sizes.news_head + 5_000.0 * sizes.event + 4_999.0;
        near(bytes, sizes.poll + answer);
    }

    #[test]
    fn news_that_is_further_apart_than_round_trips_costs_a_long_poll_each() {
        let timeout = Duration::from_secs(3_600);
        let cost = Technique::LongPolling { timeout }.cost(&scene(0.1, 1));
        near(cost.requests_per_sec, 0.1);
    }
}
