//! The servers and clients over real sockets on this machine.
//!
//! Nothing here waits for a time to pass. A test that waits for something to happen gives
//! way until it has; limits that a test is to meet are milliseconds.

mod delivery;
mod ending;
mod limits;
mod relay;
mod ways;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::yield_now;

use super::{Cursor, Feed, Gap, Hub, Limits, News, Server, Way};

const WAYS: [Way; 4] = [
    Way::Poll {
        every: Duration::from_millis(1),
    },
    Way::Wait,
    Way::Events,
    Way::Socket,
];

/// Limits under which clients come back at once.
fn limits() -> Limits {
    Limits {
        retry: Duration::from_millis(1),
        ..Limits::default()
    }
}

/// A hub, and a server of it on a free port.
fn start(limits: &Limits) -> (Arc<Hub>, Server) {
    let hub = Hub::new(1, limits);
    let server = serve(&hub, limits, ([127, 0, 0, 1], 0).into());
    (hub, server)
}

#[track_caller]
fn serve(hub: &Arc<Hub>, limits: &Limits, address: SocketAddr) -> Server {
    Server::start(Arc::clone(hub), limits.clone(), address).expect("the port is free")
}

/// Publishes numbers as events.
fn publish(hub: &Hub, numbers: std::ops::RangeInclusive<u64>) {
    for number in numbers {
        hub.publish(&number.to_string()).expect("it is small");
    }
}

/// The next `n` things, numbers for events.
async fn read(feed: &mut Feed, n: usize) -> Vec<Result<u64, Gap>> {
    let mut found = Vec::new();
    while found.len() < n {
        found.push(match feed.next().await.expect("the server is there") {
            News::Event { data, at } => {
                assert_eq!(feed.at(), Some(at));
                Ok(data.parse().expect("events are numbers"))
            }
            News::Gap(gap) => Err(gap),
        });
    }
    found
}

fn events(numbers: std::ops::RangeInclusive<u64>) -> Vec<Result<u64, Gap>> {
    numbers.map(Ok).collect()
}

async fn until(mut holds: impl FnMut() -> bool) {
    while !holds() {
        yield_now().await;
    }
}

/// A connection on which this was sent.
async fn send(address: SocketAddr, request: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    let request = request.replace('\n', "\r\n");
    stream
        .write_all(request.as_bytes())
        .await
        .expect("it reads");
    stream
}

/// All that comes until the server hangs up.
async fn read_all(mut stream: TcpStream) -> String {
    let mut text = String::new();
    stream
        .read_to_string(&mut text)
        .await
        .expect("it answers in text");
    text.replace("\r\n", "\n")
}

/// What comes, until it holds this.
async fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
        if text.contains(end) {
            return text;
        }
        let n_bytes = stream.read_buf(&mut bytes).await.expect("it is there");
        assert_ne!(n_bytes, 0, "no {end:?} in {text:?}");
    }
}
