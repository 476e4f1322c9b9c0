//! Servers beside each other, in interleaved rounds: how fast a crowd is served, and what a
//! client costs in memory.
//!
//! A *burst* is many events at once, so that a server may join them. In *lockstep* the next
//! event comes when every client has the last: nothing can be joined. What is compared is
//! the median of the rounds' ratios, because a neighbour slows all down for a while.

use std::time::Instant;

use exercises::realtime::serve::Way;
use tokio::runtime::Runtime;

use super::child::{Kind, ServerProcess};
use super::tally::Tally;

/// Unless the command says `--rounds=N`.
const ROUNDS: usize = 7;

pub(crate) const CONTENDERS: [(&str, Kind, Way); 5] = [
    ("SSE", Kind::Ours, Way::Events),
    ("SSE, an event a write", Kind::Single, Way::Events),
    ("axum `Sse`", Kind::Axum, Way::Events),
    ("WebSocket", Kind::Ours, Way::Socket),
    ("axum WebSocket", Kind::Axum, Way::Socket),
];

/// Clients, and the events of a burst: as many deliveries with either.
const CROWDS: [(usize, u64); 2] = [(1_000, 400), (10_000, 40)];

/// Events in lockstep.
const STEPS: u64 = 10;

/// What a contender did in a round.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Lap {
    /// Deliveries a second, as clients count them.
    pub(crate) burst_per_s: f64,
    /// Processor time of the server for a delivery.
    pub(crate) burst_us: f64,
    pub(crate) lockstep_per_s: f64,
    pub(crate) lockstep_us: f64,
    pub(crate) kb_a_client: f64,
    pub(crate) lost: u64,
}

/// All rounds of all contenders with one crowd.
#[derive(Debug)]
pub(crate) struct Race {
    pub(crate) clients: usize,
    /// By contender, then by round.
    pub(crate) laps: Vec<Vec<Lap>>,
}

impl Race {
    /// The median over the rounds of what is measured.
    pub(crate) fn median(&self, contender: usize, of: impl Fn(&Lap) -> f64) -> f64 {
        median(self.laps[contender].iter().map(of).collect())
    }

    /// The median of the rounds' ratios.
    pub(crate) fn ratio(&self, contender: usize, other: usize, of: impl Fn(&Lap) -> f64) -> f64 {
        let pairs = self.laps[contender].iter().zip(&self.laps[other]);
        median(pairs.map(|(mine, theirs)| of(mine) / of(theirs)).collect())
    }
}

/// Races with each crowd.
pub(crate) fn run(runtime: &Runtime) -> anyhow::Result<Vec<Race>> {
    let asked = std::env::args().find_map(|word| word.strip_prefix("--rounds=")?.parse().ok());
    let rounds = asked.unwrap_or(ROUNDS).max(1);
    let mut races = Vec::new();
    for (clients, events) in CROWDS {
        let mut laps = vec![Vec::new(); CONTENDERS.len()];
        for round in 0..rounds {
            for turn in 0..CONTENDERS.len() {
                let index = (turn + round) % CONTENDERS.len();
                let lap = runtime.block_on(lap(CONTENDERS[index], clients, events))?;
                println!(
                    "{clients} clients, round {round}, {}: {lap:?}",
                    CONTENDERS[index].0
                );
                laps[index].push(lap);
            }
        }
        races.push(Race { clients, laps });
    }
    Ok(races)
}

async fn lap(
    (_, kind, way): (&str, Kind, Way),
    clients: usize,
    events: u64,
) -> anyhow::Result<Lap> {
    let mut server = ServerProcess::start(kind)?;
    let empty = server.ask()?;
    let tally = Tally::gather(server.address, way, clients).await?;
    // Everybody has had one, so that all are there.
    server.burst(1)?;
    let mut lap = Lap::default();
    let mut take = |seen: u64, due: u64| lap.lost += due.saturating_sub(seen);
    let n_clients = clients as u64;
    take(tally.wait_for(n_clients).await.0, n_clients);
    server.used()?;
    let before = server.ask()?;
    let kb_a_client = before.resident_kb.saturating_sub(empty.resident_kb) as f64 / clients as f64;
    server.burst(events)?;
    let (seen, elapsed) = tally.wait_for(n_clients * events).await;
    take(seen, n_clients * events);
    server.used()?;
    let between = server.ask()?;
    let start = Instant::now();
    for _ in 0..STEPS {
        server.burst(1)?;
        take(tally.wait_for(n_clients).await.0, n_clients);
        server.used()?;
    }
    let stepped = start.elapsed();
    let after = server.ask()?;
    let (burst, steps) = ((n_clients * events) as f64, (n_clients * STEPS) as f64);
    Ok(Lap {
        burst_per_s: burst / elapsed.as_secs_f64(),
        burst_us: (between.cpu_ns - before.cpu_ns) as f64 / 1e3 / burst,
        lockstep_per_s: steps / stepped.as_secs_f64(),
        lockstep_us: (after.cpu_ns - between.cpu_ns) as f64 / 1e3 / steps,
        kb_a_client,
        lost: lap.lost,
    })
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}
