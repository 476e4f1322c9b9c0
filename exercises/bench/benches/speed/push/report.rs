//! What was measured, as a page that the book includes, and as the data behind its figures.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::Context;

use super::race::{CONTENDERS, Lap, Race};
use super::{Row, prose};

/// The command that makes it.
const COMMAND: &str = "cargo bench -p bench push -- --book";

const PAGE: &str = "book/src/figures/18-realtime-web/measured.md";
const DATA: &str = "exercises/src/realtime/measured.csv";

/// What the table of rates does not say by itself.
const WHO_IS_LATE: &str = "\n1,000 clients; *server µs* is for an event and a client. One event in 5 s stands for one a minute. \
    At 1,000 events a second, a million deliveries a second, 1 µs for each is a whole core. The server has one, \
    and the 1,000 clients share another, which is where most of the delay comes from.\n";

/// The places of contenders in a race.
pub(crate) const SSE: usize = 0;
pub(crate) const SINGLE: usize = 1;
pub(crate) const AXUM_SSE: usize = 2;

/// All tables, each under a name by which a chapter includes it.
pub(crate) fn page(rows: &[Row], races: &[Race]) -> String {
    let mut text = format!("<!-- Made by `{COMMAND}`; do not edit. -->\n");
    let mut piece = |name: &str, body: String| {
        let body = body.trim_end();
        let _ = write!(
            text,
            "<!-- ANCHOR: {name} -->\n{body}\n<!-- ANCHOR_END: {name} -->\n"
        );
    };
    piece("machine", machine());
    let thousand = rows.iter().filter(|row| row.clients == 1_000);
    let thousand = thousand.map(|row| (rate(row), row));
    piece("measured_rates", ways("a second", thousand) + WHO_IS_LATE);
    let every_second = rows
        .iter()
        .filter(|row| row.every == Duration::from_secs(1));
    let mut every_second: Vec<&Row> = every_second.collect();
    every_second.sort_by_key(|row| row.clients);
    let every_second = every_second.into_iter();
    let every_second = every_second.map(|row| (grouped(row.clients as u64), row));
    piece("measured_clients", ways("clients", every_second));
    for race in races {
        piece(&format!("measured_race_{}", race.clients), laps(race));
    }
    piece("measured_goals", goals(rows, races));
    for (name, number) in prose::numbers(rows, races) {
        piece(name, number);
    }
    text
}

fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let kernel = read("/proc/sys/kernel/osrelease");
    // The number alone: what follows it may name whoever built it.
    let kernel = kernel
        .split('-')
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned();
    let memory = read("/proc/meminfo");
    let memory_kb: f64 = memory
        .split_whitespace()
        .nth(1)
        .and_then(|number| number.parse().ok())
        .unwrap_or_default();
    let load = read("/proc/loadavg");
    let load = load.split(' ').nth(1).unwrap_or("unknown").to_owned();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "Measured on {} with `{COMMAND}`: {cores} cores, {:.0} GiB of memory, Linux {kernel}, everything \
         over loopback; server and clients are processes of one thread each, and a process may open {} files. \
         Other work on the machine shows in its load average, {load} in the last five minutes.",
        today(),
        memory_kb / f64::from(1 << 20),
        open_files(),
    )
}

/// The limit of this process, which each of the two has.
pub(crate) fn open_files() -> String {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"));
    let soft = line.and_then(|line| line.split_whitespace().next());
    soft.and_then(|soft| soft.parse().ok())
        .map_or_else(|| "an unknown number of".to_owned(), grouped)
}

/// The date, by the civil calendar (Hinnant, *chrono-compatible low-level date algorithms*).
fn today() -> String {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let days = seconds / 86_400 + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
    // Years begin in March here, so that the leap day is their last.
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    format!("{year}-{month:02}-{day:02}")
}

/// A row for each run, under a first column that tells them apart.
fn ways<'a>(first: &str, rows: impl Iterator<Item = (String, &'a Row)>) -> String {
    let mut text = format!(
        "| {first} | events | way | requests | MB down | MB up | p50 ms | p99 ms | server µs | kB a client | lost |\n\
         |--:|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|\n"
    );
    for (first, row) in rows {
        // The fixed costs of a process are no client's.
        let kb = if row.clients < 1_000 {
            "–".to_owned()
        } else {
            format!("{:.1}", row.kb_a_client)
        };
        let _ = writeln!(
            text,
            "| {first} | {} | {} | {} | {} | {} | {:.1} | {:.1} | {:.1} | {kb} | {} |",
            grouped(row.events),
            row.way,
            grouped(row.requests),
            megabytes(row.received_bytes),
            megabytes(row.sent_bytes),
            row.p50_ms,
            row.p99_ms,
            row.cpu_us,
            row.lost,
        );
    }
    text
}

/// With as many digits as say something.
fn megabytes(bytes: u64) -> String {
    let mb = bytes as f64 / 1e6;
    match mb {
        ..0.1 => format!("{mb:.4}"),
        ..10.0 => format!("{mb:.2}"),
        _ => format!("{mb:.0}"),
    }
}

/// One event in so many seconds, or so many a second.
fn rate(row: &Row) -> String {
    match row.every.as_secs() {
        0 | 1 => grouped(row.every.as_secs_f64().recip().round() as u64),
        _ => format!("{}", row.every.as_secs_f64().recip()),
    }
}

fn laps(race: &Race) -> String {
    let mut text = format!(
        "| {} clients | burst, events/s | × axum `Sse` | server µs | lockstep, events/s | × axum `Sse` | server µs | kB a client | lost |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n",
        grouped(race.clients as u64)
    );
    for (index, (name, ..)) in CONTENDERS.iter().enumerate() {
        let lost: u64 = race.laps[index].iter().map(|lap| lap.lost).sum();
        let _ = writeln!(
            text,
            "| {name} | {} | {:.2} | {:.2} | {} | {:.2} | {:.1} | {:.2} | {lost} |",
            grouped(race.median(index, |lap| lap.burst_per_s) as u64),
            race.ratio(index, AXUM_SSE, |lap| lap.burst_per_s),
            race.median(index, |lap| lap.burst_us),
            grouped(race.median(index, |lap| lap.lockstep_per_s) as u64),
            race.ratio(index, AXUM_SSE, |lap| lap.lockstep_per_s),
            race.median(index, |lap| lap.lockstep_us),
            race.median(index, |lap| lap.kb_a_client),
        );
    }
    let _ = writeln!(
        text,
        "\nMedians of {} interleaved rounds; a × is the median of the ratios within rounds.",
        race.laps[0].len()
    );
    text
}

/// What the project has set itself, and what came of it.
fn goals(rows: &[Row], races: &[Race]) -> String {
    let mut goals = Goals("| goal | set | measured | |\n|---|--:|--:|---|\n".to_owned());
    races.iter().for_each(|race| goals.of_race(race));
    let sparse: Vec<&Row> = rows
        .iter()
        .filter(|row| row.clients == 1_000)
        .take(4)
        .collect();
    if let [poll, _, sse, _] = sparse[..] {
        goals.of_polling(poll);
        goals.of_sparse(poll, sse);
    }
    goals.0
}

/// Rows of a table of goals.
struct Goals(String);

impl Goals {
    fn row(&mut self, name: &str, sign: &str, set: f64, measured: f64) {
        let is_met = if sign == "≥" {
            measured >= set
        } else {
            measured <= set
        };
        let met = if is_met { "met" } else { "missed" };
        let _ = writeln!(self.0, "| {name} | {sign} {set} | {measured:.2} | {met} |");
    }

    fn of_race(&mut self, race: &Race) {
        let crowd = format!("SSE, {} clients", grouped(race.clients as u64));
        let mut goal = |name: &str, sign: &str, set, measured| {
            self.row(&format!("{crowd}: {name}"), sign, set, measured);
        };
        let (burst, kb) = (|lap: &Lap| lap.burst_per_s, |lap: &Lap| lap.kb_a_client);
        let lost: u64 = race.laps[SSE].iter().map(|lap| lap.lost).sum();
        goal("events lost", "≤", 0.0, lost as f64);
        goal("kB of memory a client", "≤", 2.0, race.median(SSE, kb));
        goal(
            "memory / axum `Sse`",
            "≤",
            0.1,
            race.ratio(SSE, AXUM_SSE, kb),
        );
        goal(
            "burst / axum `Sse`",
            "≥",
            4.0,
            race.ratio(SSE, AXUM_SSE, burst),
        );
        goal(
            "burst / an event a write",
            "≥",
            20.0,
            race.ratio(SSE, SINGLE, burst),
        );
        let cpu = race.ratio(SINGLE, SSE, |lap| lap.burst_us);
        goal("server time of an event a write / burst", "≥", 20.0, cpu);
        let steps = race.ratio(SSE, AXUM_SSE, |lap| lap.lockstep_per_s);
        goal("lockstep / axum `Sse`", "≥", 1.2, steps);
    }

    fn of_polling(&mut self, poll: &Row) {
        let mut off = |name: &str, set, ratio: f64| {
            self.row(
                &format!("polling: {name}, away from 1"),
                "≤",
                set,
                (ratio - 1.0).abs(),
            );
        };
        off("p50 / half the interval", 0.05, poll.p50_ms / 250.0);
        off("p99 / 0.99 of the interval", 0.03, poll.p99_ms / 495.0);
        let requests = poll.requests as f64 / poll.expected_requests;
        off("requests / clients × time / interval", 0.05, requests);
    }

    fn of_sparse(&mut self, poll: &Row, sse: &Row) {
        let bytes = |row: &Row| (row.received_bytes + row.sent_bytes) as f64;
        let mut times = |name: &str, set, ratio| {
            self.row(&format!("sparse: polling / SSE, {name}"), "≥", set, ratio);
        };
        times("requests", 30.0, poll.requests as f64 / sse.requests as f64);
        times("bytes", 8.0, bytes(poll) / bytes(sse));
        times("p50", 10.0, poll.p50_ms / sse.p50_ms);
        times("server time", 10.0, poll.cpu_us / sse.cpu_us);
    }
}

/// Writes the page and the data into the repository.
pub(crate) fn write(page: &str, rows: &[Row]) -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut data =
        "way,clients,per_sec,events,requests,received_bytes,sent_bytes,p50_ms,p99_ms,cpu_us\n"
            .to_owned();
    for row in rows {
        let per_sec = row.every.as_secs_f64().recip();
        let _ = writeln!(
            data,
            "{},{},{per_sec},{},{},{},{},{:.3},{:.3},{:.3}",
            row.way,
            row.clients,
            row.events,
            row.requests,
            row.received_bytes,
            row.sent_bytes,
            row.p50_ms,
            row.p99_ms,
            row.cpu_us
        );
    }
    for (path, text) in [(PAGE, page), (DATA, &data)] {
        let path = root.join(path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// A number with commas between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
