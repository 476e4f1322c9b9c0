//! Caches: one access at a time, with 10,000 and with 100,000 places, on Zipf's law.
//!
//! Every contender is a look-up that inserts what is missing, keys and values of 8 bytes, one
//! thread. A round is a whole trace, beginning with an empty cache, so that filling and growing
//! count as well. Crates run with the hash that caches are usually raced with, `rustc-hash`;
//! ours with two hashes: the standard library's, which is the default, and the quick one.
//! Policies are compared with crates of the *same* policy where there is one: a policy that
//! misses less has less to do.

mod contenders;
pub(crate) mod memory;

use bench::{Race, Results, Table};
use exercises::sim::trace;

use contenders::{Contender, contenders};

/// Requests of a round: ten for each of the keys.
const REQUESTS: usize = 4_000_000;
const KEYS: usize = 1_000_000;
const ROUNDS: usize = 9;
const SIZES: [usize; 2] = [10_000, 100_000];

pub(crate) fn run() {
    println!(
        "caches, {REQUESTS} requests after Zipf's law (1.0) over {KEYS} keys, CPU time, {ROUNDS} interleaved rounds\n"
    );
    let trace = trace::zipf(42, KEYS, 1.0, REQUESTS);
    // Popular keys are not neighbours: mixed, as real ones are.
    let trace: Vec<u64> = trace
        .iter()
        .map(|key| key.wrapping_mul(0x9e37_79b9_7f4a_7c15))
        .collect();
    let contenders = contenders();
    let results = SIZES.map(|size| race(&contenders, &trace, size));
    print_speed(&contenders, &trace, &results);
    goals(&results);
    memory::run();
}

fn race(contenders: &[Contender], trace: &[u64], size: usize) -> Results {
    let mut race = Race::default();
    for contender in contenders {
        race.add(contender.name, trace.len(), || {
            (contender.misses)(trace, size)
        });
    }
    race.run(ROUNDS)
}

fn print_speed(contenders: &[Contender], trace: &[u64], results: &[Results]) {
    let mut head = vec!["an access".to_owned()];
    for size in SIZES {
        head.extend([
            format!("{size} places: ns"),
            "M/s".into(),
            "x lru".into(),
            "misses".into(),
        ]);
    }
    let mut table = Table::new(head);
    for contender in contenders {
        let mut cells = vec![contender.name.to_owned()];
        for (size, results) in SIZES.iter().zip(results) {
            let ns = results.ns(contender.name);
            let misses = (contender.misses)(trace, *size) as f64 / trace.len() as f64;
            cells.extend([
                format!("{ns:.1}"),
                format!("{:.1}", 1e3 / ns),
                format!("{:.2}", results.ratio("lru", contender.name)),
                format!("{misses:.4}"),
            ]);
        }
        table.row(cells);
    }
    println!("{table}");
}

/// A goal: the first is to be so many times as fast as the second, at either size.
const GOALS: [(&str, &str, [f64; 2]); 10] = [
    ("ours: SIEVE, quick hash", "lru", [1.4, 2.5]),
    (
        "ours: SIEVE, quick hash",
        "quick_cache (unsync)",
        [1.3, 1.3],
    ),
    ("ours: LRU, quick hash", "schnellru", [1.0, 1.0]),
    ("ours: LRU, quick hash", "hashlink", [1.0, 1.0]),
    ("ours: LRU, SipHash", "lru, SipHash", [1.0, 1.0]),
    ("ours: FIFO, quick hash", "lru", [1.3, 3.5]),
    ("ours: CLOCK, quick hash", "lru", [1.3, 3.5]),
    ("ours: ARC, quick hash", "arc-cache", [3.5, 3.5]),
    (
        "ours: W-TinyLFU, quick hash",
        "mini-moka (unsync)",
        [2.0, 2.0],
    ),
    (
        "ours: S3-FIFO, quick hash",
        "quick_cache (unsync)",
        [1.0, 1.0],
    ),
];

fn goals(results: &[Results]) {
    let mut table = Table::new(["goal: times as fast", "places", "at least", "measured", ""]);
    for (ours, theirs, least) in GOALS {
        for ((size, results), least) in SIZES.iter().zip(results).zip(least) {
            let ratio = results.ratio(theirs, ours);
            let met = if ratio >= least { "met" } else { "missed" };
            table.row([
                format!("{ours} / {theirs}"),
                size.to_string(),
                format!("{least:.1}"),
                format!("{ratio:.2}"),
                met.to_owned(),
            ]);
        }
    }
    println!("{table}");
}
