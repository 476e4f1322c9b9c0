//! A middlebox that makes trouble, and what gets through it.

use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::net::TcpListener;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

use super::*;

/// What a relay does to answers.
#[derive(Debug, Clone, Copy)]
pub(super) enum Trouble {
    /// Ends each connection after so many bytes, `and` more with each connection.
    CutsAfter { bytes: usize, and: usize },
    /// Passes an answer on when it is whole, as a proxy does that buffers, unless the answer
    /// asks for something else and the proxy obeys.
    Buffers { obeys: bool },
}

/// A relay on a port of its own.
pub(super) struct Relay {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
}

impl Relay {
    pub(super) async fn start(to: SocketAddr, trouble: Trouble) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("there is a port");
        let address = listener.local_addr().expect("it is bound");
        let connections = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&connections);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let number = counter.fetch_add(1, Ordering::Relaxed);
                let Ok(server) = TcpStream::connect(to).await else {
                    return;
                };
                let (from_client, to_client) = client.into_split();
                let (from_server, mut to_server) = server.into_split();
                tokio::spawn(async move {
                    let mut from_client = from_client;
                    // What the client says passes as it comes.
                    let _ = tokio::io::copy(&mut from_client, &mut to_server).await;
                });
                tokio::spawn(pass(from_server, to_client, trouble, number));
            }
        });
        Self {
            address,
            connections,
        }
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }
}

/// Passes answers on, with the trouble. Dropping its halves is how a connection ends.
async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, trouble: Trouble, number: usize) {
    let (mut held, mut passed, mut is_open) = (Vec::new(), 0, false);
    while let Ok(1..) = from.read_buf(&mut held).await {
        let n_bytes = match trouble {
            Trouble::CutsAfter { bytes, and } => held.len().min(bytes + and * number - passed),
            Trouble::Buffers { obeys } => {
                is_open |= obeys && text_of(&held).contains("x-accel-buffering: no");
                if is_open { held.len() } else { whole(&held) }
            }
        };
        if to.write_all(&held[..n_bytes]).await.is_err() {
            return;
        }
        held.drain(..n_bytes);
        passed += n_bytes;
        if matches!(trouble, Trouble::CutsAfter { .. }) && !held.is_empty() {
            return;
        }
    }
    let _ = to.write_all(&held).await;
}

fn text_of(held: &[u8]) -> String {
    String::from_utf8_lossy(held).to_ascii_lowercase()
}

/// The length of the answer that it holds; 0 if the answer is not all there.
fn whole(held: &[u8]) -> usize {
    let text = text_of(held);
    let Some((head, _)) = text.split_once("\r\n\r\n") else {
        return 0;
    };
    let n_head = head.len() + 4;
    let length = head.split("content-length: ").nth(1);
    match length.and_then(|rest| rest.lines().next()) {
        Some(length) => {
            let end = n_head + length.parse::<usize>().expect("it is a number");
            if held.len() >= end { end } else { 0 }
        }
        None if head.starts_with("http/1.1 204") => n_head,
        None => 0,
    }
}

#[tokio::test]
async fn a_stream_passes_a_proxy_that_buffers_if_the_proxy_obeys_the_header() {
    let (hub, server) = start(&limits());
    let relay = Relay::start(server.address(), Trouble::Buffers { obeys: true }).await;
    let mut feed = Feed::new(relay.address(), Way::Events);
    for number in 1..=3 {
        publish(&hub, number..=number);
        assert_eq!(read(&mut feed, 1).await, events(number..=number));
    }
}

#[tokio::test]
async fn a_proxy_that_does_not_obey_holds_a_stream_back_and_long_polls_pass_it() {
    let (hub, server) = start(&limits());
    let relay = Relay::start(server.address(), Trouble::Buffers { obeys: false }).await;
    let mut stream = send(relay.address(), "GET /events HTTP/1.1\n\n").await;
    let mut feed = Feed::new(relay.address(), Way::Wait);
    for number in 1..=3 {
        publish(&hub, number..=number);
        assert_eq!(read(&mut feed, 1).await, events(number..=number));
    }
    until(|| server.counts().requests >= 4).await;
    let mut buffer = [0; 1];
    let came = stream.try_read(&mut buffer).map_err(|error| error.kind());
    assert_eq!(
        came,
        Err(std::io::ErrorKind::WouldBlock),
        "not even the head"
    );
    // The end of the stream is what the proxy waits for. Nothing was lost on the way.
    server.close().await;
    let text = read_until(&mut stream, "data: 3\n\n").await;
    assert!(text.contains("data: 1\n\n"), "{text}");
}
