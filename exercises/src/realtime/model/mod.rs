//! What it costs to bring news to a client: requests, bytes and delay, in formulas.
//!
//! For estimates before anything is built, and for the chapter's curves. The formulas
//! follow from three assumptions: news comes as a Poisson process (at a mean rate, with no
//! memory), a round trip always takes the same time, half of it each way, and servers
//! answer in no time. [`simulate`] plays the same rules event by event on a virtual clock;
//! the tests compare the two.
//!
//! Not in it: lost packets, queues in front of a busy server, and the handshakes of TCP
//! and TLS behind a connection, for which see [`FirstRequest`]. Real systems are slower
//! than this; the *differences* between the techniques are what it shows.

mod cost;
mod first_request;
mod latency;
mod simulation;
mod wire;

use std::time::Duration;

pub use cost::Cost;
pub use first_request::{FirstRequest, Transport};
pub use latency::Latency;
pub use simulation::{Observed, simulate};
pub use wire::{ENVELOPE_BYTES, Sizes, texts};

/// A client, its network, and the news that is meant for it.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::realtime::model::{Scene, Sizes, Technique};
///
/// let scene = Scene {
///     events_per_sec: 1.0 / 60.0,
///     round_trip: Duration::from_millis(100),
///     sizes: Sizes::default(),
/// };
/// let polling = Technique::Polling { interval: Duration::from_millis(500) }.cost(&scene);
/// assert_eq!(polling.requests_per_sec, 2.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scene {
    /// News a second, on average, for this client.
    pub events_per_sec: f64,
    /// From the client to the server and back.
    pub round_trip: Duration,
    /// How long the messages are.
    pub sizes: Sizes,
}

/// How a client comes by its news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Technique {
    /// It asks at fixed times and is answered at once.
    Polling {
        /// From one request to the next; not shorter than a round trip.
        interval: Duration,
    },
    /// It asks, is answered when there is news or the time is up, and asks again at once.
    LongPolling {
        /// How long the server holds a request without news.
        timeout: Duration,
    },
    /// It asks once, and the answer goes on.
    ServerSentEvents(Stream),
    /// It asks once, and the connection becomes one for messages both ways.
    WebSocket(Stream),
}

/// A connection that stays open until something on the way cuts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream {
    /// How long it lives, before it has to be opened again.
    pub lifetime: Duration,
    /// From the cut until the server has the next request; news waits meanwhile.
    pub outage: Duration,
    /// The longest silence: when nothing was sent for so long, a sign of life is.
    pub keep_alive: Duration,
}

impl Technique {
    /// What it costs for one client.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use exercises::realtime::model::{Scene, Sizes, Technique};
    ///
    /// let scene = Scene {
    ///     events_per_sec: 0.1,
    ///     round_trip: Duration::from_millis(200),
    ///     sizes: Sizes::default(),
    /// };
    /// let polling = Technique::Polling { interval: Duration::from_secs(10) }.cost(&scene);
    /// assert_eq!(polling.latency.mean(), Duration::from_millis(5_100));
    /// ```
    ///
    /// # Time complexity
    ///
    /// O(1).
    pub fn cost(&self, scene: &Scene) -> Cost {
        match self {
            Technique::Polling { interval } => cost::polling(scene, *interval),
            Technique::LongPolling { timeout } => cost::long_polling(scene, *timeout),
            Technique::ServerSentEvents(stream) => {
                let sizes = &scene.sizes;
                let bytes = (sizes.sse_open, sizes.sse_event, sizes.sse_comment);
                cost::stream(scene, stream, bytes)
            }
            Technique::WebSocket(stream) => {
                let sizes = &scene.sizes;
                let bytes = (sizes.ws_open, sizes.ws_event, sizes.ws_ping_pong);
                cost::stream(scene, stream, bytes)
            }
        }
    }
}
