//! Numbers that the chapter's sentences name, each under a name of its own, so that a new
//! measurement changes the sentence as well.

use super::Row;
use super::race::Race;
use super::report::{AXUM_SSE, SINGLE, SSE};

/// Name and text of each number; those whose runs were not made are left out.
pub(crate) fn numbers(rows: &[Row], races: &[Race]) -> Vec<(&'static str, String)> {
    let find = |way: &str, clients: usize| {
        rows.iter()
            .find(|row| row.way == way && row.clients == clients)
    };
    let mut numbers = Vec::new();
    if let Some(crowd) = find("SSE", 10_000) {
        numbers.extend([
            ("write_us", rounded(crowd.cpu_us)),
            ("fan_out_median_ms", rounded(crowd.p50_ms)),
            ("fan_out_p99_ms", rounded(crowd.p99_ms)),
        ]);
    }
    // The first run is that of news that is rare.
    if let (Some(poll), Some(sse)) = (find("polling", 1_000), find("SSE", 1_000)) {
        let bytes = |row: &Row| (row.received_bytes + row.sent_bytes) as f64;
        let of_request = |bytes: u64| rounded(bytes as f64 / poll.requests as f64);
        numbers.extend([
            ("sparse_server_times", rounded(poll.cpu_us / sse.cpu_us)),
            ("sparse_bytes_times", rounded(bytes(poll) / bytes(sse))),
            ("poll_bytes_up", of_request(poll.sent_bytes)),
            ("poll_bytes_down", of_request(poll.received_bytes)),
        ]);
    }
    let of_races = |ratio: &dyn Fn(&Race) -> f64| {
        let ratios = races.iter().map(ratio);
        ratios.fold((f64::INFINITY, 0.0_f64), |(least, most), ratio| {
            (least.min(ratio), most.max(ratio))
        })
    };
    let (least, most) = of_races(&|race| race.ratio(SSE, AXUM_SSE, |lap| lap.burst_per_s));
    let joined = of_races(&|race| race.ratio(SSE, SINGLE, |lap| lap.burst_per_s)).0;
    let memory = of_races(&|race| race.ratio(AXUM_SSE, SSE, |lap| lap.kb_a_client)).0;
    numbers.extend([
        ("burst_least_times", rounded(least)),
        ("burst_most_times", rounded(most)),
        ("joined_least_times", rounded(joined)),
        ("memory_least_times", rounded(memory)),
    ]);
    numbers
}

/// Two digits, as a sentence has them.
fn rounded(number: f64) -> String {
    match number {
        ..9.95 => format!("{number:.1}"),
        _ => format!("{number:.0}"),
    }
}
