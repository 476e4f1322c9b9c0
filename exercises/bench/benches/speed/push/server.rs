//! The servers, in a process of their own: its processor time and its memory are the
//! server's alone.
//!
//! Orders come as lines on standard input, and each is answered with a line when it is
//! done; the end of the input is the end of the process. One thread serves, as in the
//! anchors: what a second one adds is a question about the machine.

use std::io::{BufRead, Write};
use std::sync::Arc;
use std::time::Duration;

use bench::CpuTime;
use exercises::realtime::serve::{Hub, Limits, Server};
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};

use super::peers::Peer;
use super::{EVENT_BYTES, now_ns};

/// Who publishes to whom.
enum Source {
    Ours(Arc<Hub>, Server),
    Axum(Peer),
}

/// Serves until its input ends.
pub(crate) fn serve(kind: &str) {
    let start = CpuTime::now();
    let (orders, received) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if orders.send(line).is_err() {
                return;
            }
        }
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.expect("a runtime can be made");
    runtime.block_on(obey(kind, received, start));
}

async fn obey(kind: &str, mut orders: mpsc::UnboundedReceiver<String>, start: CpuTime) {
    let source = Source::start(kind).await;
    say(&source.port().to_string());
    while let Some(order) = orders.recv().await {
        let words: Vec<u64> = order
            .split(' ')
            .filter_map(|word| word.parse().ok())
            .collect();
        match words[..] {
            // So many events at once.
            [n_events] => (0..n_events).for_each(|_| source.publish()),
            // So many events, one each so many nanoseconds.
            [n_events, every_ns] => {
                let mut ticks = interval(Duration::from_nanos(every_ns));
                ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
                ticks.tick().await;
                for _ in 0..n_events {
                    ticks.tick().await;
                    source.publish();
                }
            }
            _ => {}
        }
        say(&format!("{} {}", start.elapsed().as_nanos(), resident_kb()));
    }
}

impl Source {
    async fn start(kind: &str) -> Self {
        if kind == "axum" {
            return Self::Axum(Peer::start().await);
        }
        let mut limits = Limits {
            clients: 15_000,
            ..Limits::default()
        };
        if kind == "single" {
            // One event a write: what joining saves.
            limits.batch_bytes = 1;
        }
        let hub = Hub::new(1, &limits);
        let server = Server::start(Arc::clone(&hub), limits, ([127, 0, 0, 1], 0).into());
        Self::Ours(hub, server.expect("there is a free port"))
    }

    fn port(&self) -> u16 {
        match self {
            Self::Ours(_, server) => server.address().port(),
            Self::Axum(peer) => peer.port,
        }
    }

    /// An event that says when it was published.
    fn publish(&self) {
        let data = format!("{:<EVENT_BYTES$}", now_ns());
        match self {
            Self::Ours(hub, _) => drop(hub.publish(&data)),
            Self::Axum(peer) => peer.publish(&data),
        }
    }
}

fn say(line: &str) {
    let mut output = std::io::stdout().lock();
    // Whoever asked may be gone; then the input ends as well.
    let _ = writeln!(output, "{line}").and_then(|()| output.flush());
}

/// What the process holds in memory; 0 where the system does not say so in `/proc`.
fn resident_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}
