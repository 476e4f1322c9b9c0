//! The listener: who gets in, what time it is, and how it ends.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use super::connection::{self, Opened};
use super::hub::Phase;
use super::line::{Ended, Line};
use super::socket::Socket;
use super::sse::Sse;
use super::stream::{self, Dialect, Start};
use super::{Hub, Limits};

/// Connections that may wait to be accepted. tokio's `TcpListener::bind` asks for 128;
/// when more clients than that come at once, as after a restart, the others' first packet
/// is dropped, and they try again after a second.
const BACKLOG: u32 = 4096;

/// Clients at the same time that are told that there is no place. Others beyond these
/// find their connection closed: even a refusal needs some memory.
const REFUSALS: usize = 64;

/// A pause when the system has no descriptor for another connection: those that are there
/// must end first, and asking at once would only keep the processor busy.
const OUT_OF_DESCRIPTORS: Duration = Duration::from_millis(50);

/// What has happened since the server started.
///
/// # Examples
///
/// ```
/// use exercises::realtime::serve::Counts;
///
/// assert_eq!(Counts::default().slow, 0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Connections that are open now.
    pub open: u64,
    /// Connections that were accepted.
    pub connections: u64,
    /// Requests that were served, or are.
    pub requests: u64,
    /// Requests that were refused.
    pub refused: u64,
    /// Clients that were dropped because they did not keep up.
    pub slow: u64,
}

#[derive(Debug, Default)]
pub(super) struct Counters {
    connections: AtomicU64,
    pub(super) requests: AtomicU64,
    pub(super) refused: AtomicU64,
    slow: AtomicU64,
}

/// What all connections share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) hub: Arc<Hub>,
    pub(super) limits: Limits,
    pub(super) counts: Counters,
    places: Arc<Semaphore>,
    refusals: Arc<Semaphore>,
}

impl Shared {
    fn note(&self, ended: Ended) {
        if ended == Ended::Slow {
            self.counts.slow.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// A server of one hub, in all four ways, on one address.
///
/// # Examples
///
/// ```
/// use exercises::realtime::serve::{Feed, Hub, Limits, News, Server, Way};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let limits = Limits::default();
/// let hub = Hub::new(0x1f3a, &limits);
/// let server = Server::start(hub.clone(), limits, "127.0.0.1:0".parse()?)?;
/// let mut feed = Feed::new(server.address(), Way::Events);
/// hub.publish("12 degrees")?;
/// let News::Event { data, .. } = feed.next().await? else { panic!("nothing is missed") };
/// assert_eq!(data, "12 degrees");
/// server.close().await;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
    ticking: JoinHandle<()>,
}

impl Server {
    /// Listens on an address, within a tokio runtime. With port 0 the system picks one.
    ///
    /// # Errors
    ///
    /// When the address cannot be listened on.
    pub fn start(hub: Arc<Hub>, limits: Limits, address: SocketAddr) -> io::Result<Self> {
        let socket = match address {
            SocketAddr::V4(_) => TcpSocket::new_v4()?,
            SocketAddr::V6(_) => TcpSocket::new_v6()?,
        };
        // The port of a server that has just been stopped is free again at once.
        socket.set_reuseaddr(true)?;
        if let Some(n_bytes) = limits.send_buffer_bytes {
            socket.set_send_buffer_size(n_bytes)?;
        }
        socket.bind(address)?;
        let listener = socket.listen(BACKLOG)?;
        let address = listener.local_addr()?;
        hub.ring(|bell| bell.phase = Phase::Open);
        let shared = Arc::new(Shared {
            places: Arc::new(Semaphore::new(limits.clients)),
            refusals: Arc::new(Semaphore::new(REFUSALS)),
            counts: Counters::default(),
            hub,
            limits,
        });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&shared)));
        let ticking = tokio::spawn(tick(Arc::clone(&shared.hub), shared.limits.keep_alive));
        Ok(Self {
            address,
            shared,
            accepting,
            ticking,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What has happened so far.
    pub fn counts(&self) -> Counts {
        let shared = &self.shared;
        let get = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Counts {
            open: (shared.limits.clients - shared.places.available_permits()) as u64,
            connections: get(&shared.counts.connections),
            requests: get(&shared.counts.requests),
            refused: get(&shared.counts.refused),
            slow: get(&shared.counts.slow),
        }
    }

    /// Stops listening, sends everybody what is published so far and the end, and waits for
    /// them as long as the limits say. Whether all got theirs in time.
    pub async fn close(self) -> bool {
        let Shared {
            hub,
            limits,
            places,
            ..
        } = &*self.shared;
        hub.ring(|bell| bell.phase = Phase::Closing);
        // The listener goes with its task, and new clients find a closed port.
        let _ = self.accepting.await;
        self.ticking.abort();
        // Who holds no permit any more has ended; more than u32::MAX clients there are not.
        let all = u32::try_from(limits.clients).unwrap_or(u32::MAX);
        let in_time = timeout(limits.grace, places.acquire_many(all))
            .await
            .is_ok();
        hub.ring(|bell| bell.phase = Phase::Closed);
        let _ = places.acquire_many(all).await;
        in_time
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut bell = shared.hub.listen();
    while bell.borrow_and_update().phase == Phase::Open {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => admit(stream, &shared),
                Err(_) => sleep(OUT_OF_DESCRIPTORS).await,
            },
            _ = bell.changed() => {}
        }
    }
}

fn admit(stream: TcpStream, shared: &Arc<Shared>) {
    // Events are whole writes: waiting for more to send would only delay them.
    if stream.set_nodelay(true).is_err() {
        return;
    }
    shared.counts.connections.fetch_add(1, Ordering::Relaxed);
    let line = Line::new(stream, shared.hub.listen());
    if let Ok(place) = Arc::clone(&shared.places).try_acquire_owned() {
        tokio::spawn(serve(line, Arc::clone(shared), place, true));
    } else if let Ok(place) = Arc::clone(&shared.refusals).try_acquire_owned() {
        tokio::spawn(serve(line, Arc::clone(shared), place, false));
    }
}

async fn serve(mut line: Line, shared: Arc<Shared>, place: OwnedSemaphorePermit, is_welcome: bool) {
    match connection::serve(&mut line, &shared, is_welcome).await {
        // In a task of its own, which is half as large: this one still has the room in
        // which requests are read.
        Ok(Some(Opened::Events(start))) => drop(tokio::spawn(run(line, shared, place, Sse, start))),
        Ok(Some(Opened::Socket(start))) => {
            drop(tokio::spawn(run(line, shared, place, Socket, start)));
        }
        Ok(None) => {}
        Err(ended) => shared.note(ended),
    }
}

/// Serves a client whose connection has become a stream.
async fn run(
    mut line: Line,
    shared: Arc<Shared>,
    place: OwnedSemaphorePermit,
    dialect: impl Dialect,
    start: Start,
) {
    if let Err(ended) = stream::run(&mut line, &shared.hub, &shared.limits, dialect, start).await {
        shared.note(ended);
    }
    drop(place);
}

async fn tick(hub: Arc<Hub>, every: Duration) {
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        hub.ring(|bell| bell.tick += 1);
    }
}
