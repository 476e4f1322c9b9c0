//! Push and poll: the four ways beside each other, and beside axum's `Sse` and WebSockets.
//!
//! Server and clients are processes of one thread each on one machine, and events are 100
//! bytes that say when they were published. What a slow network adds is not here, and a
//! fan-out's latency is that of one core. `-- --book` puts what was measured into the book
//! as well: `cargo bench -p bench push -- --book`.
//!
//! Rates are shortened where a run would take minutes: of the silence between events that
//! come once a minute, 5 s are kept. Requests and bytes are then given for what was run.

mod child;
mod crowd;
mod opening;
mod peers;
mod prose;
mod race;
mod report;
mod server;
mod tally;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::Context;
use exercises::realtime::serve::Way;

use child::{Kind, ServerProcess};
use crowd::Crowd;

pub(crate) use server::serve;

/// The argument by which this program becomes a server.
pub(crate) const SERVE: &str = "serve-push";

/// Of an event's text.
pub(crate) const EVENT_BYTES: usize = 100;

/// Time between two polls of a client; what chapters on polling commonly take.
const POLL_EVERY: Duration = Duration::from_millis(500);

const WAYS: [(&str, Way); 4] = [
    ("polling", Way::Poll { every: POLL_EVERY }),
    ("long polling", Way::Wait),
    ("SSE", Way::Events),
    ("WebSocket", Way::Socket),
];

/// Clients, events, and the time from one to the next.
const RUNS: [(usize, u64, Duration); 7] = [
    (1_000, 3, Duration::from_secs(5)),
    (1_000, 8, Duration::from_secs(1)),
    (1_000, 30, Duration::from_millis(100)),
    (1_000, 2_000, Duration::from_millis(1)),
    (1, 5, Duration::from_secs(1)),
    (100, 5, Duration::from_secs(1)),
    (10_000, 5, Duration::from_secs(1)),
];

/// One way under one load.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) way: &'static str,
    pub(crate) clients: usize,
    pub(crate) events: u64,
    /// From one event to the next.
    pub(crate) every: Duration,
    pub(crate) lost: u64,
    pub(crate) requests: u64,
    pub(crate) expected_requests: f64,
    pub(crate) received_bytes: u64,
    pub(crate) sent_bytes: u64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
    pub(crate) cpu_us: f64,
    pub(crate) kb_a_client: f64,
}

pub(crate) fn run(for_book: bool) {
    if let Err(error) = measure(for_book) {
        eprintln!("push: {error:#}");
        std::process::exit(1);
    }
}

fn measure(for_book: bool) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    println!(
        "push and poll, {EVENT_BYTES}-byte events; open files a process may have: {}\n",
        report::open_files()
    );
    let mut rows = Vec::new();
    for (clients, events, every) in RUNS {
        for (name, way) in WAYS {
            let row = runtime.block_on(one(name, way, (clients, events, every)));
            let row = row.with_context(|| {
                format!("{name}, {clients} clients, {every:?} from event to event")
            })?;
            println!("{row:?}");
            rows.push(row);
        }
    }
    let races = race::run(&runtime)?;
    let text = report::page(&rows, &races);
    println!("{text}");
    if for_book {
        report::write(&text, &rows)?;
    }
    Ok(())
}

async fn one(
    way: &'static str,
    kind: Way,
    (clients, events, every): (usize, u64, Duration),
) -> anyhow::Result<Row> {
    let mut server = ServerProcess::start(Kind::Ours)?;
    let empty = server.ask()?;
    let crowd = Crowd::gather(server.address, kind, clients).await?;
    let before = server.ask()?;
    server.stream(events, every.as_nanos() as u64)?;
    let due = events * clients as u64;
    let (seen, _) = crowd.wait_for(due).await;
    let (traffic, session) = crowd.traffic();
    let after = server.used()?;
    // Long polls are open when nothing is asked any more; polls are counted as they come.
    let polls = session.as_secs_f64() / POLL_EVERY.as_secs_f64();
    Ok(Row {
        way,
        clients,
        events,
        every,
        lost: due.saturating_sub(seen.delivered) + seen.gaps,
        requests: traffic.requests,
        expected_requests: clients as f64
            * match kind {
                Way::Poll { .. } => polls,
                Way::Wait => events as f64 + 1.0,
                Way::Events | Way::Socket => 1.0,
            },
        received_bytes: traffic.received_bytes,
        sent_bytes: traffic.sent_bytes,
        p50_ms: seen.ms(50.0),
        p99_ms: seen.ms(99.0),
        cpu_us: (after.cpu_ns - before.cpu_ns) as f64 / 1e3 / seen.delivered.max(1) as f64,
        kb_a_client: after.resident_kb.saturating_sub(empty.resident_kb) as f64 / clients as f64,
    })
}

/// The time that server and clients share: that of the day, because the monotonic clock's
/// origin is nobody's but its process's, as far as the standard library says.
pub(crate) fn now_ns() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_nanos() as u64)
}
