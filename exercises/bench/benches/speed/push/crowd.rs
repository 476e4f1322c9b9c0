//! Many clients at once, and what they see.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use exercises::random::seeded;
use exercises::realtime::serve::{Feed, News, Traffic, Way};
use hdrhistogram::Histogram;
use rand::RngExt;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::{now_ns, opening};

/// Who has not got everything by then will not.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// What all clients have seen since it was last taken.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) delivered: u64,
    pub(crate) gaps: u64,
    /// From the moment an event was published until a client had it.
    pub(crate) latency_ns: Histogram<u64>,
}

#[derive(Debug)]
struct Board {
    seen: Mutex<Seen>,
    rung: Notify,
    ring_at: Mutex<u64>,
}

/// Clients that listen until they are dismissed.
pub(crate) struct Crowd {
    board: Arc<Board>,
    clients: JoinSet<()>,
    meters: Vec<Box<dyn Fn() -> Traffic>>,
    since: Instant,
}

impl Crowd {
    /// Opens so many clients. Pollers begin spread over their interval.
    pub(crate) async fn gather(
        address: SocketAddr,
        way: Way,
        n_clients: usize,
    ) -> anyhow::Result<Self> {
        let board = Arc::new(Board {
            seen: Mutex::new(Seen::nothing()),
            rung: Notify::new(),
            ring_at: Mutex::new(u64::MAX),
        });
        let opened = opening::all(n_clients, || async move {
            let mut feed = Feed::new(address, way);
            feed.connect().await.map(|()| feed)
        });
        let opened = opened.await?;
        let mut crowd = Self {
            board,
            clients: JoinSet::new(),
            meters: Vec::new(),
            since: Instant::now(),
        };
        let mut random = seeded(18);
        crowd.since = Instant::now();
        for mut feed in opened {
            if let Way::Poll { every } = way {
                feed.begin_in(every.mul_f64(random.random()));
            }
            crowd.add(feed);
        }
        Ok(crowd)
    }

    fn add(&mut self, mut feed: Feed) {
        let board = Arc::clone(&self.board);
        self.meters.push(Box::new(feed.meter()));
        self.clients.spawn(async move {
            while let Ok(news) = feed.next().await {
                board.note(&news);
            }
        });
    }

    /// Waits until so many deliveries are on the board, takes them off it, and says how long it took.
    pub(crate) async fn wait_for(&self, deliveries: u64) -> (Seen, Duration) {
        let start = Instant::now();
        *self
            .board
            .ring_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = deliveries;
        let all = async {
            while self.board.delivered() < deliveries {
                self.board.rung.notified().await;
            }
        };
        // What is missing then shows in the count.
        let _ = timeout(PATIENCE, all).await;
        let elapsed = start.elapsed();
        let mut seen = self
            .board
            .seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        (std::mem::replace(&mut *seen, Seen::nothing()), elapsed)
    }

    /// What passed so far, and how long ago they began.
    pub(crate) fn traffic(&self) -> (Traffic, Duration) {
        let mut sum = Traffic::default();
        for meter in &self.meters {
            let traffic = meter();
            sum.requests += traffic.requests;
            sum.sent_bytes += traffic.sent_bytes;
            sum.received_bytes += traffic.received_bytes;
        }
        (sum, self.since.elapsed())
    }
}

impl Board {
    fn note(&self, news: &News) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        match news {
            News::Gap(_) => seen.gaps += 1,
            News::Event { data, .. } => {
                let published: u64 = data.trim_end().parse().unwrap_or_default();
                let latency_ns = now_ns().saturating_sub(published);
                seen.latency_ns.saturating_record(latency_ns);
                seen.delivered += 1;
            }
        }
        if seen.delivered >= *self.ring_at.lock().unwrap_or_else(PoisonError::into_inner) {
            self.rung.notify_one();
        }
    }

    fn delivered(&self) -> u64 {
        self.seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .delivered
    }
}

impl Seen {
    fn nothing() -> Self {
        // Three digits, up to two minutes.
        let histogram = Histogram::new_with_bounds(1, 120_000_000_000, 3);
        Self {
            delivered: 0,
            gaps: 0,
            latency_ns: histogram.expect("the bounds are in order"),
        }
    }

    /// A percentile of the latency, in milliseconds.
    pub(crate) fn ms(&self, percentile: f64) -> f64 {
        self.latency_ns.value_at_percentile(percentile) as f64 / 1e6
    }
}
