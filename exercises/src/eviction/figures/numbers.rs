//! The numbers of the chapter's text, counted or computed here, never typed there.

use std::num::NonZeroUsize;

use super::AnomalyFigure;
use super::book::MODEL;
use super::workloads::Workload;
use crate::eviction::{Access, Fifo, HitRatioModel, Kind, Lifo, Lru, Mru, Policy, Simulated};
use crate::figure::table;
use crate::sim::Zipf;

/// The pieces of `numbers.md`, by name.
pub(super) fn pieces(workloads: &[Workload]) -> Vec<(&'static str, String)> {
    let mut pieces = story();
    pieces.extend(steps());
    pieces.extend(loops());
    pieces.push(("anomaly_table", anomaly_table()));
    pieces.push(("waiting_table", waiting_table()));
    pieces.push(("all_table", all_table(workloads)));
    for workload in workloads {
        let name = match workload.name {
            "zipf" => "zipf_table",
            "scans" => "scans_table",
            "loop" => "loop_table",
            "drift" => "drift_table",
            _ => "disk_table",
        };
        pieces.push((name, curve_table(workload)));
    }
    pieces.extend(zipf(&workloads[0]));
    pieces.extend(compared(workloads));
    pieces
}

/// `160000` as `160,000`.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn per_cent(ratio: f64) -> String {
    format!("{:.1}%", ratio * 100.0)
}

fn places(capacity: usize) -> NonZeroUsize {
    NonZeroUsize::new(capacity).expect("a cache has places")
}

fn miss_ratio(kind: Kind, trace: &[u64], capacity: usize) -> f64 {
    kind.misses(trace, places(capacity)) as f64 / trace.len() as f64
}

/// A shop that asks its cache 50,000 times a second, and what one point of hit ratio is.
fn story() -> Vec<(&'static str, String)> {
    const REQUESTS_PER_S: f64 = 50_000.0;
    let load =
        |ratio: f64| grouped(HitRatioModel::origin_load(REQUESTS_PER_S, ratio).round() as usize);
    let ms = |ratio: f64| format!("{:.1} ms", MODEL.mean(ratio).as_secs_f64() * 1e3);
    vec![
        ("requests", grouped(REQUESTS_PER_S as usize)),
        ("load_90", load(0.90)),
        ("load_95", load(0.95)),
        ("load_99", load(0.99)),
        ("mean_90", ms(0.90)),
        ("mean_95", ms(0.95)),
        (
            "break_even",
            per_cent(MODEL.break_even().unwrap_or(f64::NAN)),
        ),
    ]
}

/// The requests a b a c a with two places, step by step.
fn steps() -> Vec<(&'static str, String)> {
    let trace = [0, 1, 0, 2, 0];
    let mut rows = vec![
        row_of_steps("FIFO", Simulated::<Fifo>::new(places(2)), &trace),
        row_of_steps("LRU", Simulated::<Lru>::new(places(2)), &trace),
        row_of_steps("LIFO", Simulated::<Lifo>::new(places(2)), &trace),
        row_of_steps("MRU", Simulated::<Mru>::new(places(2)), &trace),
    ];
    let head = ["", "a", "b", "a", "c", "a", "misses"];
    vec![("steps_table", table(&head, rows.drain(..)))]
}

/// What each request did, and what the cache then held.
fn row_of_steps(name: &str, mut cache: impl Policy, trace: &[u64]) -> Vec<String> {
    let letter = |key: u64| char::from(b'a' + key as u8);
    let mut cells = vec![format!("**{name}**")];
    let mut misses = 0;
    for key in trace {
        let access = cache.access(*key);
        misses += usize::from(!access.is_hit());
        let held: String = (0..3)
            .filter(|key| cache.contains(*key))
            .map(letter)
            .collect();
        cells.push(match access {
            Access::Hit => format!("hit ({held})"),
            Access::Miss { evicted: None } => format!("in ({held})"),
            Access::Miss {
                evicted: Some(gone),
            } => format!("{} goes ({held})", letter(gone)),
        });
    }
    cells.push(misses.to_string());
    cells
}

/// A loop over five keys with four places, as everybody can check by hand.
fn loops() -> Vec<(&'static str, String)> {
    let trace: Vec<u64> = (0..100).map(|request| request % 5).collect();
    let misses = |kind: Kind| kind.misses(&trace, places(4)).to_string();
    vec![
        ("loop_lru", misses(Kind::Lru)),
        ("loop_lifo", misses(Kind::Lifo)),
        ("loop_mru", misses(Kind::Mru)),
    ]
}

fn anomaly_table() -> String {
    let rows = (3..=6).map(|capacity| {
        let misses = [Kind::Fifo, Kind::Lru, Kind::Belady].map(|kind| {
            kind.misses(&AnomalyFigure::CLASSIC, places(capacity))
                .to_string()
        });
        let mut row = vec![capacity.to_string()];
        row.extend(misses);
        row
    });
    table(&["places", "FIFO", "LRU", "optimum"], rows)
}

fn waiting_table() -> String {
    let rows = [0.0, 0.05, 0.5, 0.8, 0.9, 0.95, 0.99].map(|ratio| {
        [
            format!("{:.0}%", ratio * 100.0),
            format!("{:.1} ms", MODEL.mean(ratio).as_secs_f64() * 1e3),
            grouped(HitRatioModel::origin_load(50_000.0, ratio).round() as usize),
        ]
    });
    table(
        &["hit ratio", "mean time", "queries a second of 50,000"],
        rows,
    )
}

/// The part of the requests that are a key's first, and miss whatever the policy does.
fn first_requests(workload: &Workload) -> String {
    per_cent(distinct(workload) as f64 / workload.trace.len() as f64)
}

fn distinct(workload: &Workload) -> usize {
    let keys: std::collections::BTreeSet<&u64> = workload.trace.iter().collect();
    keys.len()
}

/// Miss ratios of all policies on all traces, each at one size.
fn all_table(workloads: &[Workload]) -> String {
    let mut head = vec!["requests that miss".to_owned()];
    head.extend(workloads.iter().map(|workload| workload.name.to_owned()));
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let sizes = workloads.iter().map(|workload| {
        format!(
            "{} of {}",
            grouped(workload.table_capacity),
            grouped(distinct(workload))
        )
    });
    let mut rows = vec![
        std::iter::once("*places, of keys*".to_owned())
            .chain(sizes)
            .collect(),
    ];
    for kind in Kind::ALL {
        let mut row = vec![kind.name().to_owned()];
        row.extend(
            workloads.iter().map(|workload| {
                per_cent(miss_ratio(kind, &workload.trace, workload.table_capacity))
            }),
        );
        rows.push(row);
    }
    let mut row = vec!["*first requests*".to_owned()];
    row.extend(workloads.iter().map(first_requests));
    rows.push(row);
    table(&head, rows)
}

/// What a figure shows, in numbers.
fn curve_table(workload: &Workload) -> String {
    let names = workload.kinds.iter().map(|kind| kind.name());
    let head: Vec<&str> = std::iter::once("places").chain(names).collect();
    let rows = workload.capacities.iter().map(|capacity| {
        let mut row = vec![grouped(*capacity)];
        let ratios = workload.kinds.iter();
        row.extend(ratios.map(|kind| per_cent(miss_ratio(*kind, &workload.trace, *capacity))));
        row
    });
    table(&head, rows)
}

/// The trace of popular keys beside what nobody can beat who does not know the future.
fn zipf(workload: &Workload) -> Vec<(&'static str, String)> {
    let law = Zipf::new(10_000, 1.0);
    let at = |kind| per_cent(miss_ratio(kind, &workload.trace, workload.table_capacity));
    vec![
        ("zipf_requests", grouped(workload.trace.len())),
        ("zipf_top_share", per_cent(law.share_of_first(100))),
        (
            "zipf_floor",
            per_cent(1.0 - law.share_of_first(workload.table_capacity)),
        ),
        ("zipf_fifo", at(Kind::Fifo)),
        ("zipf_random", at(Kind::Random)),
        ("zipf_lru", at(Kind::Lru)),
        ("zipf_sieve", at(Kind::Sieve)),
        ("zipf_tiny_lfu", at(Kind::TinyLfu)),
        ("zipf_optimum", at(Kind::Belady)),
    ]
}

/// What the text says of single policies.
fn compared(workloads: &[Workload]) -> Vec<(&'static str, String)> {
    let at = |index: usize, kind| {
        let workload: &Workload = &workloads[index];
        per_cent(miss_ratio(kind, &workload.trace, workload.table_capacity))
    };
    vec![
        ("scans_lru", at(1, Kind::Lru)),
        ("scans_two_queue", at(1, Kind::TwoQueue)),
        ("scans_arc", at(1, Kind::Arc)),
        ("scans_optimum", at(1, Kind::Belady)),
        ("scans_first", first_requests(&workloads[1])),
        ("disk_first", first_requests(&workloads[4])),
        ("drift_lfu", at(3, Kind::Lfu)),
        ("drift_lru", at(3, Kind::Lru)),
    ]
}
