//! One server and a crowd of clients in this process: an experiment for a notebook.
//!
//! All of it shares one thread, so what delays an event includes the work of every other
//! client. `cargo bench -p bench push` gives the server a process of its own.

use std::io;
use std::net::Ipv4Addr;
use std::time::Duration;

use rand::RngExt;
use thiserror::Error;
use tokio::task::{JoinError, JoinSet};
use tokio::time::{Instant, MissedTickBehavior, interval, timeout_at};

use super::{Feed, FeedError, Hub, Limits, News, PublishError, Server, Traffic, Way};
use crate::random::seeded;

/// Who has not got everything by so long after the last event will not.
const PATIENCE: Duration = Duration::from_secs(10);

/// Places on the server that nobody needs: a client may be back before it is missed.
const SPARE_PLACES: usize = 100;

/// What to try.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::realtime::serve::{Trial, Way};
///
/// let trial = Trial { way: Way::Events, clients: 3, events: 5, every: Duration::from_millis(1) };
/// let seen = trial.run()?;
/// assert_eq!((seen.delivered(), seen.lost), (15, 0));
/// assert_eq!(seen.traffic.requests, 3);
/// # Ok::<(), exercises::realtime::serve::TrialError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trial {
    /// How news reaches the clients.
    pub way: Way,
    /// How many there are. Each takes two of the files that a process may have open.
    pub clients: usize,
    /// How many events are published.
    pub events: usize,
    /// From one event to the next.
    pub every: Duration,
}

/// Why there is no result.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TrialError {
    /// The system gave no socket, or no thread.
    #[error("the server or its clients cannot start: {0}")]
    Start(#[from] io::Error),
    /// A client did not get in.
    #[error(
        "a client is not served: {0} (each takes two open files; `ulimit -n` says how many there may be)"
    )]
    Client(#[from] FeedError),
    /// An event was not taken.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// A task of the trial has panicked.
    #[error("a part of the trial ended early: {0}")]
    Ended(#[from] JoinError),
}

/// What the clients saw, all together.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::realtime::serve::Seen;
///
/// assert_eq!(Seen::default().delay(0.99), Duration::ZERO, "nobody has seen anything");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    /// Events that some client did not get, for each client.
    pub lost: usize,
    /// Requests and bytes.
    pub traffic: Traffic,
    /// From publishing to arrival, from the shortest to the longest.
    delays: Vec<Duration>,
}

impl Seen {
    /// How often an event reached a client.
    pub fn delivered(&self) -> usize {
        self.delays.len()
    }

    /// The delay that this part of all deliveries does not exceed: 0.5 is the median, 0.99
    /// the 99th percentile. By the nearest rank; zero if there was no delivery.
    pub fn delay(&self, part: f64) -> Duration {
        let rank = (part * self.delays.len() as f64).ceil() as usize;
        let place = rank.clamp(1, self.delays.len().max(1)) - 1;
        self.delays.get(place).copied().unwrap_or_default()
    }
}

impl Trial {
    /// Opens the clients, publishes the events, and waits until all have arrived. Blocks,
    /// and may be called from within a runtime as well.
    ///
    /// # Errors
    ///
    /// See [`TrialError`]. A lost event is no error: it is counted.
    ///
    /// # Time complexity
    ///
    /// Events times their interval, and O(clients · events) of work.
    pub fn run(&self) -> Result<Seen, TrialError> {
        let run = || {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?
                .block_on(self.play())
        };
        // A runtime cannot be blocked on within another; a thread is within none.
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().spawn_scoped(scope, run)?;
            match thread.join() {
                Ok(result) => result,
                Err(panic) => std::panic::resume_unwind(panic),
            }
        })
    }

    async fn play(&self) -> Result<Seen, TrialError> {
        let limits = Limits {
            clients: self.clients.saturating_add(SPARE_PLACES),
            ..Limits::default()
        };
        let hub = Hub::new(1, &limits);
        let server = Server::start(hub.clone(), limits, (Ipv4Addr::LOCALHOST, 0).into())?;
        let mut opening = JoinSet::new();
        for _ in 0..self.clients {
            let mut feed = Feed::new(server.address(), self.way);
            opening.spawn(async move { feed.connect().await.map(|()| feed) });
        }
        let mut feeds = Vec::new();
        while let Some(feed) = opening.join_next().await {
            feeds.push(feed??);
        }
        let start = Instant::now();
        let spread = self
            .every
            .saturating_mul(self.events.try_into().unwrap_or(u32::MAX));
        let deadline = start + spread + PATIENCE;
        let mut random = seeded(18);
        let mut listening = JoinSet::new();
        for mut feed in feeds {
            if let Way::Poll { every } = self.way {
                // Those that begin together would ask together for ever.
                feed.begin_in(every.mul_f64(random.random()));
            }
            listening.spawn(listen(feed, self.events, start, deadline));
        }
        let mut ticks = interval(self.every.max(Duration::from_nanos(1)));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
        for _ in 0..self.events {
            ticks.tick().await;
            hub.publish(&start.elapsed().as_nanos().to_string())?;
        }
        let mut seen = Seen::default();
        while let Some(client) = listening.join_next().await {
            let (delays, traffic) = client??;
            seen.lost += self.events - delays.len();
            seen.delays.extend(delays);
            seen.traffic.requests += traffic.requests;
            seen.traffic.sent_bytes += traffic.sent_bytes;
            seen.traffic.received_bytes += traffic.received_bytes;
        }
        seen.delays.sort_unstable();
        server.close().await;
        Ok(seen)
    }
}

/// A client until it has everything, or nothing more is to be expected.
async fn listen(
    mut feed: Feed,
    n_events: usize,
    start: Instant,
    deadline: Instant,
) -> Result<(Vec<Duration>, Traffic), FeedError> {
    let mut delays = Vec::with_capacity(n_events);
    while delays.len() < n_events {
        let Ok(news) = timeout_at(deadline, feed.next()).await else {
            break;
        };
        // What is missing behind a gap shows in the count.
        if let News::Event { data, .. } = news? {
            let published = Duration::from_nanos(data.parse().unwrap_or_default());
            delays.push(start.elapsed().saturating_sub(published));
        }
    }
    Ok((delays, feed.traffic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(way: Way) -> Seen {
        let every = Duration::from_millis(1);
        let trial = Trial {
            way,
            clients: 4,
            events: 6,
            every,
        };
        trial.run().expect("there are sockets")
    }

    #[test]
    fn every_way_delivers_everything() {
        let poll = Way::Poll {
            every: Duration::from_millis(2),
        };
        for way in [poll, Way::Wait, Way::Events, Way::Socket] {
            let seen = run(way);
            assert_eq!((seen.delivered(), seen.lost), (24, 0), "{way:?}");
            let is_stream = matches!(way, Way::Events | Way::Socket);
            assert_eq!(seen.traffic.requests == 4, is_stream, "{way:?}");
        }
    }

    #[test]
    fn it_can_be_run_from_within_a_runtime() {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let runtime = runtime.expect("a runtime can be made");
        let seen = runtime.block_on(async { run(Way::Events) });
        assert_eq!(seen.lost, 0);
    }

    #[test]
    fn delays_are_by_the_nearest_rank() {
        let seen = Seen {
            delays: (1..=10).map(Duration::from_millis).collect(),
            ..Seen::default()
        };
        let ms = [0.0, 0.5, 0.51, 0.99, 1.0].map(|part| seen.delay(part).as_millis());
        assert_eq!(ms, [1, 5, 6, 10, 10]);
    }
}
