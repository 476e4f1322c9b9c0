//! The same rules as in the formulas, played event by event on a virtual clock.
//!
//! It knows nothing of the formulas: it draws when the news comes, and follows one client
//! from request to request. For the tests, which compare the two, and for notebooks. It
//! counts requests and delays; bytes are a matter of multiplying, and left to the formulas.

use std::time::Duration;

use rand::RngExt;

use super::{Scene, Technique};
use crate::random::{ChaCha8Rng, seeded};

/// What was seen of one client.
#[derive(Debug, Clone, PartialEq)]
pub struct Observed {
    /// Requests that the server was sent.
    pub n_requests: u64,
    /// Of these, requests that were answered without news.
    pub n_empty: u64,
    /// How long it took from the server's first request to its last.
    pub time: Duration,
    /// For each event that was delivered, how late it was; in order of the events.
    pub latencies: Vec<Duration>,
}

impl Observed {
    /// Requests a second.
    pub fn requests_per_sec(&self) -> f64 {
        // The last request ends the time and is not in it.
        (self.n_requests.saturating_sub(1)) as f64 / self.time.as_secs_f64()
    }
}

/// Follows one client through so many requests.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::realtime::model::{Scene, Sizes, Technique, simulate};
///
/// let scene = Scene {
///     events_per_sec: 2.0,
///     round_trip: Duration::from_millis(100),
///     sizes: Sizes::default(),
/// };
/// let polling = Technique::Polling { interval: Duration::from_secs(5) };
/// let seen = simulate(&polling, &scene, 1_000, 18);
/// assert!((seen.requests_per_sec() - 0.2).abs() < 1e-9);
/// assert!(seen.latencies.iter().all(|late| *late <= Duration::from_millis(5_050)));
/// ```
///
/// # Time complexity
///
/// O(requests + events).
pub fn simulate(technique: &Technique, scene: &Scene, n_requests: u64, seed: u64) -> Observed {
    let round_trip = scene.round_trip.as_secs_f64();
    let mut news = News::of(scene.events_per_sec, seed);
    let mut seen = Observed {
        n_requests: 0,
        n_empty: 0,
        time: Duration::ZERO,
        latencies: Vec::new(),
    };
    // Seconds at the server: when it has a request, and until when it may answer it.
    let mut asked_at = 0.0;
    while seen.n_requests < n_requests {
        seen.n_requests += 1;
        seen.time = Duration::from_secs_f64(asked_at);
        let n_delivered = seen.latencies.len();
        let (answered_until, next_at) = match technique {
            Technique::Polling { interval } => (asked_at, asked_at + interval.as_secs_f64()),
            Technique::LongPolling { timeout } => {
                let limit = asked_at + timeout.as_secs_f64();
                let answered_at = news.next_at.clamp(asked_at, limit);
                (answered_at, answered_at + round_trip)
            }
            Technique::ServerSentEvents(stream) | Technique::WebSocket(stream) => {
                let cut_at = asked_at + stream.lifetime.as_secs_f64();
                (cut_at, cut_at + stream.outage.as_secs_f64())
            }
        };
        while news.next_at <= answered_until {
            // What came before the request waited for it; what came behind went out.
            let late = (asked_at - news.next_at).max(0.0) + round_trip / 2.0;
            seen.latencies.push(Duration::from_secs_f64(late));
            news.draw();
        }
        seen.n_empty += u64::from(seen.latencies.len() == n_delivered);
        asked_at = next_at;
    }
    seen
}

/// Events that come at a mean rate, without memory.
struct News {
    /// Seconds.
    next_at: f64,
    events_per_sec: f64,
    random: ChaCha8Rng,
}

impl News {
    fn of(events_per_sec: f64, seed: u64) -> Self {
        let mut news = Self {
            next_at: 0.0,
            events_per_sec,
            random: seeded(seed),
        };
        news.draw();
        news
    }

    /// The gap to the next event is exponentially distributed.
    fn draw(&mut self) {
        let uniform: f64 = self.random.random();
        self.next_at -= (1.0 - uniform).ln() / self.events_per_sec;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cost, Sizes, Stream};
    use super::*;

    /// Independent clients, so that their scatter says how far the mean may be off.
    const CLIENTS: u64 = 100;
    const REQUESTS: u64 = 1_000;

    fn secs(secs: f64) -> Duration {
        Duration::from_secs_f64(secs)
    }

    /// Four standard errors of the clients' mean; a fair run is outside once in 16,000
    /// times, and the seeds are fixed. To that, one part in REQUESTS of the `most` that
    /// the value can be: each client's first cycle begins with an empty history.
    #[track_caller]
    fn agree(what: &str, (expected, most): (f64, f64), found: &[f64]) {
        let n = found.len() as f64;
        let mean = found.iter().sum::<f64>() / n;
        let variance = found.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
        let allowed = 4.0 * (variance / n).sqrt() + most / REQUESTS as f64;
        assert!(
            (mean - expected).abs() <= allowed,
            "{what}: simulated {mean}, expected {expected}, allowed {allowed}"
        );
    }

    fn compare(technique: &Technique, events_per_sec: f64, round_trip: f64) {
        let scene = Scene {
            events_per_sec,
            round_trip: secs(round_trip),
            sizes: Sizes::default(),
        };
        let cost: Cost = technique.cost(&scene);
        let runs: Vec<Observed> = (0..CLIENTS)
            .map(|client| simulate(technique, &scene, REQUESTS, client))
            .collect();
        let what = format!("{technique:?}, {events_per_sec}/s, {round_trip} s");
        let over = |each: fn(&Observed) -> f64| runs.iter().map(each).collect::<Vec<f64>>();
        agree(
            &format!("{what}: requests"),
            (cost.requests_per_sec, cost.requests_per_sec),
            &over(Observed::requests_per_sec),
        );
        if !matches!(technique, Technique::ServerSentEvents(_)) {
            let part = cost.empty_per_sec / cost.requests_per_sec;
            let empty = over(|seen| seen.n_empty as f64 / seen.n_requests as f64);
            agree(&format!("{what}: empty answers"), (part, 1.0), &empty);
        }
        let mean = over(|seen| {
            let sum: f64 = seen.latencies.iter().map(Duration::as_secs_f64).sum();
            sum / seen.latencies.len() as f64
        });
        let mean_secs = cost.latency.mean().as_secs_f64();
        agree(&format!("{what}: mean"), (mean_secs, mean_secs), &mean);
        // Of the delays as a whole: how many are within the formula's quantile.
        for part in [0.9, 0.99] {
            let limit = cost.latency.quantile(part);
            if limit == cost.latency.least {
                continue;
            }
            let within: Vec<f64> = runs
                .iter()
                .map(|seen| {
                    let within = seen.latencies.iter().filter(|late| **late <= limit);
                    within.count() as f64 / seen.latencies.len() as f64
                })
                .collect();
            agree(&format!("{what}: within {limit:?}"), (part, 1.0), &within);
        }
    }

    #[test]
    fn polling_is_as_the_formulas_say() {
        for (rate, interval) in [(0.05, 5.0), (1.0, 0.5), (20.0, 2.0)] {
            let interval = secs(interval);
            compare(&Technique::Polling { interval }, rate, 0.1);
        }
    }

    #[test]
    fn long_polling_is_as_the_formulas_say_from_silence_to_flood() {
        for (rate, round_trip) in [(0.02, 0.1), (0.5, 0.3), (5.0, 0.2), (100.0, 0.1)] {
            let timeout = secs(30.0);
            compare(&Technique::LongPolling { timeout }, rate, round_trip);
        }
    }

    #[test]
    fn streams_are_as_the_formulas_say_even_if_they_are_cut_all_the_time() {
        let stream = Stream {
            lifetime: secs(20.0),
            outage: secs(4.0),
            keep_alive: secs(15.0),
        };
        compare(&Technique::ServerSentEvents(stream), 2.0, 0.1);
    }
}
