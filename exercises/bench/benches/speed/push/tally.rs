//! Clients that only count, for races between servers.
//!
//! The clients of [`Crowd`](super::crowd::Crowd) read and time every event, as real ones
//! do, and share a core: a million events a second is what they can take. Behind that every
//! faster server looks alike. These find where an event begins, and no more.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::bail;
use exercises::realtime::serve::Way;
use memchr::{memmem, memrchr};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::crowd::PATIENCE;
use super::opening;

/// What each client reads at once.
const READ_BYTES: usize = 64 << 10;

/// How an event's field of text begins, in a stream of events.
const DATA: &[u8] = b"\ndata:";

#[derive(Debug, Default)]
struct Board {
    delivered: AtomicU64,
    ring_at: AtomicU64,
    rung: Notify,
}

/// Clients that count until they are dismissed.
pub(crate) struct Tally {
    board: Arc<Board>,
    _clients: JoinSet<()>,
}

impl Tally {
    /// Opens so many clients.
    pub(crate) async fn gather(
        address: SocketAddr,
        way: Way,
        n_clients: usize,
    ) -> anyhow::Result<Self> {
        let board = Arc::new(Board::default());
        let mut clients = JoinSet::new();
        for (stream, rest) in opening::all(n_clients, || open(address, way)).await? {
            let counter = Counter::of(way)?;
            clients.spawn(count(stream, rest, counter, Arc::clone(&board)));
        }
        Ok(Self {
            board,
            _clients: clients,
        })
    }

    /// Waits until so many deliveries are counted, takes them off the board, and says how
    /// many there were and how long that took.
    pub(crate) async fn wait_for(&self, deliveries: u64) -> (u64, Duration) {
        let start = Instant::now();
        self.board.ring_at.store(deliveries, Ordering::Relaxed);
        let all = async {
            while self.board.delivered.load(Ordering::Relaxed) < deliveries {
                self.board.rung.notified().await;
            }
        };
        // What is missing then shows in the count.
        let _ = timeout(PATIENCE, all).await;
        let elapsed = start.elapsed();
        (self.board.delivered.swap(0, Ordering::Relaxed), elapsed)
    }
}

/// A client whose stream has begun, and what came with the answer's head.
async fn open(address: SocketAddr, way: Way) -> anyhow::Result<(TcpStream, Vec<u8>)> {
    let request = match way {
        Way::Events => "GET /events HTTP/1.1\r\nHost: course\r\n\r\n",
        // The key is the standard's example: nobody checks that it is new.
        Way::Socket => {
            "GET /socket HTTP/1.1\r\nHost: course\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        }
        Way::Poll { .. } | Way::Wait => bail!("only streams are counted"),
    };
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    stream.write_all(request.as_bytes()).await?;
    let mut input = Vec::new();
    loop {
        if stream.read_buf(&mut input).await? == 0 {
            bail!("the server closed the connection");
        }
        if let Some(end) = input.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            let rest = input.split_off(end + 4);
            if !input.starts_with(b"HTTP/1.1 200") && !input.starts_with(b"HTTP/1.1 101") {
                bail!("the server said {:?}", String::from_utf8_lossy(&input));
            }
            return Ok((stream, rest));
        }
    }
}

async fn count(stream: TcpStream, mut rest: Vec<u8>, mut counter: Counter, board: Arc<Board>) {
    loop {
        let events = counter.take(&rest);
        let before = board.delivered.fetch_add(events, Ordering::Relaxed);
        if before + events >= board.ring_at.load(Ordering::Relaxed) {
            board.rung.notify_one();
        }
        rest.clear();
        loop {
            if stream.readable().await.is_err() {
                return;
            }
            rest.reserve(READ_BYTES);
            match stream.try_read_buf(&mut rest) {
                Ok(0) => return,
                Ok(_) => break,
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(_) => return,
            }
        }
    }
}

/// Finds events in a stream that comes in pieces.
#[derive(Debug)]
enum Counter {
    /// So many bytes of [`DATA`] have just passed.
    Fields { matched: usize },
    /// RFC 6455, § 5.2: the head of a frame as far as it has come, then its bytes to skip.
    Frames { head: Vec<u8>, skip: usize },
}

impl Counter {
    fn of(way: Way) -> anyhow::Result<Self> {
        match way {
            // An answer's head ends in a line's end.
            Way::Events => Ok(Self::Fields { matched: 1 }),
            Way::Socket => Ok(Self::Frames {
                head: Vec::new(),
                skip: 0,
            }),
            Way::Poll { .. } | Way::Wait => bail!("only streams are counted"),
        }
    }

    /// How many events begin in the next bytes.
    fn take(&mut self, bytes: &[u8]) -> u64 {
        match self {
            Self::Fields { matched } => fields(matched, bytes),
            Self::Frames { head, skip } => frames(head, skip, bytes),
        }
    }
}

fn fields(matched: &mut usize, bytes: &[u8]) -> u64 {
    // What a piece ends with and the next one goes on with.
    let mut found = 0;
    let mut rest = bytes;
    while let (1.., Some((byte, others))) = (*matched, rest.split_first()) {
        if *byte != DATA[*matched] {
            break;
        }
        (*matched, rest) = (*matched + 1, others);
        if *matched == DATA.len() {
            (found, *matched) = (1, 0);
        }
    }
    found += memmem::find_iter(rest, DATA).count() as u64;
    // Only a line's end begins a field, and a field holds no other.
    let end = memrchr(b'\n', rest).map(|place| &rest[place..]);
    match end {
        Some(end) if end.len() < DATA.len() && DATA.starts_with(end) => *matched = end.len(),
        _ if !rest.is_empty() => *matched = 0,
        _ => {}
    }
    found
}

/// Text frames; a server's are not masked.
fn frames(head: &mut Vec<u8>, skip: &mut usize, mut bytes: &[u8]) -> u64 {
    const TEXT: u8 = 1;
    let mut found = 0;
    loop {
        let skipped = bytes.len().min(*skip);
        (*skip, bytes) = (*skip - skipped, &bytes[skipped..]);
        let Some((first, others)) = bytes.split_first() else {
            return found;
        };
        head.push(*first);
        bytes = others;
        let length = match head[..] {
            [_, length @ ..126] => Some(usize::from(length)),
            [_, 126, high, low] => Some(usize::from(u16::from_be_bytes([high, low]))),
            // Our events are not that long.
            _ => None,
        };
        if let Some(length) = length {
            found += u64::from(head[0] & 0x0f == TEXT);
            head.clear();
            *skip = length;
        }
    }
}
